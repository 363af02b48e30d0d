"""People who answer: by open link and by code, in two windows, on two devices, with mistakes."""

from __future__ import annotations

import copy
import re
import unicodedata
from collections.abc import Callable
from dataclasses import asdict
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from survey.db import db, today
from survey.models import AuditEntry, Draft, Invitation, Response, ResponseVersion, Survey
from survey.respond.visit import read
from tests.survey.citizen import Citizen
from tests.survey.factory import SMALL_QUESTIONNAIRE, make_round, make_stratum, make_unit

VISIT = {"received": "no", "visits": "2"}
SERVICE = {"polite": "high", "clear": "dont_know", "improve": ["time", "cost"]}
ABOUT_YOU = {"ethnicity": "refused", "comment": "Cảm ơn"}
RECORD = {
    "received": "no",
    "visits": 2,
    "polite": "high",
    "clear": "dont_know",
    "improve": ["time", "cost"],
    "ethnicity": "refused",
    "comment": "Cảm ơn",
}


class Round:
    """What tests need of a stored round, outside any database session."""

    def __init__(self, app: Flask, **options: Any) -> None:
        self.app = app
        with app.app_context():
            made = make_round(db.session, **options)
            self.slug, self.survey_id = made.survey.slug, made.survey.id
            self.units = [unit.code for unit in made.units]
            self.unit_names = [unit.name for unit in made.units]
            self.codes = made.codes

    def change(self, **values: object) -> None:
        with self.app.app_context():
            survey = db.session.get(Survey, self.survey_id)
            for name, value in values.items():
                setattr(survey, name, value)
            db.session.commit()

    def count(self, model: type) -> int:
        with self.app.app_context():
            return db.session.scalar(sa.select(sa.func.count()).select_from(model))

    def answers(self, model: type = ResponseVersion) -> dict[str, Any]:
        with self.app.app_context():
            return db.session.scalars(sa.select(model)).one().answers


@pytest.fixture
def a_round(app: Flask) -> Round:
    return Round(app)


@pytest.fixture
def citizen(a_round: Round, client: FlaskClient) -> Citizen:
    """Somebody in front of the first page of questions."""
    person = Citizen(client, a_round.slug)
    person.start(a_round.units[1])
    return person


@pytest.fixture
def newcomer(app: Flask, a_round: Round) -> Callable[[], Citizen]:
    """A function that makes further people, each with a browser of their own."""
    return lambda: Citizen(app.test_client(), a_round.slug)


def visits_kept(citizen: Citizen) -> list[dict[str, Any]]:
    """What this browser keeps of visits, in the clear: a signature hides nothing."""
    cookies = (each for each in citizen.client._cookies.values() if each.key.startswith("visit-"))
    with citizen.client.application.app_context():
        return [asdict(read(each.decoded_value, "visit")) for each in cookies]


def says(citizen: Citizen, *words: str) -> bool:
    return all(word in citizen.page.text for word in words)


# The whole way


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
    particulars = {"secret", "response", "mark", "receipt", "burns", "kiosk", "shared", "again", "began"}
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


# Mistakes


def test_faults_are_shown_at_their_place_and_the_sound_part_is_kept(citizen: Citizen, a_round: Round) -> None:
    citizen.answer(received="no", visits="chín", visited_on="2022-12-20")
    assert citizen.page.status_code == 422
    assert says(citizen, 'href="#q-visits"', 'id="q-visits-error"', "“chín”", 'value="chín"')
    assert a_round.answers(Draft) == {"received": "no", "visited_on": "2022-12-20"}


@pytest.mark.parametrize(
    ("answers", "place"),
    [
        ({"received": "perhaps"}, "received"),
        ({"received": ["yes", "no"]}, "received"),
        ({"received": "no", "visits": "31"}, "visits"),
        ({"received": "no", "visits": "1.234"}, "visits"),
        ({"received": "no", "visited_on": "2999-01-01"}, "visited_on"),
        ({}, "received"),
    ],
)
def test_what_cannot_be_is_named_and_not_stored(
    citizen: Citizen, a_round: Round, answers: dict[str, Any], place: str
) -> None:
    citizen.answer(**answers)
    assert citizen.page.status_code == 422
    assert says(citizen, f'href="#q-{place}"')
    assert place not in a_round.answers(Draft)


def test_a_long_text_is_refused_and_given_back(citizen: Citizen, a_round: Round) -> None:
    citizen.answer_all(VISIT, SERVICE)
    citizen.answer(comment="x" * 6_000)
    assert citizen.page.status_code == 422
    assert says(citizen, 'id="q-comment-error"', "x" * 6_000)
    assert "comment" not in a_round.answers(Draft)


def test_a_text_nobody_typed_is_refused_and_not_sent_back_whole(citizen: Citizen, a_round: Round) -> None:
    citizen.answer_all(VISIT, SERVICE)
    citizen.answer(comment="x" * 2_000_000)
    assert citizen.page.status_code == 422
    assert says(citizen, 'id="q-comment-error"', "2000000 ký tự")
    assert len(citizen.page.text) < 40_000
    assert "comment" not in a_round.answers(Draft)


def test_what_is_larger_than_any_form_leads_back_to_the_page(citizen: Citizen, a_round: Round) -> None:
    citizen.answer_all(VISIT, SERVICE)
    citizen.answer(comment="x" * 5_000_000)
    assert citizen.page.status_code == 413
    assert says(citizen, "Nội dung quá dài", f'href="/k/{a_round.slug}/4"')
    assert "comment" not in a_round.answers(Draft)


def test_an_answer_to_a_question_of_another_page_is_refused(citizen: Citizen, a_round: Round) -> None:
    citizen.answer(received="no", polite="high")
    assert citizen.page.status_code == 400
    assert a_round.answers(Draft) == {}
    citizen.open(f"/k/{a_round.slug}/1")
    citizen.answer(received="no", salary="5")
    assert citizen.page.status_code == 400
    assert a_round.answers(Draft) == {}


def test_an_answer_to_a_page_that_is_not_asked_is_refused(citizen: Citizen, a_round: Round) -> None:
    citizen.answer(**VISIT)
    citizen.post(f"/k/{a_round.slug}/2", {"reason": "Thiếu cán bộ"})
    assert citizen.page.status_code == 409
    assert says(citizen, f'href="/k/{a_round.slug}/3"')
    assert "reason" not in a_round.answers(Draft)


def test_sending_too_early_names_what_lacks(citizen: Citizen, a_round: Round) -> None:
    citizen.answer(**VISIT)
    citizen.send()
    assert citizen.page.status_code == 422
    assert says(citizen, f'href="/k/{a_round.slug}/3?back=check#q-polite"', "#q-clear")
    assert a_round.count(Response) == 0
    citizen.open(f"/k/{a_round.slug}/3?back=check")
    citizen.answer(**SERVICE)
    assert citizen.path == f"/k/{a_round.slug}/check"


def test_pages_and_links_that_do_not_exist(citizen: Citizen, a_round: Round) -> None:
    citizen.open(f"/k/{a_round.slug}/99")
    assert citizen.path == f"/k/{a_round.slug}/check"
    citizen.open("/k/no-such-survey")
    assert citizen.page.status_code == 404
    assert says(citizen, "Đường dẫn này không có phiếu khảo sát nào")


def test_a_link_typed_by_hand_is_forgiven(newcomer: Callable[[], Citizen], a_round: Round) -> None:
    person = newcomer()
    for address in (f"/k/{a_round.slug}/", f"/k/{a_round.slug.capitalize()}"):
        person.open(address)
        assert says(person, "Tôi đồng ý, bắt đầu")
    person.open("/c/")
    assert says(person, "Nhập mã cá nhân")


def test_a_slip_in_a_question_that_is_not_asked_is_no_fault(client: FlaskClient, app: Flask) -> None:
    hidden_number = copy.deepcopy(SMALL_QUESTIONNAIRE) | {"code": "hidden"}
    hidden_number["sections"][0]["questions"][2]["relevant"] = "${received} = 'yes'"
    made = Round(app, questionnaire=hidden_number)
    person = Citizen(client, made.slug)
    person.start(made.units[0])
    person.answer(received="no", visits="chín")
    assert person.path == f"/k/{made.slug}/3"
    assert made.answers(Draft) == {"received": "no"}


def test_a_change_that_adds_a_page_leads_there_before_the_check(citizen: Citizen, a_round: Round) -> None:
    citizen.answer_all(VISIT, SERVICE, {})
    citizen.open(f"/k/{a_round.slug}/1?back=check")
    citizen.answer(received="yes")
    citizen.answer(received="yes", late="yes")
    assert citizen.path == f"/k/{a_round.slug}/2"
    citizen.answer(reason="Thiếu cán bộ")
    assert citizen.path == f"/k/{a_round.slug}/check"


# Starting


def test_nobody_gets_past_the_first_page_without_starting(
    newcomer: Callable[[], Citizen], a_round: Round
) -> None:
    person = newcomer()
    for page in ("1", "check", "thanks"):
        person.open(f"/k/{a_round.slug}/{page}")
        assert person.path == f"/k/{a_round.slug}"
    assert a_round.count(Draft) == 0


def test_opening_a_page_stores_nothing(newcomer: Callable[[], Citizen], a_round: Round) -> None:
    newcomer().open(f"/k/{a_round.slug}?unit={a_round.units[0]}")
    assert a_round.count(Draft) == 0


def test_the_link_of_an_agency_chooses_it(newcomer: Callable[[], Citizen], a_round: Round) -> None:
    person = newcomer()
    person.open(f"/k/{a_round.slug}?unit={a_round.units[2]}")
    assert re.search(rf'value="{a_round.units[2]}" checked', person.page.text)
    person.open(f"/k/{a_round.slug}?unit=elsewhere")
    assert says(person, "Cơ quan ghi trong đường dẫn không thuộc khảo sát này")


@pytest.mark.parametrize("unit", [None, "elsewhere"])
def test_an_agency_must_be_chosen(newcomer: Callable[[], Citizen], a_round: Round, unit: str | None) -> None:
    person = newcomer()
    person.start(unit)
    assert person.page.status_code == 422
    assert says(person, 'href="#unit"')
    assert a_round.count(Draft) == 0


def test_many_agencies_are_offered_in_a_list(newcomer: Callable[[], Citizen], a_round: Round) -> None:
    with a_round.app.app_context():
        survey = db.session.get(Survey, a_round.survey_id)
        for number in range(20):
            make_stratum(survey, make_unit(db.session, f"x{number}", f"Xã số {number}"), 10)
        db.session.commit()
    person = newcomer()
    person.open(f"/k/{a_round.slug}?unit=x7")
    assert re.search(r'<option value="x7" selected>Xã số 7', person.page.text)


def test_another_agency_can_be_chosen_before_sending(citizen: Citizen, a_round: Round) -> None:
    citizen.answer_all(VISIT, SERVICE, ABOUT_YOU)
    citizen.start(a_round.units[0])
    assert citizen.path == f"/k/{a_round.slug}/check"
    assert says(citizen, a_round.unit_names[0])


def test_the_next_person_at_a_shared_device_starts_with_nothing(citizen: Citizen, a_round: Round) -> None:
    citizen.answer_all(VISIT, SERVICE, ABOUT_YOU)
    citizen.send()
    citizen.open(f"/k/{a_round.slug}/1")  # the back button
    assert citizen.path == f"/k/{a_round.slug}/thanks"
    assert citizen.page.headers["Cache-Control"] == "no-store"
    citizen.start(a_round.units[0])
    assert citizen.path == f"/k/{a_round.slug}/1"
    assert " checked" not in citizen.page.text
    citizen.answer_all(VISIT, SERVICE, ABOUT_YOU)
    citizen.send()
    assert a_round.count(Response) == 2


def test_a_page_left_open_by_an_earlier_person_changes_nothing(citizen: Citizen, a_round: Round) -> None:
    left_open = dict(citizen.hidden)
    citizen.answer(**VISIT)
    citizen.start(a_round.units[0], anew="1")
    citizen.hidden = left_open
    citizen.post(f"/k/{a_round.slug}/1", {"received": "yes"})
    assert citizen.page.status_code == 409
    citizen.hidden = left_open
    citizen.post(f"/k/{a_round.slug}/check", {})
    assert citizen.page.status_code == 409
    assert a_round.count(Response) == 0


# Codes


def test_a_code_leads_to_its_agency_and_is_burnt(newcomer: Callable[[], Citizen], a_round: Round) -> None:
    person = newcomer()
    person.enter_code(a_round.codes[2][0].lower().replace("-", " "))
    assert says(person, a_round.unit_names[2])
    assert 'name="unit"' not in person.page.text
    person.post(person.path, {})
    person.answer_all(VISIT, SERVICE, ABOUT_YOU)
    person.send()
    with a_round.app.app_context():
        assert db.session.scalars(sa.select(Response)).one().unit.code == a_round.units[2]
        assert len(db.session.scalars(sa.select(Invitation).filter_by(used=True)).all()) == 1


def test_a_code_resumes_on_another_device(newcomer: Callable[[], Citizen], a_round: Round) -> None:
    phone, computer = newcomer(), newcomer()
    for device in (phone, computer):
        device.enter_code(a_round.codes[0][0])
        device.post(device.path, {})
        if device is phone:
            device.answer(**VISIT)
    assert computer.path == f"/k/{a_round.slug}/3"
    computer.answer_all(SERVICE, ABOUT_YOU)
    computer.send()
    assert a_round.answers() == RECORD
    phone.answer(**SERVICE)
    assert phone.page.status_code == 409
    phone.enter_code(a_round.codes[0][0])
    assert phone.page.status_code == 409
    assert says(phone, "Mã này đã được sử dụng")


def test_the_second_device_to_send_a_code_is_told(newcomer: Callable[[], Citizen], a_round: Round) -> None:
    phone, computer = newcomer(), newcomer()
    for device in (phone, computer):
        device.enter_code(a_round.codes[0][0])
        device.post(device.path, {})
        device.answer_all(VISIT, SERVICE, ABOUT_YOU)
    seen_by_phone = dict(phone.hidden)
    computer.send()
    phone.hidden = seen_by_phone
    phone.post(f"/k/{a_round.slug}/check", {})
    assert phone.page.status_code == 409
    assert says(phone, "Mã này đã được sử dụng")
    assert a_round.count(Response) == 1


@pytest.mark.parametrize("code", ["", "xyz", "2222-2222-2222-2222", "22222222222X"])
def test_a_mistyped_code_is_named(newcomer: Callable[[], Citizen], a_round: Round, code: str) -> None:
    person = newcomer()
    person.enter_code(code)
    assert person.page.status_code == 422
    assert says(person, 'id="code-error"', "mã gồm 12 chữ và số")


def test_an_unknown_code_is_named_and_nothing_stored(newcomer: Callable[[], Citizen], a_round: Round) -> None:
    person = newcomer()
    person.enter_code("222222222222")  # its check symbols are right
    assert person.page.status_code == 422
    assert says(person, "Không có khảo sát nào dùng mã này")
    assert a_round.count(Draft) == 0


def test_without_an_open_link_a_code_is_needed(newcomer: Callable[[], Citizen], a_round: Round) -> None:
    a_round.change(open_link=False)
    person = newcomer()
    person.open(f"/k/{a_round.slug}")
    assert person.page.status_code == 403
    assert says(person, 'href="/c"')
    person.enter_code(a_round.codes[0][0])
    person.post(person.path, {})
    assert person.path == f"/k/{a_round.slug}/1"


# Two windows


def test_two_windows_on_two_pages_keep_both(citizen: Citizen, a_round: Round) -> None:
    citizen.answer(**VISIT)
    other = Citizen(citizen.client, a_round.slug)
    other.open(f"/k/{a_round.slug}/4")
    citizen.answer(**SERVICE)
    other.answer(**ABOUT_YOU)
    assert a_round.answers(Draft) == RECORD
    assert "cửa sổ khác" not in other.page.text


def test_two_windows_on_one_page_are_told(citizen: Citizen, a_round: Round) -> None:
    other = Citizen(citizen.client, a_round.slug)
    other.open(f"/k/{a_round.slug}/1")
    citizen.answer(received="no", visits="2")
    other.answer(received="no", visits="3")
    assert says(other, "cửa sổ khác")
    assert a_round.answers(Draft)["visits"] == 3


def test_a_window_left_behind_after_sending_is_told(citizen: Citizen, a_round: Round) -> None:
    citizen.answer_all(VISIT, SERVICE)
    other = Citizen(citizen.client, a_round.slug)
    other.open(f"/k/{a_round.slug}/4")
    citizen.answer(**ABOUT_YOU)
    citizen.send()
    other.answer(comment="chậm mất rồi")
    assert other.page.status_code == 409
    assert a_round.answers() == RECORD


# Standing of the survey


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"state": "closed"}, "Khảo sát đã kết thúc"),
        ({"closes_on": today() - timedelta(1)}, "Khảo sát đã kết thúc"),
        ({"state": "paused"}, "Khảo sát đang tạm dừng"),
        ({"state": "draft"}, "Khảo sát chưa bắt đầu"),
        ({"opens_on": today() + timedelta(3)}, f"{today() + timedelta(3):%d/%m/%Y}"),
    ],
)
def test_a_survey_that_is_not_open_says_why(
    citizen: Citizen, newcomer: Callable[[], Citizen], a_round: Round, values: dict[str, Any], words: str
) -> None:
    citizen.answer_all(VISIT, SERVICE)
    open_page = dict(citizen.hidden)
    a_round.change(**values)
    citizen.answer(**ABOUT_YOU)
    assert says(citizen, words)
    citizen.hidden = open_page
    citizen.post(f"/k/{a_round.slug}/check", {})
    assert says(citizen, words)
    person = newcomer()
    person.open(f"/k/{a_round.slug}")
    assert says(person, words)
    assert a_round.count(Response) == 0


def test_a_synthetic_round_says_so(app: Flask) -> None:
    made = Round(app, synthetic=True)
    person = Citizen(app.test_client(), made.slug)
    for _ in (person.open(f"/k/{made.slug}"), person.start(made.units[0])):
        assert 'class="app-synthetic"' in person.page.text


# Language, cookies, speed


def test_choosing_a_language_keeps_the_place_and_what_was_saved(citizen: Citizen, a_round: Round) -> None:
    citizen.answer(received="no", visits="99")
    place = citizen.path
    english = citizen.client.submit("/language/en", {"next": place}, follow_redirects=True)
    assert english.request.path == place
    assert "Have you received the result?" in english.text
    assert re.search(r'value="no" checked', english.text)


def test_choosing_a_language_while_typing_saves_the_page(citizen: Citizen, a_round: Round) -> None:
    citizen.answer(received="no", visits="99", **{"form-language": "en"})
    assert citizen.path == f"/k/{a_round.slug}/1"
    assert says(citizen, "Have you received the result?", 'value="no" checked')
    assert a_round.answers(Draft) == {"received": "no"}


def test_without_cookies_a_page_says_what_to_do(app: Flask, a_round: Round) -> None:
    person = Citizen(app.test_client(use_cookies=False), a_round.slug)
    person.start(a_round.units[0])
    assert person.page.status_code == 400
    assert says(person, "cookie")
    assert a_round.count(Draft) == 0


@pytest.mark.usefixtures("limited_tries")
def test_guessing_codes_is_slowed_down(newcomer: Callable[[], Citizen]) -> None:
    person = newcomer()
    statuses = [person.enter_code("22222222222X").status_code for _ in range(21)]
    assert statuses == [422] * 20 + [429]


# Nothing joins codes and answers


def all_rows() -> list[Any]:
    return [row for table in db.metadata.sorted_tables for row in db.session.execute(sa.select(table)).all()]
