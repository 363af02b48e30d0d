"""Leaving in the middle and coming back: by the code, by the browser itself, and never as somebody else."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest

from survey.collection import discard_drafts
from survey.db import today
from survey.models import Draft, Response
from survey.respond import visit as visits
from tests.survey.citizen import Citizen
from tests.survey.respond.surveyed import ABOUT_YOU, RECORD, SERVICE, VISIT, Round, says, visits_kept

Newcomer = Callable[[], Citizen]
CODE = re.compile(r">(\w{4}-\w{4}-\w{4})<")


def code_shown(person: Citizen) -> str:
    person.open(f"/k/{person.slug}/later")
    return CODE.search(person.page.text).group(1)


def leave(person: Citizen) -> None:
    person.open(f"/k/{person.slug}/later")
    person.post(f"/k/{person.slug}/later", {})


def go_on(person: Citizen) -> None:
    """Press the first button of the first page."""
    person.open(f"/k/{person.slug}")
    unit = re.search(r'name="unit"[^>]* value="([^"]+)" checked', person.page.text)
    person.post(f"/k/{person.slug}", {"unit": unit.group(1)} if unit else {})


# The code


def test_finishing_later_saves_the_page_and_shows_the_code(citizen: Citizen, a_round: Round) -> None:
    citizen.answer(**VISIT, **{"form-later": "1"})
    assert citizen.path == f"/k/{a_round.slug}/later"
    assert a_round.answers(Draft) == {"received": "no", "visits": 2}
    assert CODE.search(citizen.page.text)
    assert says(citizen, "/c</a>", "<svg", f"{today() + timedelta(30):%d/%m/%Y}")


def test_a_page_with_a_fault_can_be_left_too_and_keeps_what_is_sound(
    citizen: Citizen, a_round: Round
) -> None:
    citizen.answer(received="no", visits="chín", **{"form-later": "1"})
    assert citizen.path == f"/k/{a_round.slug}/later"
    assert a_round.answers(Draft) == {"received": "no"}


def test_the_code_leads_back_on_another_device(citizen: Citizen, newcomer: Newcomer, a_round: Round) -> None:
    citizen.answer(**VISIT)
    code, computer = code_shown(citizen), newcomer()
    computer.enter_code(code.lower())
    go_on(computer)
    assert computer.path == f"/k/{a_round.slug}/3"
    computer.answer_all(SERVICE, ABOUT_YOU)
    computer.send()
    assert a_round.answers() == RECORD


def test_the_address_in_the_picture_fills_the_code_in(citizen: Citizen, newcomer: Newcomer) -> None:
    code, computer = code_shown(citizen), newcomer()
    computer.open(f"/c/{code}")
    assert says(computer, f'value="{code}"', 'action="/c"')


def test_a_code_that_was_sent_says_so(citizen: Citizen, newcomer: Newcomer, a_round: Round) -> None:
    code = code_shown(citizen)
    citizen.open(f"/k/{a_round.slug}/1")
    citizen.answer_all(VISIT, SERVICE, ABOUT_YOU)
    citizen.send()
    computer = newcomer()
    computer.enter_code(code)
    assert computer.page.status_code == 409
    assert says(computer, "Mã này đã được sử dụng", "được lưu và tính một lần")


def test_a_code_of_a_closed_survey_says_that(citizen: Citizen, newcomer: Newcomer, a_round: Round) -> None:
    code = code_shown(citizen)
    a_round.change(state="closed")
    computer = newcomer()
    computer.enter_code(code)
    assert computer.page.status_code == 410
    assert says(computer, "Khảo sát đã kết thúc")


@pytest.mark.usefixtures("limited_tries")
def test_guessing_codes_ends_soon_and_right_codes_count_nothing(citizen: Citizen, newcomer: Newcomer) -> None:
    code, guesser = code_shown(citizen), newcomer()
    for _ in range(25):
        guesser.enter_code(code)
        assert guesser.page.status_code == 200
    assert [guesser.enter_code("222222222222").status_code for _ in range(21)] == [422] * 20 + [429]


def test_what_was_sent_elsewhere_is_not_asked_again(
    citizen: Citizen, newcomer: Newcomer, a_round: Round
) -> None:
    """A form filled anew under a code that was sent would be taken for a repetition, and lost."""
    code, computer = code_shown(citizen), newcomer()
    computer.enter_code(code)
    go_on(computer)
    computer.answer_all(VISIT, SERVICE, ABOUT_YOU)
    computer.send()
    citizen.start(a_round.units[0])
    citizen.answer_all(VISIT, SERVICE, ABOUT_YOU)
    citizen.send()
    assert a_round.count(Response) == 2


# The device


def test_an_own_device_goes_on_by_itself(citizen: Citizen, a_round: Round) -> None:
    citizen.answer(**VISIT)
    citizen.open(f"/k/{a_round.slug}")
    assert says(citizen, "Trả lời tiếp phần còn lại", "Bắt đầu phiếu mới cho người khác")
    go_on(citizen)
    assert citizen.path == f"/k/{a_round.slug}/3"


def test_who_began_without_saving_a_page_can_be_followed_by_another_person(citizen: Citizen) -> None:
    citizen.open(f"/k/{citizen.slug}")  # answers given without a connection may be on the device alone
    assert says(citizen, "Trả lời tiếp phần còn lại", "Bắt đầu phiếu mới cho người khác")


def test_a_device_that_was_left_forgets_and_the_code_still_leads_back(
    citizen: Citizen, a_round: Round
) -> None:
    citizen.answer(**VISIT)
    code = code_shown(citizen)
    leave(citizen)
    assert citizen.path == f"/k/{a_round.slug}/left"
    assert visits_kept(citizen) == []
    citizen.open(f"/k/{a_round.slug}/1")
    assert citizen.path == f"/k/{a_round.slug}"
    assert not says(citizen, "Trả lời tiếp phần còn lại")
    citizen.enter_code(code)
    assert says(citizen, "Trả lời tiếp phần còn lại")


def test_a_shared_device_forgets_after_an_hour_without_use(
    newcomer: Newcomer, a_round: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = newcomer()
    person.start(a_round.units[0], shared="1")
    person.answer(**VISIT)
    monkeypatch.setattr(visits, "AN_HOUR", timedelta(seconds=-1))
    person.open(f"/k/{a_round.slug}/1")
    assert person.path == f"/k/{a_round.slug}"
    assert not says(person, "Trả lời tiếp phần còn lại")


def test_the_next_person_sees_nothing_and_an_unreachable_draft_goes(citizen: Citizen, a_round: Round) -> None:
    citizen.answer(**VISIT)
    citizen.start(a_round.units[0], anew="1")
    assert citizen.path == f"/k/{a_round.slug}"
    assert a_round.count(Draft) == 0
    citizen.start(a_round.units[0])
    assert " checked" not in citizen.page.text


def test_a_draft_whose_code_was_noted_waits_for_its_person(
    citizen: Citizen, newcomer: Newcomer, a_round: Round
) -> None:
    citizen.answer(**VISIT)
    code = code_shown(citizen)
    citizen.start(a_round.units[0], anew="1")
    assert not says(citizen, "Trả lời tiếp phần còn lại")
    computer = newcomer()
    computer.enter_code(code)
    go_on(computer)
    assert computer.path == f"/k/{a_round.slug}/3"


def test_a_letter_leads_back_though_another_person_began_here(newcomer: Newcomer, a_round: Round) -> None:
    person, letter = newcomer(), a_round.codes[0][0]
    person.enter_code(letter)
    person.post(person.path, {})
    person.answer(**VISIT)
    person.start(anew="1")
    assert says(person, 'name="unit"')
    person.enter_code(letter)
    assert says(person, "Trả lời tiếp phần còn lại")


def test_an_address_in_capitals_does_not_hide_who_was_here(citizen: Citizen, a_round: Round) -> None:
    citizen.answer(**VISIT)
    citizen.open(f"/k/{a_round.slug.upper()}")
    assert citizen.path == f"/k/{a_round.slug}"
    assert says(citizen, "Trả lời tiếp phần còn lại")


# Drafts that nobody comes back for


def test_drafts_wait_until_the_last_day_and_no_longer(citizen: Citizen, a_round: Round) -> None:
    run = a_round.app.test_cli_runner()
    assert run.invoke(args=["respond", "discard-drafts"]).output == "0 drafts discarded\n"
    a_round.change(closes_on=today() - timedelta(1))
    assert run.invoke(args=["respond", "discard-drafts"]).output == "1 drafts discarded\n"
    with a_round.app.app_context():
        assert discard_drafts() == 0
