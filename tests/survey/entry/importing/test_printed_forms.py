"""A file may name forms that were printed here: they take the same steps as forms keyed here."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa
from flask import Flask

from questionnaires.paper import write_serial
from survey.collection.paper import Plan, WantedBatch, claim, finish, mark_forms, print_batches
from survey.db import db
from survey.models import Batch, FormReading, PaperForm, Response, Stratum, Survey, User
from tests.survey.entry.importing.sheets import FORM, STORED, Target, faults, row, stored, upload, xlsx
from tests.survey.factory import make_user
from tests.survey.paper.room import type_in

LAYOUT = {"pages": 1, "boxes": []}


@pytest.fixture
def batch_id(app: Flask, target: Target) -> int:
    """Forms 1 to 5 of the first unit, whose batch no second person keys."""
    with app.app_context():
        survey = db.session.get_one(Survey, target.survey_id)
        stratum = db.session.scalars(sa.select(Stratum).where(Stratum.code == target.units[0])).one()
        person = make_user(db.session, "supervisor")
        wanted = [WantedBatch(stratum.id, "A-01", 5)]
        return print_batches(survey, wanted, LAYOUT, language="vi", person=person, plan=Plan())[0].id


def change_plan(app: Flask, batch_id: int, **columns: object) -> None:
    with app.app_context():
        db.session.execute(sa.update(Batch).where(Batch.id == batch_id).values(**columns))
        db.session.commit()


def forms(app: Flask) -> list[PaperForm]:
    with app.app_context():
        return list(db.session.scalars(sa.select(PaperForm).order_by(PaperForm.number)))


def events(app: Flask, number: int) -> list[str]:
    with app.app_context():
        form = db.session.scalars(sa.select(PaperForm).filter_by(number=number)).one()
        return [each.event for each in form.events]


def test_forms_are_accepted_by_their_numbers(app, client, target, batch_id):
    content = xlsx(
        row(write_serial(1), ""),
        row(write_serial(2).replace(" ", "").replace("-", ""), target.units[0]),
        row("own-1", target.units[2]),
    )
    assert upload(client, target, content).status_code == 303
    assert stored(app) == [STORED] * 3
    assert [form.state for form in forms(app)] == ["accepted", "accepted", "printed", "printed", "printed"]
    assert events(app, 1) == ["printed", "returned", "entered", "accepted"]
    with app.app_context():
        form = db.session.scalars(sa.select(PaperForm).filter_by(number=1)).one()
        assert (form.response.mode, form.response.unit.code) == ("imported", target.units[0])
        assert form.keyed_by.role == "supervisor"
        reading = db.session.scalars(sa.select(FormReading).filter_by(form_id=form.id)).one()
        assert (reading.kind, reading.state, reading.answers) == ("first", "done", STORED)


def test_the_plan_of_the_batch_chooses_from_them_too(app, client, target, batch_id):
    change_plan(app, batch_id, plan="share", verify_share=40)
    content = xlsx(*[row(write_serial(number), "") for number in range(1, 6)])
    assert upload(client, target, content).status_code == 303
    assert sum(form.second_wanted for form in forms(app)) == 2
    with app.app_context():
        held = claim(batch_id, make_user(db.session), "second")
        assert held is not None
        assert held.answers == {}
    assert len(stored(app)) == 3  # what the plan chose counts once it was keyed again
    chosen = next(form for form in forms(app) if form.second_wanted)
    assert (chosen.state, chosen.response_id) == ("entered", None)
    assert events(app, chosen.number) == ["printed", "returned", "entered"]


def reading_of(number: int) -> FormReading:
    query = sa.select(FormReading).join(FormReading.form).where(PaperForm.number == number)
    return db.session.scalars(query.where(FormReading.kind == "first")).one()


AGAINST = {**FORM, "late": "no", "reason": "mưa"}
"""Nothing was received, so neither is asked."""


def test_what_the_paper_says_against_the_logic_stays_with_its_reading(app, client, target, batch_id):
    content = xlsx(row(write_serial(1), "", AGAINST), row(write_serial(2), ""))
    client.set_cookie("language", "en")
    shown = client.get(upload(client, target, content).location)
    assert "2 forms are imported." in shown.text
    assert "1 form answers questions that are not asked" in shown.text
    told = re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", shown.text.split('id="off-route"')[1]))
    assert f"{write_serial(1)} 2, 5" in told
    assert stored(app) == [STORED] * 2
    with app.app_context():
        reading = reading_of(1)
        assert reading.answers == {**STORED, "late": "no", "reason": "mưa"}
        assert reading.notes == {"late": "off_route", "reason": "off_route"}
        assert reading_of(2).notes == {}


def test_it_is_compared_with_a_second_keying_as_a_keyed_form_is(app, client, target, batch_id):
    change_plan(app, batch_id, plan="all")
    upload(client, target, xlsx(row(write_serial(1), "", AGAINST)))
    with app.app_context():
        held = claim(batch_id, make_user(db.session), "second")
        type_in(held, {**STORED, "late": "no", "reason": "mưa"})
        assert finish(held.reading_id, held.token) == "accepted"
    assert stored(app) == [STORED]


def test_what_nothing_would_keep_is_refused_and_all_faults_are_named(app, client, target, batch_id):
    content = xlsx(
        row("own-1", target.units[0], {**FORM, "late": "no"}),
        row(write_serial(1), "", AGAINST),
        row(write_serial(2), "", {**AGAINST, "late": "maybe", "visits": 99}),
    )
    assert set(faults(upload(client, target, content))) == {"E2", "E4", "F4"}
    assert stored(app) == []
    assert {form.state for form in forms(app)} == {"printed"}


def test_a_batch_that_was_sent_back_takes_nothing_unseen(app, client, target, batch_id):
    change_plan(app, batch_id, rekey_all=True)
    assert upload(client, target, xlsx(row(write_serial(1), ""))).status_code == 303
    assert stored(app) == []
    assert forms(app)[0].state == "entered"


def digits(serial: int) -> str:
    return write_serial(serial).replace(" ", "").replace("-", "")


@pytest.mark.parametrize(
    "number",
    [
        pytest.param(int(digits(1)), id="as Excel keeps it"),
        pytest.param(str(int(digits(1))), id="without its zeros"),
        pytest.param("".join(chr(0xFF10 + int(digit)) for digit in digits(1)), id="full-width"),
        pytest.param(write_serial(1).replace("-", "\u2212"), id="minus sign"),
        pytest.param(write_serial(1).replace("-", "/"), id="slash"),
        pytest.param(f"HL1/0123456789/{digits(1)}/1/2", id="QR code"),
        pytest.param(f"hl1/abcdefabcd/{digits(1)}/2/2", id="QR code in small letters"),
    ],
)
def test_a_number_is_the_printed_one_however_it_is_written(app, client, target, batch_id, number):
    assert upload(client, target, xlsx(row(number, target.units[0]))).status_code == 303
    assert forms(app)[0].state == "accepted"
    assert set(faults(upload(client, target, xlsx(row(write_serial(1), ""))))) == {"A2"}
    assert len(stored(app)) == 1
    assert client.get(f"{target.path}?number={int(digits(1))}").status_code == 302


def test_what_may_be_a_printed_number_or_another_is_refused(app, client, target, batch_id):
    content = xlsx(
        row(int(digits(1)) + 1, target.units[0]),  # a wrong digit, or a number of another printer
        row(int(digits(777)), target.units[0]),
        row(f"Số {write_serial(2)}", target.units[0]),
        row(f"HL1/0123456789/{digits(3)}/9/2", target.units[0]),
        row("P-2022-0001", target.units[0]),
    )
    found = faults(upload(client, target, content))
    assert set(found) == {"A2", "A3", "A4", "A5"}
    assert f"P-{int(digits(777))}" in found["A3"]
    assert write_serial(2) in found["A4"]
    assert stored(app) == []


def test_what_cannot_be_accepted_is_named_at_its_number(app, client, target, batch_id):
    with app.app_context():
        batch = db.session.get_one(Batch, batch_id)
        person = make_user(db.session)
        mark_forms(batch, [2], "lost", person, "mất")
        claim(batch_id, person, "first", number=3)
    upload(client, target, xlsx(row(write_serial(1), "")))
    wrong = write_serial(4)[:-1] + str((int(write_serial(4)[-1]) + 1) % 10)
    content = xlsx(
        row(write_serial(1), ""),  # accepted already
        row(write_serial(2), ""),  # lost
        row(write_serial(3), ""),  # somebody keys it
        row(wrong, ""),  # a wrong digit
        row(write_serial(999), ""),  # never printed
        row(write_serial(5), ""),
        row(write_serial(5).replace(" ", ""), ""),  # the number of row 7
        row(write_serial(4), target.units[2]),  # printed for another unit
    )
    found = faults(upload(client, target, content))
    assert set(found) == {"A2", "A3", "A4", "A5", "A6", "A8", "B9"}
    assert write_serial(1) in found["A2"]
    assert "Nguyễn Văn" in found["A4"]
    assert write_serial(999) in found["A6"]
    assert "7" in found["A8"]
    assert target.units[0] in found["B9"]
    assert len(stored(app)) == 1
    assert [form.state for form in forms(app)] == ["accepted", "lost", "printed", "printed", "printed"]


def test_a_closed_batch_takes_none(app, client, target, batch_id):
    with app.app_context():
        db.session.get_one(Batch, batch_id).closed = True
        db.session.commit()
    assert set(faults(upload(client, target, xlsx(row(write_serial(1), ""))))) == {"A2"}


def test_one_wrong_cell_leaves_all_forms_where_they_are(app, client, target, batch_id):
    content = xlsx(row(write_serial(1), ""), row(write_serial(2), "", {**FORM, "visits": 99}))
    assert set(faults(upload(client, target, content))) == {"F3"}
    assert {form.state for form in forms(app)} == {"printed"}
    assert stored(app) == []


def test_where_nothing_was_printed_any_number_is_a_survey_s_own(app, client, target):
    assert upload(client, target, xlsx(row("00000019", target.units[0]))).status_code == 303
    with app.app_context():
        assert db.session.scalars(sa.select(Response)).one().mode == "imported"
        assert db.session.scalars(sa.select(User.role)).all() == ["supervisor"]
