"""Batches of paper forms: how far they are, what is missing, who may make and close them."""

from __future__ import annotations

import uuid

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from survey.db import db, now
from survey.entry.progress import missing_numbers, next_number
from survey.models import Batch, PaperForm, Response, Survey, User
from tests.survey.entry.desk import PAPER, MadeIds, count, deeds
from tests.survey.pages import Page
from tests.survey.queries import counted


def test_enumerators_see_open_batches_and_how_far_they_are(app, client, batch_id, desk, sign_in):
    desk.key(PAPER)
    page = client.get("/entry").text
    assert f"/entry/batches/{batch_id}/key" in page
    assert "Tiến độ theo người nhập" not in page
    sign_in("supervisor")
    page = client.get("/entry").text
    assert "Tiến độ theo người nhập" in page
    assert "Người enumerator" in page
    client.submit(f"/entry/batches/{batch_id}/close", {"confirmed": "y"})
    assert f"/entry/batches/{batch_id}" not in client.get("/entry").text
    assert f"/entry/batches/{batch_id}" in client.get("/entry?closed=1").text


def test_a_supervisor_goes_on_from_each_survey_that_takes_paper(app, client, made, sign_in):
    sign_in("supervisor")
    rooms = ("print/{0}", "paper/{0}", "surveys/{0}/scans", "import/{0}")
    paths = [f"/entry/{room.format(made.survey)}" for room in rooms]
    page = client.get("/entry").text
    assert all(f'href="{path}"' in page for path in paths)
    with app.app_context():
        db.session.get(Survey, made.survey).state = "closed"
        db.session.commit()
    assert not any(f'href="{path}"' in client.get("/entry").text for path in paths)
    assert all(f'href="{path}"' in client.get(f"/entry?survey={made.survey}").text for path in paths)


def test_a_form_of_a_batch_is_one_link_to_its_paper_and_its_answers_stand_apart(
    app, client, batch_id, desk, sign_in
):
    desk.key(PAPER)
    sign_in("supervisor")
    with app.app_context():
        form = db.session.scalars(sa.select(PaperForm)).one()
        paper, answers = f"/entry/forms/{form.id}", f"/entry/responses/{form.response_id}"
    page = Page(client.get(f"/entry/batches/{batch_id}").text)
    links = [each.get("href") for each in page.named("a")]
    assert (links.count(paper), links.count(answers)) == (1, 1)


def test_a_supervisor_makes_a_batch_and_its_code_is_its_own(app, client, made, sign_in):
    sign_in("supervisor")
    stratum_id = str(made.strata[1])
    batch = {"stratum_id": stratum_id, "code": "SNV-01", "forms_expected": "20"}
    created = client.submit("/entry/batches/new", batch)
    assert created.status_code == 302
    assert "SNV-01" in client.get(created.location).text
    refused = client.submit("/entry/batches/new", {**batch, "code": "snv-01"})
    assert refused.status_code == 400
    assert "đã có lô mang mã đó" in refused.text
    with app.app_context():
        stored = db.session.scalars(sa.select(Batch)).one()
        assert (stored.survey_id, stored.stratum_id, stored.forms_expected) == (
            made.survey,
            made.strata[1],
            20,
        )
    assert "batch.create" in deeds(app)


@pytest.mark.parametrize(
    "wrong",
    [{"stratum_id": ""}, {"stratum_id": "999999"}, {"code": ""}, {"code": "a b"}, {"forms_expected": "0"}],
)
def test_a_batch_with_a_fault_is_not_made(app, client, made, sign_in, wrong):
    sign_in("supervisor")
    batch = {"stratum_id": str(made.strata[0]), "code": "SNV-01", "forms_expected": "20"}
    assert client.submit("/entry/batches/new", batch | wrong).status_code == 400
    assert count(app, Batch) == 0


@pytest.mark.parametrize(
    ("numbers", "expected", "gaps"),
    [
        ([], 3, [(1, 3)]),
        ([1, 2, 3], 3, []),
        ([2, 5], 6, [(1, 1), (3, 4), (6, 6)]),
        ([1, 99], 3, [(2, 98)]),  # 99 is a slip of the finger: the gap shows it
        ([1201, 1203], 4, [(1202, 1202), (1204, 1204)]),  # a batch that is not printed from 1
    ],
)
def test_missing_numbers_are_named(numbers, expected, gaps):
    assert missing_numbers(numbers, expected) == gaps


@pytest.mark.parametrize(
    ("numbers", "after", "number"), [([], None, 1), ([1, 2], None, 3), ([1, 2, 4], 2, 3), ([1, 2, 3], 1, 4)]
)
def test_the_next_number_is_free(numbers, after, number):
    assert next_number(numbers, after) == number


def test_the_batch_names_what_is_missing(client, batch_id, desk):
    desk.key(PAPER, form_number="2")
    page = client.get(f"/entry/batches/{batch_id}").text
    assert "Còn thiếu số:" in page
    assert "3–10" in page


def test_lists_ask_the_database_as_often_for_many_rows_as_for_few(app, client, made, sign_in):
    sign_in("supervisor")
    with app.app_context():
        batch_id = add_batch(made, "first")

    def queries() -> list[int]:
        return [queries_of(app, client, path) for path in ("/entry", f"/entry/batches/{batch_id}")]

    few = queries()
    with app.app_context():
        batch = db.session.get(Batch, batch_id)
        for number in range(1, 21):
            add_form(batch, number)
            add_batch(made, f"b{number}")
    assert queries() == few


def queries_of(app: Flask, client: FlaskClient, path: str) -> int:
    """In a context of its own: a page must find nothing that an earlier one loaded."""
    with app.app_context():
        return counted(client, path)


def add_batch(made: MadeIds, code: str) -> int:
    batch = Batch(survey_id=made.survey, stratum_id=made.strata[0], code=code, forms_expected=10)
    db.session.add(batch)
    db.session.commit()
    return batch.id


def add_form(batch: Batch, number: int) -> None:
    user = User(name=f"u{number}", full_name=f"Người {number}", role="enumerator", password_hash="")
    response = Response(
        id=uuid.uuid4(),
        survey_id=batch.survey_id,
        unit_id=batch.stratum.unit_id,
        stratum_id=batch.stratum_id,
        mode="keyed",
        received_on=batch.survey.opens_on,
    )
    db.session.add_all([user, response])
    db.session.flush()
    form = PaperForm(batch_id=batch.id, number=number, response_id=response.id, keyed_by_id=user.id)
    form.state = "accepted"
    form.keyed_at = now()
    db.session.add(form)
    db.session.commit()
