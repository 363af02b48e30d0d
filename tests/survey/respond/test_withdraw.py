"""Taking answers back by the receipt, until the survey closes; and answers past their last day."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa

from survey.collection import correct, reject
from survey.db import db, today
from survey.models import AuditEntry, Draft, Quota, Response, ResponseFlag, ResponseVersion
from tests.survey.citizen import Citizen
from tests.survey.factory import make_user
from tests.survey.respond.surveyed import ABOUT_YOU, RECORD, SERVICE, VISIT, Round, says, visits_kept

Newcomer = Callable[[], Citizen]
RECEIPT = re.compile(r"<strong>(\w{4}-\w{4}-\w{4})</strong>")


@pytest.fixture
def a_round(a_round: Round) -> Round:
    a_round.change(withdrawable=True)
    return a_round


def sent(person: Citizen, unit: str) -> str:
    """Answer and send everything; the receipt."""
    person.start(unit)
    person.answer_all(VISIT, SERVICE, ABOUT_YOU)
    person.send()
    return RECEIPT.search(person.page.text).group(1)


def ask_to_withdraw(person: Citizen, receipt: str, **more: str) -> None:
    person.open(f"/k/{person.slug}/withdraw")
    person.post(f"/k/{person.slug}/withdraw", {"receipt": receipt, **more})


def withdraw(person: Citizen, receipt: str) -> None:
    ask_to_withdraw(person, receipt, confirmed="1")


def states(a_round: Round) -> list[str]:
    with a_round.app.app_context():
        return sorted(db.session.scalars(sa.select(Response.state)))


def test_the_thanks_say_truly_what_the_receipt_is_for(newcomer: Newcomer, a_round: Round) -> None:
    person = newcomer()
    sent(person, a_round.units[0])
    assert says(person, "cách duy nhất để rút lại phiếu", f"/k/{a_round.slug}/withdraw")
    a_round.change(withdrawable=False)
    person.open(f"/k/{a_round.slug}/thanks")
    assert says(person, "không ai dùng nó để tìm được câu trả lời")
    assert not says(person, f"/k/{a_round.slug}/withdraw")


def test_first_it_says_what_will_happen_then_it_happens(newcomer: Newcomer, a_round: Round) -> None:
    person = newcomer()
    receipt = sent(person, a_round.units[0])
    ask_to_withdraw(person, receipt.lower().replace("-", " "))
    assert says(person, "Rút lại phiếu này?", receipt)
    assert a_round.answers() == RECORD
    person.post(f"/k/{a_round.slug}/withdraw", {"receipt": receipt, "confirmed": "1"})
    assert person.path == f"/k/{a_round.slug}/withdrawn"
    assert states(a_round) == ["withdrawn"]
    assert a_round.answers() == {}
    assert a_round.count(ResponseFlag) == a_round.count(AuditEntry) == 0
    assert visits_kept(person) == []


def test_it_works_from_another_device_too(newcomer: Newcomer, a_round: Round) -> None:
    receipt = sent(newcomer(), a_round.units[0])
    withdraw(newcomer(), receipt)
    assert states(a_round) == ["withdrawn"]


def test_only_the_answers_of_that_receipt_go(newcomer: Newcomer, a_round: Round) -> None:
    receipt = sent(newcomer(), a_round.units[0])
    sent(newcomer(), a_round.units[0])
    withdraw(newcomer(), receipt)
    assert states(a_round) == ["accepted", "withdrawn"]


def test_who_came_by_a_letter_withdraws_by_the_receipt_not_by_the_code(
    newcomer: Newcomer, a_round: Round
) -> None:
    person, letter = newcomer(), a_round.codes[0][0]
    person.enter_code(letter)
    person.post(person.path, {})
    person.answer_all(VISIT, SERVICE, ABOUT_YOU)
    person.send()
    receipt = RECEIPT.search(person.page.text).group(1)
    withdraw(newcomer(), letter)
    assert states(a_round) == ["accepted"]
    withdraw(newcomer(), receipt)
    assert states(a_round) == ["withdrawn"]


@pytest.mark.parametrize(
    ("receipt", "words"),
    [
        ("", "mã gồm 12 chữ và số"),
        ("7KQ4", "mã gồm 12 chữ và số"),
        ("222222222222", "không có phiếu nào gửi với mã biên nhận này"),
    ],
)
def test_a_wrong_receipt_is_named(newcomer: Newcomer, a_round: Round, receipt: str, words: str) -> None:
    sent(newcomer(), a_round.units[0])
    person = newcomer()
    withdraw(person, receipt)
    assert person.page.status_code == 422
    assert says(person, words, 'href="#receipt"')
    assert states(a_round) == ["accepted"]


def test_a_second_time_says_it_is_done(newcomer: Newcomer, a_round: Round) -> None:
    person = newcomer()
    receipt = sent(person, a_round.units[0])
    withdraw(person, receipt)
    withdraw(person, receipt)
    assert says(person, "đã được rút lại. Ông/Bà không cần làm gì thêm")


def test_nothing_brings_back_what_was_withdrawn(newcomer: Newcomer, a_round: Round) -> None:
    person, other = newcomer(), newcomer()
    person.start(a_round.units[0])
    person.answer_all(VISIT, SERVICE, ABOUT_YOU)
    person.open(f"/k/{a_round.slug}/later")
    code = re.search(r">(\w{4}-\w{4}-\w{4})<", person.page.text).group(1)
    other.enter_code(code)
    other.post(other.path, {"unit": a_round.units[0]})
    other.open(f"/k/{a_round.slug}/check")
    left_open = dict(other.hidden)
    person.send()
    withdraw(person, RECEIPT.search(person.page.text).group(1))
    other.hidden = left_open
    other.post(f"/k/{a_round.slug}/check", {})
    assert states(a_round) == ["withdrawn"]
    assert a_round.answers() == {}


def test_a_form_that_staff_rejected_can_be_taken_back_too(newcomer: Newcomer, a_round: Round) -> None:
    receipt = sent(newcomer(), a_round.units[0])
    with a_round.app.app_context():
        db.session.execute(sa.update(Response).values(state="rejected"))
        db.session.commit()
    withdraw(newcomer(), receipt)
    assert a_round.answers() == {}


def test_a_place_in_a_quota_becomes_free(newcomer: Newcomer, a_round: Round) -> None:
    with a_round.app.app_context():
        db.session.add(Quota(survey_id=a_round.survey_id, answers={}, most=5, taken=0))
        db.session.commit()
    receipt = sent(newcomer(), a_round.units[0])
    withdraw(newcomer(), receipt)
    with a_round.app.app_context():
        assert db.session.scalars(sa.select(Quota.taken)).one() == 0


@pytest.mark.parametrize(
    ("values", "status", "words"),
    [
        ({"withdrawable": False}, 403, "không rút lại phiếu được"),
        ({"state": "closed"}, 410, "Khảo sát đã kết thúc"),
        ({"closes_on": today() - timedelta(1)}, 410, "Khảo sát đã kết thúc"),
    ],
)
def test_where_it_cannot_be_the_page_says_why(
    newcomer: Newcomer, a_round: Round, values: dict[str, object], status: int, words: str
) -> None:
    person = newcomer()
    receipt = sent(person, a_round.units[0])
    person.open(f"/k/{a_round.slug}/withdraw")
    a_round.change(**values)
    for reply in (
        person.post(f"/k/{a_round.slug}/withdraw", {"receipt": receipt, "confirmed": "1"}),
        person.open(f"/k/{a_round.slug}/withdraw"),
    ):
        assert reply.status_code == status
        assert words in reply.text
    assert states(a_round) == ["accepted"]


def test_a_paused_survey_still_lets_answers_go(newcomer: Newcomer, a_round: Round) -> None:
    receipt = sent(newcomer(), a_round.units[0])
    a_round.change(state="paused")
    withdraw(newcomer(), receipt)
    assert states(a_round) == ["withdrawn"]


@pytest.mark.usefixtures("limited_tries")
def test_guessing_receipts_is_slowed_down(newcomer: Newcomer) -> None:
    person = newcomer()
    person.open(f"/k/{person.slug}/withdraw")
    guesses = [person.post(f"/k/{person.slug}/withdraw", {"receipt": "222222222222"}) for _ in range(11)]
    assert [reply.status_code for reply in guesses] == [422] * 10 + [429]


def test_staff_see_how_many_and_not_who(
    newcomer: Newcomer, a_round: Round, client: object, sign_in: Callable[..., int]
) -> None:
    withdraw(newcomer(), sent(newcomer(), a_round.units[0]))
    sign_in("planner")
    assert "1 phiếu đã được người trả lời rút lại" in client.get(f"/surveys/{a_round.survey_id}").text


def test_why_an_answer_was_corrected_goes_with_it(newcomer: Newcomer, a_round: Round) -> None:
    sent(newcomer(), a_round.units[0])
    with a_round.app.app_context():
        response = db.session.scalars(sa.select(Response)).one()
        comment = {**RECORD, "comment": "-"}
        correct(response, comment, make_user(db.session, "supervisor"), "“Cảm ơn” không phải là góp ý")
    a_round.change(keep_until=today() - timedelta(1))
    a_round.app.test_cli_runner().invoke(args=["respond", "delete-expired"])
    with a_round.app.app_context():
        versions = db.session.scalars(sa.select(ResponseVersion).order_by(ResponseVersion.version)).all()
        assert [(each.answers, each.reason) for each in versions] == [({}, ""), ({}, "–")]


@pytest.mark.parametrize("ends", ["withdrawn", "expired"])
def test_why_an_answer_was_rejected_goes_with_it(newcomer: Newcomer, a_round: Round, ends: str) -> None:
    person = newcomer()
    receipt = sent(person, a_round.units[0])
    with a_round.app.app_context():
        response = db.session.scalars(sa.select(Response)).one()
        reject(response, make_user(db.session, "supervisor"), "“Cảm ơn” không phải là góp ý")
    if ends == "withdrawn":
        withdraw(person, receipt)
    else:
        a_round.change(keep_until=today() - timedelta(1))
        a_round.app.test_cli_runner().invoke(args=["respond", "delete-expired"])
    assert states(a_round) == [ends]
    with a_round.app.app_context():
        deed = sa.select(AuditEntry.details).where(AuditEntry.action == "response.reject")
        assert db.session.scalars(deed).one() == {"reason": "–"}


def test_answers_past_their_last_day_are_emptied_by_a_command(newcomer: Newcomer, a_round: Round) -> None:
    sent(newcomer(), a_round.units[0])
    newcomer().start(a_round.units[0])
    run = a_round.app.test_cli_runner()
    a_round.change(keep_until=today())
    assert run.invoke(args=["respond", "delete-expired"]).output.startswith("0 forms emptied\n")
    a_round.change(keep_until=today() - timedelta(1))
    assert run.invoke(args=["respond", "delete-expired"]).output.startswith("1 forms emptied\n")
    assert run.invoke(args=["respond", "delete-expired"]).output.startswith("0 forms emptied\n")
    assert states(a_round) == ["expired"]
    assert a_round.answers(ResponseVersion) == {}
    assert a_round.count(Draft) == 0
    with a_round.app.app_context():
        entry = db.session.scalars(sa.select(AuditEntry)).one()
        assert (entry.action, entry.details) == ("responses.expire", {"count": 1})
