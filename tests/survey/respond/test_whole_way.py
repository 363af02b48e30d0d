"""The whole way: answered page by page, checked, sent, and what is left behind."""

from __future__ import annotations

import re
import unicodedata

import sqlalchemy as sa

from survey.db import db, today
from survey.models import AuditEntry, Draft, Response
from tests.survey.citizen import Citizen
from tests.survey.respond.surveyed import (
    ABOUT_YOU,
    RECORD,
    SERVICE,
    VISIT,
    Round,
    all_rows,
    says,
    visits_kept,
)


def test_a_citizen_answers_page_by_page_checks_and_sends(citizen: Citizen, a_round: Round) -> None:
    citizen.answer_all(VISIT, SERVICE, ABOUT_YOU)
    assert citizen.path == f"/k/{a_round.slug}/check"
    assert says(citizen, a_round.unit_names[1], "Thời gian; Chi phí", "Không muốn trả lời")
    citizen.send()
    assert citizen.path == f"/k/{a_round.slug}/thanks"
    assert a_round.answers() == RECORD
    assert a_round.count(Draft) == a_round.count(AuditEntry) == 0
    with a_round.app.app_context():
        response = db.session.scalars(sa.select(Response)).one()
        assert (response.unit.code, response.mode, response.received_on) == (
            a_round.units[1],
            "online",
            today(),
        )


def test_a_page_that_an_answer_adds_is_asked(citizen: Citizen, a_round: Round) -> None:
    citizen.answer(received="yes", late="yes")
    assert citizen.path == f"/k/{a_round.slug}/1"  # without scripts, the question was not on the page yet
    assert says(citizen, "Theo câu trả lời của Ông/Bà")
    citizen.answer(received="yes", late="yes")
    assert citizen.path == f"/k/{a_round.slug}/2"
    citizen.answer_all({"reason": "Thiếu cán bộ"}, SERVICE, ABOUT_YOU)
    citizen.send()
    assert a_round.answers()["reason"] == "Thiếu cán bộ"


def test_answers_off_the_route_are_not_recorded(citizen: Citizen, a_round: Round) -> None:
    citizen.answer(received="yes", late="yes")
    citizen.answer(received="yes", late="yes")
    citizen.answer_all({"reason": "Thiếu cán bộ"}, SERVICE, ABOUT_YOU)
    citizen.open(f"/k/{a_round.slug}/1?back=check")
    citizen.answer(**VISIT)
    assert citizen.path == f"/k/{a_round.slug}/check"
    citizen.send()
    assert a_round.answers() == RECORD


def test_the_receipt_leads_to_nothing_and_stays_the_same(citizen: Citizen, a_round: Round) -> None:
    citizen.answer_all(VISIT, SERVICE, ABOUT_YOU)
    citizen.open(f"/k/{a_round.slug}/check")
    check_page = dict(citizen.hidden)
    citizen.send()
    receipt = re.search(r"<strong>(\w{4})-(\w{4})-(\w{4})</strong>", citizen.page.text).groups()
    citizen.hidden = check_page
    citizen.post(f"/k/{a_round.slug}/check", {})
    assert says(citizen, "-".join(receipt))
    assert a_round.count(Response) == 1
    with a_round.app.app_context():
        assert not any("".join(receipt) in str(row) or "-".join(receipt) in str(row) for row in all_rows())


def test_text_typed_in_any_unicode_form_is_stored_as_nfc(citizen: Citizen, a_round: Round) -> None:
    comment = "Cán bộ hướng dẫn tận tình"
    assert unicodedata.normalize("NFD", comment) != comment
    citizen.answer_all(VISIT, SERVICE, {"comment": unicodedata.normalize("NFD", comment)})
    citizen.send()
    assert a_round.answers()["comment"] == comment


def test_no_answer_travels_in_a_cookie(citizen: Citizen) -> None:
    citizen.answer(received="no", visits="17")
    (visit,) = visits_kept(citizen)
    particulars = {"secret", "response", "mark", "receipt", "burns"}
    particulars |= {"kiosk", "shared", "again", "began", "code_shown"}
    assert set(visit) == particulars
    with citizen.client.session_transaction() as session:
        assert set(session) <= {"csrf_token"}


def test_nothing_left_in_the_browser_leads_to_the_response(citizen: Citizen, a_round: Round) -> None:
    citizen.answer_all(VISIT, SERVICE, ABOUT_YOU)
    citizen.send()
    with a_round.app.app_context():
        response = db.session.scalars(sa.select(Response)).one().id
    with citizen.client.session_transaction() as session:
        kept = f"{dict(session)} {visits_kept(citizen)}"
    assert str(response) not in kept
    assert response.hex not in kept


def test_back_and_resume_find_what_was_answered(citizen: Citizen, a_round: Round) -> None:
    citizen.answer(**VISIT)
    citizen.open(f"/k/{a_round.slug}/1")
    assert re.search(r'value="no" checked', citizen.page.text)
    assert re.search(r'name="visits"[^>]* value="2"', citizen.page.text)
    citizen.start(a_round.units[1])
    assert citizen.path == f"/k/{a_round.slug}/3"  # the first page without answers


def test_whoever_changes_an_answer_comes_back_to_it(citizen: Citizen, a_round: Round) -> None:
    """A browser keeps the part of an address behind # on its way through the page and back."""
    citizen.answer_all(VISIT, SERVICE, ABOUT_YOU)
    page = citizen.open(f"/k/{a_round.slug}/check").text
    places = re.findall(r'back=check#(q-\w+)"', page)
    assert len(places) == len(set(places)) > 5
    assert all(page.count(f'id="{place}"') == 1 for place in places)


def test_the_check_is_called_the_last_step_not_the_end(citizen: Citizen, a_round: Round) -> None:
    citizen.answer_all(VISIT, SERVICE, ABOUT_YOU)
    page = citizen.open(f"/k/{a_round.slug}/check").text
    assert "app-done" not in page
    assert page.index("govuk-caption-l") < page.index("<h1")
