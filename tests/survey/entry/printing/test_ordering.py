"""A supervisor orders forms for all strata of a survey at once."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from questionnaires.paper import dump_layout, form_layout
from survey.db import db
from survey.models import Batch, FormLayout, PaperForm, Sample, Stratum, Survey
from tests.survey.entry.desk import MadeIds
from tests.survey.factory import make_round
from tests.survey.pages import Page
from tests.survey.sittings import DEPUTIES

FIELDS = ("print", "stratum", "code", "commune", "enumerator", "forms")


@pytest.fixture
def path(made: MadeIds, sign_in) -> str:
    sign_in("supervisor")
    return f"/entry/print/{made.survey}"


def fields(page: str) -> dict[str, str]:
    """What stands in the lines of a page, by the names of their fields, as a browser would send it."""
    return {
        each["name"]: each.get("value") or ""
        for each in Page(page).named("input")
        if each.get("name", "").partition("-")[0] in FIELDS
        and (each["type"] != "checkbox" or "checked" in each)
    }


def order(client: FlaskClient, path: str, **changed: str):
    """Send the proposed lines with some of them changed: forms_0="5" is the field forms-0."""
    typed = {name.replace("_", "-"): value for name, value in changed.items() if name[-1].isdigit()}
    other = {name: value for name, value in changed.items() if not name[-1].isdigit()}
    lines = {**fields(client.get(path).text), **typed}
    return client.submit(path, {**lines, "language": "vi", "plan": "none", **other})


def batches(app: Flask) -> list[tuple[str, int, int]]:
    with app.app_context():
        query = sa.select(Batch).order_by(Batch.first_serial)
        return [(each.code, each.first_serial, each.forms_expected) for each in db.session.scalars(query)]


def test_each_stratum_is_proposed_the_forms_that_its_sample_lacks(app, client, path, made):
    proposed = fields(client.get(path).text)
    assert [proposed[f"forms-{number}"] for number in range(3)] == ["100", "100", "100"]
    assert {proposed[f"stratum-{number}"] for number in range(3)} == set(map(str, made.strata))
    order(client, path, forms_0="70", forms_1="", forms_2="0")
    assert fields(client.get(path).text)["forms-0"] == "30"


def test_large_strata_are_parted_evenly(client, path):
    proposed = fields(client.get(f"{path}?size=40").text)
    assert [proposed[f"forms-{number}"] for number in range(3)] == ["34", "33", "33"]
    codes = [proposed[f"code-{number}"] for number in range(3)]
    assert [code[-3:] for code in codes] == ["-01", "-02", "-03"]


def test_one_request_makes_all_batches_with_consecutive_numbers(app, client, path, made):
    saved = order(client, path, forms_0="3", forms_1="2", forms_2="4", commune_1="Xã Ea Kao")
    assert saved.status_code == 303
    assert saved.location == f"{path}/1-9"
    assert [(first, count) for _, first, count in batches(app)] == [(1, 3), (4, 2), (6, 4)]
    with app.app_context():
        assert set(db.session.scalars(sa.select(PaperForm.state))) == {"printed"}
        assert (
            db.session.scalars(sa.select(Batch.commune).where(Batch.first_serial == 4)).one() == "Xã Ea Kao"
        )
        layout = db.session.scalars(sa.select(FormLayout)).one()
        assert (layout.language, layout.content["questionnaire"]) == ("vi", "small")
    assert "9 phiếu" in client.get(saved.location).text or "9 forms" in client.get(saved.location).text


@pytest.mark.parametrize("closely", [False, True])
def test_answers_stand_side_by_side_where_that_is_ticked(app, client, path, made, closely):
    saved = order(client, path, forms_0="3", forms_1="", forms_2="", **({"closely": "y"} if closely else {}))
    assert saved.status_code == 303
    with app.app_context():
        questionnaire = db.session.get_one(Survey, made.survey).questionnaire
        ways = [dump_layout(form_layout(questionnaire, "vi", closely=each)) for each in (False, True)]
        assert ways[0] != ways[1]
        assert db.session.scalars(sa.select(FormLayout.content)).one() == ways[closely]


def test_each_order_of_a_day_stands_on_a_line_of_its_own(client, path):
    for communes in ("Xã Một", "Xã Hai"):
        order(client, path, forms_0="3", forms_1="2", forms_2="", commune_0=communes, code_0=communes[-3:])
    page = client.get(path).text
    assert all(f'href="{path}/{numbers}"' in page for numbers in ("1-5", "6-10"))
    assert f'href="{path}/1-10"' not in page


@pytest.mark.parametrize(
    ("plan", "stored"),
    [
        ({"plan": "acceptance", "sample_size": "20", "acceptance_number": "1"}, ("acceptance", 0, 20, 1, 1)),
        ({"plan": "share", "verify_share": "15", "error_limit": "0,5"}, ("share", 15, 0, 0, 0.5)),
    ],
)
def test_the_plan_is_stored_with_each_batch(app, client, path, plan, stored):
    order(client, path, forms_0="50", forms_1="", forms_2="", **plan)
    with app.app_context():
        batch = db.session.scalars(sa.select(Batch)).one()
        figures = (batch.verify_share, batch.sample_size, batch.acceptance_number, batch.error_limit)
        assert (batch.plan, *figures) == stored


def test_a_plan_that_cannot_be_is_told_at_its_field(app, client, path):
    plan = {"plan": "acceptance", "sample_size": "5", "acceptance_number": "5"}
    page = order(client, path, forms_0="50", forms_1="", forms_2="", **plan)
    assert page.status_code == 422
    assert 'href="#sample_size"' in page.text
    assert batches(app) == []


def test_an_enumerator_who_is_a_user_is_known_by_name(app, client, path, new_user):
    user_id = new_user("enumerator", "lan")
    order(
        client,
        path,
        forms_0="2",
        forms_1="2",
        forms_2="",
        enumerator_0="Người enumerator",
        enumerator_1="Mai",
    )
    with app.app_context():
        found = db.session.execute(sa.select(Batch.enumerator, Batch.enumerator_id).order_by(Batch.id)).all()
    assert list(found) == [("Người enumerator", user_id), ("Mai", None)]


def test_another_batch_of_a_unit_is_a_line_of_its_own(app, client, path):
    lines = fields(client.get(path).text)
    page = client.submit(path, {**lines, "commune-0": "Xã Một", "another": "0", "language": "vi"})
    added = fields(page.text)
    assert added["stratum-1"] == lines["stratum-0"]
    assert (added["commune-0"], added["commune-1"], added["forms-1"]) == ("Xã Một", "", "")
    assert len({added[f"code-{number}"] for number in range(4)}) == 4
    assert batches(app) == []


def test_every_fault_stands_at_its_line_and_nothing_is_made(app, client, path):
    page = order(client, path, forms_0="nhiều", forms_1="1001", code_2="có cách")
    assert page.status_code == 422
    assert {"forms-0-error", "code-2-error"} <= {each.get("id") for each in Page(page.text).named("p")}
    page = order(client, path, forms_0="2", forms_1="1001")
    assert 'id="forms-1-error"' in page.text
    assert batches(app) == []


def test_the_same_page_sent_twice_makes_no_second_batch(app, client, path):
    lines = {**fields(client.get(path).text), "language": "vi", "plan": "none"}
    assert client.submit(path, lines).status_code == 303
    again = client.submit(path, lines)
    assert again.status_code == 422
    assert 'id="code-0-error"' in again.text
    assert len(batches(app)) == 3


def test_a_text_without_room_on_the_form_is_told_before_anything_is_made(app, client, path, made):
    set_survey(app, made, purpose="rất dài " * 120)
    page = order(client, path, forms_0="2")
    assert page.status_code == 422
    assert "rất dài" in page.text
    assert batches(app) == []


@pytest.mark.parametrize(
    "commune", ["Phường Ví Dụ Dài Nhất, tỉnh Ví Dụ (khu vực 1)", "Đặc khu " + "Ví Dụ " * 15]
)
def test_every_commune_that_its_field_takes_is_printed(app, client, path, commune):
    assert order(client, path, forms_0="2", commune_0=commune).status_code == 303
    with app.app_context():
        assert db.session.scalars(sa.select(Batch.commune)).first() == commune.strip()


def summary(page: str) -> dict[str, str]:
    """Address → sentence of each fault at the head of a page."""
    box = page.partition("govuk-error-summary__list")[2].partition("</ul>")[0]
    return dict(re.findall(r'<a href="(.*?)">(.*?)</a>', box))


@pytest.mark.parametrize(
    ("field", "typed", "label"),
    [
        ("code", "có cách", "Mã lô"),
        ("code", "ke-hoach-dau-tu-" * 4, "Mã lô"),
        ("commune", "x" * 101, "Xã, phường"),
        ("enumerator", "x" * 101, "Điều tra viên"),
        ("forms", "nhiều", "Phiếu"),
        ("forms", "1001", "Phiếu"),
    ],
)
def test_the_head_of_the_page_names_line_and_field_of_each_fault_and_leads_there(
    client, path, field, typed, label
):
    page = order(client, path, **{f"{field}_1": typed})
    assert page.status_code == 422
    told = summary(page.text)
    assert list(told) == [f"#{field}-1"]
    assert "2" in told[f"#{field}-1"]
    assert "Sở Tài chính" in told[f"#{field}-1"]
    assert label in told[f"#{field}-1"]
    at_field = page.text.partition(f'id="{field}-1-error"')[2].partition("</p>")[0]
    assert "Sở Tài chính" not in at_field


def test_a_questionnaire_that_rates_several_units_at_once_is_refused_in_words(app, client, sign_in):
    with app.app_context():
        survey_id = make_round(db.session, questionnaire=DEPUTIES).survey.id
    sign_in("planner")
    page = order(client, f"/entry/print/{survey_id}", forms_0="2")
    assert page.status_code == 422
    assert "govuk-error-summary" in page.text
    assert batches(app) == []


def test_nothing_ordered_is_said(client, path):
    page = order(client, path, forms_0="", forms_1="", forms_2="0")
    assert page.status_code == 422
    assert 'href="#print-0"' in page.text
    assert 'id="print-0-error"' in page.text


def test_every_proposed_line_is_ticked_and_only_ticked_lines_are_printed(app, client, path):
    lines = fields(client.get(path).text)
    assert {name for name in lines if name.startswith("print-")} == {"print-0", "print-1", "print-2"}
    kept = {name: value for name, value in lines.items() if name not in ("print-0", "print-2")}
    wrong = {"forms-0": "nhiều", "code-2": "có cách"}  # what is not printed need not be right
    assert client.submit(path, {**kept, **wrong, "language": "vi", "plan": "none"}).status_code == 303
    assert [code for code, _, _ in batches(app)] == [lines["code-1"]]


def test_lines_without_a_tick_stay_so_when_something_else_is_wrong(app, client, path):
    lines = fields(client.get(path).text)
    del lines["print-1"]
    page = client.submit(path, {**lines, "forms-0": "nhiều", "language": "vi", "plan": "none"})
    assert page.status_code == 422
    shown = fields(page.text)
    assert {name for name in shown if name.startswith("print-")} == {"print-0", "print-2"}
    assert shown["forms-1"] == lines["forms-1"]
    assert batches(app) == []


def test_all_lines_lose_their_ticks_at_once_and_get_them_back(app, client, path):
    lines = fields(client.get(path).text) | {"commune-1": "Xã Một"}
    for tick, count in (("none", 0), ("all", 3)):
        page = client.submit(path, {**lines, "tick": tick, "language": "vi"})
        assert page.status_code == 200
        lines = fields(page.text)
        assert sum(name.startswith("print-") for name in lines) == count
        assert lines["commune-1"] == "Xã Một"
    assert batches(app) == []


def test_without_any_tick_nothing_is_ordered(app, client, path):
    lines = {name: value for name, value in fields(client.get(path).text).items() if "print" not in name}
    page = client.submit(path, {**lines, "language": "vi", "plan": "none"})
    assert page.status_code == 422
    assert 'href="#print-0"' in page.text
    assert batches(app) == []


def set_survey(app: Flask, made: MadeIds, **columns: object) -> None:
    with app.app_context():
        survey = db.session.get_one(Survey, made.survey)
        for name, value in columns.items():
            setattr(survey, name, value)
        db.session.commit()


@pytest.mark.parametrize("columns", [{"state": "closed"}, {"state": "draft", "contact": ""}])
def test_what_keeps_forms_from_being_printed_is_said(app, client, path, made, columns):
    set_survey(app, made, **columns)
    page = client.get(path)
    assert page.status_code == 200
    assert 'name="forms-0"' not in page.text
    typed = {"stratum-0": str(made.strata[0]), "code-0": "x", "forms-0": "2", "language": "vi"}
    assert client.submit(path, {**typed, "print-0": "1", "plan": "none"}).status_code == 409
    assert batches(app) == []


def test_paper_is_printed_before_the_survey_opens_and_keeps_its_terms(app, client, path, made, sign_in):
    set_survey(app, made, state="draft")
    sign_in("planner")
    assert order(client, path, forms_0="2", forms_1="", forms_2="").status_code == 303
    assert len(batches(app)) == 1
    assert client.get(f"/entry/paper/{made.survey}").status_code == 200
    with app.app_context():
        survey = db.session.get_one(Survey, made.survey)
        sent = {"code": "renamed", "slug": survey.slug, "questionnaire_id": survey.questionnaire_id}
    answer = client.submit(f"/surveys/{made.survey}/edit", sent)
    assert 'id="code-error"' in answer.text


def test_enter_in_a_field_orders_nothing(app, client, path):
    """A browser presses the first button of a form."""
    first = Page(client.get(path).text).named("button")
    assert next(each["name"] for each in first if each.get("tabindex") == "-1") == "look"
    assert order(client, path, forms_0="7", look="1").status_code == 200
    assert batches(app) == []


def test_a_foreign_stratum_is_refused(app, client, path, made):
    with app.app_context():
        sample = db.session.scalars(sa.select(Sample).where(Sample.survey_id == made.survey)).one()
        foreign = max(db.session.scalars(sa.select(Stratum.id).where(Stratum.sample_id == sample.id))) + 1
    assert order(client, path, stratum_0=str(foreign), forms_0="2").status_code == 422
    assert batches(app) == []


def test_planners_print_and_enumerators_do_not(client, path, sign_in):
    sign_in("planner")
    assert client.get(path).status_code == 200
    sign_in("enumerator")
    assert client.get(path).status_code == 403
