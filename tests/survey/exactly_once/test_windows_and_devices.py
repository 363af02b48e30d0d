"""One person twice: a double click, the way back, two windows, two devices. One response each time, and every
page that was acknowledged before it is part of it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

import pytest
from flask import Flask

from survey.models import Draft, Invitation, Response, ResponseVersion
from tests.survey.citizen import Citizen
from tests.survey.exactly_once.racing import (
    about_to_send,
    at_once,
    count,
    kept_by,
    sending,
    sending_kept,
)
from tests.survey.respond.surveyed import Round, says

RESUME = re.compile(r">(\w{4}-\w{4}-\w{4})<")
OLD, NEW = "Cảm ơn", "Xin thêm ghế ngồi"


@pytest.fixture
def a_round(app: Flask) -> Round:
    return Round(app)


@pytest.fixture
def person(app: Flask, a_round: Round) -> Citizen:
    """Somebody from the open link, in front of the button."""
    return about_to_send(app, a_round.slug, unit=a_round.units[0])


def same_browser(person: Citizen) -> Citizen:
    """Another window of this person, whose cookies are those of this moment."""
    window = Citizen(person.client.application.test_client(), person.slug)
    window.client._cookies = dict(person.client._cookies)
    return window


def other_device(person: Citizen) -> Citizen:
    """A second device with the code to go on with, in front of the button too."""
    person.open(f"/k/{person.slug}/later")
    device = Citizen(person.client.application.test_client(), person.slug)
    device.enter_code(RESUME.search(person.page.text).group(1))
    unit = re.search(r'name="unit"[^>]* value="([^"]+)" checked', device.page.text)
    device.post(device.path, {"unit": unit.group(1)})
    for each in (person, device):
        each.open(f"/k/{person.slug}/check")
    return device


def require_one_response(app: Flask) -> None:
    assert count(app, Response) == count(app, ResponseVersion) == 1
    assert count(app, Draft) == 0


# One window


def test_a_double_click_meets_the_same_thanks(app: Flask, person: Citizen) -> None:
    """The second press leaves before the first one's reply is there."""
    first, second = sending(app, person), sending(app, person)
    assert first() == second() == (303, f"/k/{person.slug}/thanks")
    require_one_response(app)


def test_back_after_the_thanks_and_pressing_again_changes_nothing(app: Flask, person: Citizen) -> None:
    seen_at_the_check = dict(person.hidden)
    person.send()
    person.hidden = seen_at_the_check
    person.post(f"/k/{person.slug}/check", {})
    assert person.path == f"/k/{person.slug}/thanks"
    require_one_response(app)


def test_back_to_a_page_of_questions_says_what_is_stored_and_what_is_not(
    app: Flask, person: Citizen, a_round: Round
) -> None:
    person.open(f"/k/{person.slug}/4")
    seen_at_the_page = dict(person.hidden)
    person.send()
    person.hidden = seen_at_the_page
    person.post(f"/k/{person.slug}/4", {"comment": NEW})
    assert person.page.status_code == 409
    assert a_round.answers()["comment"] == OLD
    person.open(f"/k/{person.slug}/4")
    assert person.path == f"/k/{person.slug}/thanks"
    require_one_response(app)


@pytest.mark.parametrize(("comment", "told"), [(OLD, (200, "stored")), (NEW, (409, "used"))])
def test_what_was_kept_and_arrives_after_the_thanks_is_told_as_stored_where_it_is(
    app: Flask, person: Citizen, a_round: Round, comment: str, told: tuple[int, str]
) -> None:
    late = sending_kept(app, person.slug, kept_by(person, comment=comment))
    person.send()
    assert [late(), late()] == [told] * 2
    assert a_round.answers()["comment"] == OLD
    require_one_response(app)


# Two windows


@pytest.mark.parametrize("attempt", range(6))
def test_a_window_that_saves_while_the_other_sends_loses_nothing_it_was_told(
    app: Flask, person: Citizen, a_round: Round, attempt: int
) -> None:
    """A page that was told to be kept is in the response; else it says that it was not saved."""
    window = same_browser(person)
    window.open(f"/k/{person.slug}/4")

    def save() -> tuple[int, str]:
        reply = window.client.post(f"/k/{window.slug}/4", data={**window.hidden, "comment": NEW})
        return reply.status_code, reply.location or ""

    sent, saved = at_once(app, [sending(app, person), save])
    assert sent == (303, f"/k/{person.slug}/thanks")
    kept = {(303, f"/k/{person.slug}/check"): NEW, (409, ""): OLD}[saved]
    assert a_round.answers()["comment"] == kept
    require_one_response(app)


@pytest.mark.parametrize("ways", [("page", "page"), ("page", "kept"), ("kept", "kept")])
def test_two_windows_that_both_send_make_one_response(
    app: Flask, person: Citizen, a_round: Round, ways: tuple[str, str]
) -> None:
    window = same_browser(person)
    window.open(f"/k/{person.slug}/check")
    ready = {
        "page": lambda each: sending(app, each),
        "kept": lambda each: sending_kept(app, each.slug, kept_by(each)),
    }
    deeds = [ready[way](each) for way, each in zip(ways, (person, window), strict=True)]
    replies = at_once(app, deeds)
    assert {status for status, _ in replies} <= {200, 303}
    assert a_round.answers()["comment"] == OLD
    require_one_response(app)


# Two devices


@pytest.mark.parametrize("both_at_once", [False, True])
def test_two_devices_with_one_code_to_go_on_send_one_response(
    app: Flask, person: Citizen, both_at_once: bool
) -> None:
    """The response's id comes from the code, so that the second device meets what the first one sent."""
    devices = [sending(app, each) for each in (person, other_device(person))]
    assert in_turn_or_at_once(app, devices, both_at_once) == [(303, f"/k/{person.slug}/thanks")] * 2
    require_one_response(app)


@pytest.mark.parametrize("both_at_once", [False, True])
def test_a_device_without_connection_and_another_one_send_one_response(
    app: Flask, person: Citizen, both_at_once: bool
) -> None:
    device = other_device(person)
    devices = [sending(app, device), sending_kept(app, person.slug, kept_by(person))]
    assert in_turn_or_at_once(app, devices, both_at_once) == [
        (303, f"/k/{person.slug}/thanks"),
        (200, "stored"),
    ]
    require_one_response(app)


def test_of_two_devices_that_answered_differently_one_is_told_that_its_answers_are_not_stored(
    app: Flask, person: Citizen, a_round: Round
) -> None:
    devices = {OLD: kept_by(person, comment=OLD), NEW: kept_by(other_device(person), comment=NEW)}
    told = at_once(app, [sending_kept(app, person.slug, message) for message in devices.values()])
    stored = dict(zip(told, devices, strict=True))
    assert stored.keys() == {(200, "stored"), (409, "used")}
    assert a_round.answers()["comment"] == stored[200, "stored"]
    require_one_response(app)


@pytest.mark.parametrize("withdrawable", [False, True])
@pytest.mark.parametrize("both_at_once", [False, True])
@pytest.mark.parametrize("way", ["page", "kept"])
def test_two_devices_with_one_personal_code_burn_it_once(
    app: Flask, a_round: Round, way: str, both_at_once: bool, withdrawable: bool
) -> None:
    a_round.change(withdrawable=withdrawable)
    people = [about_to_send(app, a_round.slug, code=a_round.codes[0][0]) for _ in range(2)]
    devices = {
        "page": [sending(app, each) for each in people],
        "kept": [sending_kept(app, a_round.slug, kept_by(each)) for each in people],
    }[way]
    replies = in_turn_or_at_once(app, devices, both_at_once)
    assert Counter(status for status, _ in replies) == {303 if way == "page" else 200: 1, 409: 1}
    assert count(app, Invitation, used=True) == 1
    require_one_response(app)


def test_the_device_that_was_first_is_told_so_again_and_the_other_is_refused_again(
    app: Flask, a_round: Round
) -> None:
    people = [about_to_send(app, a_round.slug, code=a_round.codes[0][0]) for _ in range(2)]
    first, second = (sending_kept(app, a_round.slug, kept_by(each)) for each in people)
    assert [send() for send in (first, second, first, second)] == [(200, "stored"), (409, "used")] * 2
    require_one_response(app)


def test_a_device_whose_code_was_used_elsewhere_leads_nobody_to_those_answers(
    app: Flask, a_round: Round
) -> None:
    people = [about_to_send(app, a_round.slug, code=a_round.codes[0][0]) for _ in range(2)]
    sending(app, people[0])()
    people[1].post(f"/k/{a_round.slug}/check", {})
    assert people[1].page.status_code == 409
    assert says(people[1], "Mã này đã được sử dụng")
    assert OLD not in people[1].page.text


def in_turn_or_at_once(
    app: Flask, deeds: list[Callable[[], tuple[int, str]]], both_at_once: bool
) -> list[tuple[int, str]]:
    return at_once(app, deeds) if both_at_once else [deed() for deed in deeds]
