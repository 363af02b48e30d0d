"""Which forms are keyed a second time, and when a whole batch is."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from survey.collection import Refused, second_choice
from survey.collection.paper import Plan, mark_forms, set_plan, settle
from survey.collection.second_choice import chosen_of, fraction, is_chosen
from survey.db import db
from survey.models import AuditEntry, Batch
from survey.models.paper.batch import new_seed
from tests.survey.paper.room import key, make_room


def a_batch(seed: str, **values) -> Batch:
    return Batch(**{"forms_expected": 200, "plan": "share", "rekey_all": False, "seed": seed, **values})


def test_a_share_is_chosen_exactly_and_again_the_same():
    batch = a_batch("a secret", verify_share=10)
    chosen = [n for n in range(1, 201) if is_chosen(batch, n)]
    assert len(chosen) == 20
    assert chosen == [n for n in range(1, 201) if is_chosen(a_batch("a secret", verify_share=10), n)]
    assert chosen != [n for n in range(1, 201) if is_chosen(a_batch("another", verify_share=10), n)]


def test_every_form_has_the_same_chance():
    """Chosen in 2 of 10 seeds on average; over 500 seeds each of 50 forms within 5 standard deviations."""
    times = dict.fromkeys(range(1, 51), 0)
    for _ in range(500):
        batch = a_batch(new_seed(), forms_expected=50, verify_share=20)
        for number in times:
            times[number] += is_chosen(batch, number)
    assert sum(times.values()) == 500 * 10
    assert all(abs(count - 100) < 5 * (500 * 0.2 * 0.8) ** 0.5 for count in times.values())


def test_numbers_of_a_batch_not_printed_from_1_are_chosen_one_by_one():
    batch = a_batch("x", verify_share=25)
    chosen = [n for n in range(1201, 1401) if is_chosen(batch, n)]
    assert chosen == [n for n in range(1201, 1401) if fraction("x", n) < 0.25]
    assert 25 < len(chosen) < 80


@pytest.mark.parametrize("plan", ["none", "all"])
def test_all_or_none(plan):
    batch = a_batch("x", plan=plan)
    assert {is_chosen(batch, n) for n in (1, 200, 999)} == {plan == "all"}


def test_many_forms_are_chosen_as_each_would_be_by_one_draw(monkeypatch):
    draws = []
    drawn = second_choice.lowest
    monkeypatch.setattr(second_choice, "lowest", lambda *given: draws.append(given) or drawn(*given))
    batch, numbers = a_batch("x", verify_share=25), range(101, 301)
    chosen = chosen_of(batch, numbers)
    assert len(draws) == 1
    assert chosen == {n for n in numbers if is_chosen(batch, n)}
    assert {n > batch.forms_expected for n in chosen} == {True, False}


def keyed_twice(room, number: int, **changed) -> None:
    """Key the forms up to a number; the first reading of that one may be wrong, the second is right."""
    key(room, room.lan, number=number, **changed)
    if room.form(number).second_wanted:
        key(room, room.mai, "second", number=number)
        for item in changed:
            settle(room.form(number).id, item, ["high"], room.thu)


def test_a_batch_above_the_limit_goes_back_whole_and_what_was_accepted_stays():
    room = make_room(forms=6, plan="share", verify_share=50, error_limit=10)
    chosen = [n for n in range(1, 7) if is_chosen(room.batch, n)]
    others = [n for n in range(1, 7) if n not in chosen]
    for number in others:
        keyed_twice(room, number, polite="low")
    assert {room.form(n).state for n in others} == {"accepted"}
    for number in chosen:
        assert not room.batch.rekey_all
        keyed_twice(room, number, polite="low")
    db.session.refresh(room.batch)
    assert room.batch.rekey_all  # 3 of 24 items were wrong
    entry = db.session.scalars(sa.select(AuditEntry).filter_by(action="batch.rekey")).one()
    assert entry.details["errors"] == {"wrong": 3, "checked": 24}
    assert room.events(others[0])[-1] == "rekeyed"
    assert key(room, room.mai, "second", number=others[0])[1] == "disputed"
    assert room.answers(others[0]) == [room.answers(others[0])[0]]
    settle(room.form(others[0]).id, "polite", ["high"], room.thu)
    assert [answers["polite"] for answers in room.answers(others[0])] == ["low", "high"]
    assert room.form(others[0]).state == "accepted"


def test_a_batch_below_the_limit_is_done_with_its_share():
    room = make_room(forms=6, plan="share", verify_share=50)
    for number in range(1, 7):
        keyed_twice(room, number)
    db.session.refresh(room.batch)
    assert not room.batch.rekey_all
    assert {room.form(n).state for n in range(1, 7)} == {"accepted"}
    assert sum(room.form(n).checked_by_id is not None for n in range(1, 7)) == 3


def test_one_error_at_the_start_does_not_condemn_the_batch_yet():
    room = make_room(forms=40, plan="share", verify_share=50)
    first = next(n for n in range(1, 41) if is_chosen(room.batch, n))
    keyed_twice(room, first, polite="low")  # 1 of 8 items, and 19 forms still to come
    db.session.refresh(room.batch)
    assert not room.batch.rekey_all


def test_an_acceptance_sample_with_too_many_wrong_forms_sends_the_batch_back():
    room = make_room(forms=8, plan="acceptance", sample_size=4, acceptance_number=1)
    chosen = [n for n in range(1, 9) if is_chosen(room.batch, n)]
    assert len(chosen) == 4
    keyed_twice(room, chosen[0], polite="low")
    db.session.refresh(room.batch)
    assert not room.batch.rekey_all
    keyed_twice(room, chosen[1], polite="low")
    db.session.refresh(room.batch)
    assert room.batch.rekey_all


def test_forms_that_never_came_back_are_replaced_in_the_sample():
    room = make_room(forms=8, plan="acceptance", sample_size=3, acceptance_number=1)
    chosen = [n for n in range(1, 9) if is_chosen(room.batch, n)]
    for number in set(range(1, 9)) - {chosen[0]}:
        key(room, room.lan, number=number)
    mark_forms(room.batch, [chosen[0]], "refused", room.thu, "không trả lời")
    wanted = [n for n in range(1, 9) if room.form(n).second_wanted]
    assert len(wanted) == 3
    assert set(chosen[1:]) < set(wanted)


def test_a_plan_chosen_later_asks_for_forms_that_were_accepted_already():
    room = make_room(forms=4)
    key(room, room.lan)
    set_plan(room.batch, Plan("all"), room.thu)
    assert room.form(1).second_wanted
    assert key(room, room.mai, "second") == (1, "accepted")
    assert len(room.answers(1)) == 1


@pytest.mark.parametrize(
    ("plan", "place"),
    [
        (Plan("some"), "plan"),
        (Plan("share"), "verify_share"),
        (Plan("share", verify_share=101), "verify_share"),
        (Plan("all", error_limit=-1), "error_limit"),
        (Plan("acceptance", sample_size=2, acceptance_number=2), "sample_size"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(plan, place):
    room = make_room(forms=1)
    with pytest.raises(Refused) as refusal:
        set_plan(room.batch, plan, room.thu)
    assert [fault.place for fault in refusal.value.faults] == [place]
