"""Enumerators key paper forms: saved once, checked as answers from the web are, nothing typed lost."""

from __future__ import annotations

import unicodedata

import pytest
import sqlalchemy as sa
from flask import Flask

from survey.db import db
from survey.entry.screen import lines_of
from survey.models import Batch, PaperForm, Response, Survey
from tests.survey.entry.desk import PAPER, STORED, Desk, count, deeds
from tests.survey.factory import make_batch, make_round
from tests.survey.pages import Page


def test_a_keyed_form_becomes_a_response_and_the_next_number_waits(app, desk, enumerator):
    assert desk.field("form-number") == "1"
    desk.key(PAPER)
    assert "Đã lưu phiếu 1." in desk.page
    assert desk.field("form-number") == "2"
    with app.app_context():
        form = db.session.scalars(sa.select(PaperForm)).one()
        assert (form.number, form.state, form.keyed_by_id) == (1, "accepted", enumerator)
        assert form.response.mode == "keyed"
        assert form.response.stratum_id == form.batch.stratum_id
        assert form.response.versions[0].answers == STORED
    assert "form.accept" in deeds(app)


def test_every_question_is_on_the_screen_with_a_digit_for_each_choice(desk):
    inputs = {(each.get("name"), each.get("value")) for each in Page(desk.page).named("input")}
    for name, choices in {
        "received": ("yes", "no"),
        "late": ("yes", "no"),
        "polite": ("low", "middle", "high", "dont_know"),
        "improve": ("time", "cost", "manner"),
    }.items():
        assert {(name, choice) for choice in choices} <= inputs
    assert {"visits", "visited_on", "reason"} <= {name for name, _ in inputs}
    assert desk.page.count('<kbd class="app-digit">4</kbd>') == 2  # the two rows with four choices


def test_double_click_saves_once(app, desk):
    first, second = desk.save(PAPER), desk.save(PAPER)
    assert (first.status_code, second.status_code) == (303, 303)
    assert count(app, Response) == count(app, PaperForm) == 1


def test_going_back_and_sending_again_with_other_answers_is_told_and_changes_nothing(app, desk):
    desk.save(PAPER)
    again = desk.save({**PAPER, "polite": "low"})
    assert again.status_code == 422
    assert "đã được lưu từ trang này với câu trả lời khác" in again.text
    with app.app_context():
        assert db.session.scalars(sa.select(Response)).one().versions[0].answers == STORED


def test_going_back_and_keying_another_form_on_the_old_page_saves_that_form(app, desk):
    desk.save(PAPER)
    assert desk.save({**PAPER, "polite": "low"}, form_number="2").status_code == 303
    assert count(app, Response) == 2


def test_a_form_keyed_by_somebody_else_is_refused_with_who_and_what_was_typed_stays(
    app, client, batch_id, desk, sign_in
):
    desk.key(PAPER)
    sign_in("supervisor")
    other = Desk(client, batch_id)
    refused = other.save({**PAPER, "visits": "7"}, form_number="1")
    assert refused.status_code == 422
    assert "Người enumerator" in refused.text
    assert 'name="visits" type="text" value="7"' in refused.text
    assert count(app, Response) == 1


@pytest.mark.parametrize("number", ["", "0", "-1", "1,5", "một", "9" * 30])
def test_a_form_needs_a_whole_number(app, desk, number):
    refused = desk.save(PAPER, form_number=number)
    assert refused.status_code == 422
    assert "Hãy nhập số in trên phiếu" in refused.text
    assert count(app, Response) == 0


def test_all_faults_are_told_at_their_places_and_nothing_typed_is_lost(app, desk):
    wrong = {"received": "maybe", "visits": "99", "visited_on": "30/02/2022", "polite": "high", "late": "yes"}
    refused = desk.save({**wrong, "comment": "Cần thêm ghế\nvà quạt"})
    assert refused.status_code == 422
    page = Page(refused.text)
    faulty = {
        each.get("id", "")[5:-6] for each in page.named("p") if each.get("class") == "govuk-error-message"
    }
    assert faulty == {"received", "late", "visits", "visited_on", "clear"}
    assert "“maybe”" in refused.text
    assert "Số lần từ 0 đến 30." in refused.text
    assert "1: " in refused.text  # the summary names the lines by their numbers
    checked = {(each["name"], each["value"]) for each in page.named("input") if "checked" in each}
    assert ("polite", "high") in checked
    assert ("late", "yes") in checked
    assert 'value="30/02/2022"' in refused.text
    assert "Cần thêm ghế\nvà quạt" in refused.text
    assert count(app, Response) == 0


def test_what_is_blank_on_paper_is_confirmed_once_and_stays_blank(app, desk):
    paper = {"received": "no", "polite": "high"}
    refused = desk.save(paper)
    assert refused.status_code == 422
    assert 'href="#item-clear">6.2: ' in refused.text
    desk.key(paper, form_blanks="1")
    with app.app_context():
        assert db.session.scalars(sa.select(Response)).one().versions[0].answers == paper


def test_confirmed_blanks_excuse_nothing_else(app, desk):
    refused = desk.save({"received": "no", "late": "yes", "visits": "99", "polite": "?"}, form_blanks="1")
    assert refused.status_code == 422
    faulty = {
        each.get("id") for each in Page(refused.text).named("p") if each.get("class") == "govuk-error-message"
    }
    assert faulty == {"item-late-error", "item-visits-error", "item-polite-error"}
    assert count(app, Response) == 0


def test_a_paused_survey_is_still_keyed_and_a_closed_one_is_not(app, client, batch_id, desk):
    set_state(app, batch_id, "paused")
    desk.key(PAPER)
    set_state(app, batch_id, "closed")
    refused = desk.save(PAPER)
    assert refused.status_code == 422
    assert "không nhận phiếu giấy" in refused.text
    assert client.get(desk.path).status_code == 409
    assert count(app, Response) == 1


def set_state(app: Flask, batch_id: int, state: str) -> None:
    with app.app_context():
        db.session.get(Batch, batch_id).survey.state = state
        db.session.commit()


def test_a_closed_batch_takes_no_form_and_opens_again(app, client, batch_id, desk, sign_in):
    sign_in("supervisor")
    assert client.submit(f"/entry/batches/{batch_id}/close", {"confirmed": "y"}).status_code == 302
    refused = desk.save(PAPER)
    assert refused.status_code == 422
    assert "đã đóng" in refused.text
    assert client.get(desk.path).status_code == 409
    client.submit(f"/entry/batches/{batch_id}/open")
    assert desk.save(PAPER).status_code == 303
    assert [deed for deed in deeds(app) if deed.startswith("batch.")] == ["batch.close", "batch.open"]


def test_keying_the_last_form_leads_back_to_the_batch(app, client, enumerator):
    with app.app_context():
        batch_id = make_batch(db.session, make_round(db.session), forms_expected=1).id
    saved = Desk(client, batch_id).save(PAPER)
    assert saved.location == f"/entry/batches/{batch_id}"
    assert "Đã nhập hết phiếu của lô này." in client.get(saved.location).text


def test_text_is_stored_in_one_normal_form(app, desk):
    desk.key({**PAPER, "comment": unicodedata.normalize("NFD", "Cần thêm ghế")})
    with app.app_context():
        answers = db.session.scalars(sa.select(Response)).one().versions[0].answers
        assert answers["comment"] == "Cần thêm ghế"


@pytest.mark.parametrize(
    "name",
    ["citizen-satisfaction-2024", "business-satisfaction-2024", "officials-2024", "deputies-2024"],
)
def test_every_shipped_questionnaire_fits_the_screen(app, client, enumerator, name):
    with app.app_context():
        made = make_round(db.session, questionnaire=name)
        batch = make_batch(db.session, made)
        codes = {line.item.code for line in lines_of(made.survey.questionnaire_version.questionnaire)}
        batch_id = batch.id
    names = {
        each.get("name")
        for each in Page(client.get(f"/entry/batches/{batch_id}/key").text).named(
            "input", "select", "textarea"
        )
    }
    assert codes <= names


def test_lines_are_numbered_as_printed_forms_are(app, made):
    with app.app_context():
        survey = db.session.get(Survey, made.survey)
        numbers = {
            line.item.code: line.number for line in lines_of(survey.questionnaire_version.questionnaire)
        }
    assert numbers["received"] == "1"
    assert numbers["reason"] == "5"
    assert (numbers["polite"], numbers["clear"]) == ("6.1", "6.2")
    assert numbers["improve"] == "7"
