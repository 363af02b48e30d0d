"""What is missing, of many batches at once."""

from __future__ import annotations

from survey.collection.paper import WantedBatch, claim, finish, mark_forms, print_batches
from survey.db import db
from survey.entry.scanning.missing_scans import batches_of, scans_of_batches
from survey.models import Batch
from tests.survey.entry.scanning.sheets import CLEAR, STORED, as_file
from tests.survey.factory import make_user
from tests.survey.paper.room import type_in
from tests.survey.queries import counted


def print_more(desk, batches: int) -> None:
    with desk.app.app_context():
        batch = db.session.get_one(Batch, desk.printed.batch_id)
        wanted = [WantedBatch(batch.stratum_id, f"lô {number}", 2) for number in range(batches)]
        person = make_user(db.session, "supervisor")
        print_batches(batch.survey, wanted, batch.layout.content, language="vi", person=person)


def test_sixty_batches_take_no_more_statements_than_one(print_desk):
    desk = print_desk()
    with desk.app.app_context():
        few = counted(desk.client, desk.path)
    print_more(desk, 60)
    with desk.app.app_context():
        assert counted(desk.client, desk.path) <= few + 1 <= 24


def test_each_batch_has_its_own_forms_without_a_scan(print_desk):
    desk = print_desk(2)
    print_more(desk, 1)
    desk.upload({"a.pdf": as_file(desk.printed.marked(2, CLEAR))})
    with desk.app.app_context():
        found = scans_of_batches(batches_of(desk.printed.survey_id))
    assert [(each.batch.code, each.whole, each.without) for each in found] == [
        ("in-1", 1, [1]),
        ("lô 0", 0, [1, 2]),
    ]


def test_a_batch_whose_forms_are_all_gone_lacks_nothing(print_desk):
    desk = print_desk(1)
    with desk.app.app_context():
        batch = db.session.get_one(Batch, desk.printed.batch_id)
        mark_forms(batch, [1], "lost", make_user(db.session, "supervisor"), "rơi")
        (found,) = scans_of_batches(batches_of(desk.printed.survey_id))
    assert (found.whole, found.partly, found.without) == (0, [], [])


def test_a_form_that_was_keyed_lacks_no_scan(print_desk):
    desk = print_desk(2)
    with desk.app.app_context():
        held = claim(desk.printed.batch_id, make_user(db.session), "first", number=1)
        type_in(held, STORED)
        finish(held.reading_id, held.token)
        (found,) = scans_of_batches(batches_of(desk.printed.survey_id))
    assert (found.whole, found.partly, found.without) == (0, [], [2])
