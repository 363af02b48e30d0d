"""A page that a person tells is read, joins its form, and is treated as any other page of it."""

from __future__ import annotations

from concurrent.futures.process import BrokenProcessPool

import pytest

from questionnaires.faults import Fault
from questionnaires.scanning.finding import NO_CODE
from questionnaires.scanning.forms import MISSING
from questionnaires.scanning.refused import UNFORESEEN
from survey.collection.paper import claim, finish, mark_forms
from survey.db import db
from survey.entry.scanning import reading_again
from survey.entry.scanning.laying_aside import FORM_GONE, READ_OTHERWISE
from survey.entry.scanning.stored import dump_faults
from survey.models import Batch, Response, ScanPage
from survey.scan_store import scan_store
from tests.survey.entry.desk import count, deeds
from tests.survey.entry.scanning.sheets import CLEAR, STORED, as_file
from tests.survey.entry.scanning.unread.damage import blotted
from tests.survey.entry.scanning.unread.telling import number, tell, templates
from tests.survey.factory import make_user
from tests.survey.paper.room import type_in

LONG = "citizen-satisfaction-2024"


@pytest.mark.parametrize(
    "written", [str, lambda text: text.replace(" ", "").replace("-", ""), lambda text: text.replace("-", "/")]
)
def test_a_page_told_is_read_and_its_form_taken_in(desk, written):
    before = desk.sheets()[0].key
    assert tell(desk, serial=written(number(desk))).status_code == 303
    assert desk.answers(1) == STORED
    (sheet,) = desk.sheets()
    assert (sheet.state, sheet.page, sheet.reason) == ("settled", 1, "")
    assert sheet.key != before
    with desk.app.app_context():
        assert scan_store().get(sheet.key)
        with pytest.raises(FileNotFoundError):
            scan_store().get(before)
    assert "scan.page_told" in deeds(desk.app)
    assert count(desk.app, Response) == 1


def test_what_is_in_doubt_on_it_is_asked_as_on_any_page(print_desk):
    desk = print_desk()
    without = {**CLEAR, "polite": []}
    (page,) = desk.printed.marked(1, without, polite="high")
    desk.upload({"a.png": as_file([blotted(page, desk.printed)], "PNG")})
    assert tell(desk).status_code == 303
    (sheet,) = desk.sheets()
    assert (sheet.state, sheet.readings["open"]) == ("doubtful", ["polite"])
    desk.say(sheet, "polite", "yes", proposal="Hài lòng")
    assert desk.answers(1) == STORED


def test_it_joins_the_other_page_of_its_form(print_desk):
    desk = print_desk(1, LONG)
    first, second = desk.printed.form(1)
    desk.upload({"a.pdf": as_file([first, blotted(second, desk.printed, 2)])})
    assert sorted(templates(desk)) == sorted([MISSING, NO_CODE])
    assert tell(desk, 1, page="2").status_code == 303
    assert templates(desk) == []
    assert [sheet.page for sheet in desk.sheets()] == [1, 2]


def test_a_form_read_before_keeps_its_answers(desk):
    with desk.app.app_context():
        held = claim(desk.printed.batch_id, make_user(db.session), "first", number=1)
        type_in(held, {**STORED, "polite": "low"})
        finish(held.reading_id, held.token)
    assert tell(desk).status_code == 303
    assert templates(desk) == [READ_OTHERWISE]
    assert desk.answers(1)["polite"] == "low"


def test_a_form_marked_as_spoiled_is_named(desk):
    with desk.app.app_context():
        batch = db.session.get(Batch, desk.printed.batch_id)
        mark_forms(batch, [1], "spoiled", make_user(db.session, "supervisor"), "rách")
    tell(desk)
    assert templates(desk) == [FORM_GONE]
    assert count(desk.app, Response) == 0


def test_what_killed_a_process_before_is_read_in_another(desk, monkeypatch):
    with desk.app.app_context():
        sheet = db.session.get_one(ScanPage, desk.sheets()[0].id)
        sheet.reason = dump_faults([Fault("a.png:1", UNFORESEEN, {"file": "a.png", "page": 1})])
        db.session.commit()

    def dies(scanned, *_arguments):
        raise BrokenProcessPool

    with monkeypatch.context() as patch:
        patch.setattr(reading_again, "read_alone", dies)
        refused = tell(desk)
        assert refused.status_code == 422
        assert 'value="keep"' in refused.text
    assert tell(desk).status_code == 303
    assert desk.answers(1) == STORED
