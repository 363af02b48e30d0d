"""What is wrong with an order is told at its line and field, and nothing is made."""

from __future__ import annotations

import re

import pytest

from survey.db import db
from tests.survey.entry.printing.ordering.lines import batches, fields, order, set_survey
from tests.survey.factory import make_round
from tests.survey.pages import Page
from tests.survey.sittings import DEPUTIES


def test_a_plan_that_cannot_be_is_told_at_its_field(app, client, path):
    plan = {"plan": "acceptance", "sample_size": "5", "acceptance_number": "5"}
    page = order(client, path, forms_0="50", forms_1="", forms_2="", **plan)
    assert page.status_code == 422
    assert 'href="#sample_size"' in page.text
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
