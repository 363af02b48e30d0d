"""A planner tries a questionnaire before it goes out: what is never asked, where nobody gets on."""

from __future__ import annotations

from datetime import date
from random import Random
from time import process_time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from questionnaires import library, parse_questionnaire
from questionnaires.answers import check_answers
from questionnaires.parse import examine
from questionnaires.routing import asked
from questionnaires.trial import Finding, walk
from questionnaires.trial.respondent import Ground, Respondent
from tests.questionnaires.forms import choice, definition, form, question, section, words
from tests.questionnaires.random_definitions import broken_questionnaires, sound_questionnaires

TODAY = date(2026, 3, 2)
YES_NO = [choice("yes"), choice("no")]


def limited(code: str, kind: str, constraint: str, **more: Any) -> dict[str, Any]:
    return question(code, kind, constraint=constraint, constraint_message=words("Sai"), **more)


def yes_no(code: str, **more: Any) -> dict[str, Any]:
    return question(code, "single", choices=YES_NO, **more)


def findings(*questions: dict[str, Any]) -> list[Finding]:
    return list(walk(form(section("s", *questions)), 100, today=TODAY).findings)


def only(*questions: dict[str, Any]) -> Finding:
    (finding,) = findings(*questions)
    return finding


@pytest.mark.parametrize("name", library.names())
def test_the_shipped_questionnaires_have_sound_paths(name: str) -> None:
    seen = walk(library.load(name), 300, today=TODAY)
    assert seen.findings == ()
    assert all(share > 0 for share in seen.shares.values())


def test_the_citizen_form_is_shorter_for_people_without_a_result() -> None:
    seen = walk(library.load("citizen-satisfaction-2024"), 300, today=TODAY)
    # No result yet: 40 items less "on time", "apology", 4 on the result, "feedback handling" = 33.
    assert (seen.items.least, seen.items.most) == (33, 40)
    assert seen.items.least <= seen.items.typical <= seen.items.most
    assert seen.shares["sex"] == 1
    assert seen.shares["apology"] < seen.shares["on_time"] < 1
    assert sum(route.walks for route in seen.routes) == 300


def test_the_same_seed_walks_the_same_ways() -> None:
    citizens = library.load("citizen-satisfaction-2024")
    assert walk(citizens, 50, seed=7, today=TODAY) == walk(citizens, 50, seed=7, today=TODAY)
    assert walk(citizens, 50, seed=7, today=TODAY) != walk(citizens, 50, seed=8, today=TODAY)


def test_progress_is_told_after_every_walk() -> None:
    told: list[tuple[int, int]] = []
    walk(form(section("s", yes_no("a"))), 3, progress=lambda done, of: told.append((done, of)), today=TODAY)
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_three_hundred_questions_are_walked_a_hundred_times_in_two_seconds() -> None:
    ways = [limited("q0", "integer", ". >= 0 and . <= 50")]
    ways += [
        limited(f"q{number}", "integer", ". >= 0 and . <= 50", relevant=f"${{q{number // 2}}} != 7")
        for number in range(1, 300)
    ]
    large = form(section("s", *ways))
    start = process_time()
    assert len(walk(large, 100, today=TODAY).shares) == 300
    assert process_time() - start < 2


# Questions never asked


def test_a_condition_against_itself_is_named_with_its_reason() -> None:
    found = only(yes_no("a"), question("b", "text", relevant="${a} = 'yes' and ${a} = 'no'"))
    assert (found.place, found.certain) == ("b", True)
    assert str(found) == (
        "b: “b” can never be asked: no answers to a make its condition ${a} = 'yes' and ${a} = 'no' true."
    )


def test_a_mistyped_choice_is_named() -> None:
    found = only(yes_no("a"), question("b", "text", relevant="${a} = 'yess'"))
    assert found.sentence() == (
        "“b” can never be asked: its condition needs the answer “yess”, which “a” does not have."
    )


def test_numbers_outside_a_constraint_are_never_given() -> None:
    age = limited("age", "integer", ". >= 18 and . <= 120")
    assert "can never be asked" in str(only(age, question("b", "text", relevant="${age} < 18")))
    assert findings(age, question("b", "text", relevant="${age} < 19")) == []


def test_decimals_between_two_limits_are_found() -> None:
    assert findings(question("n", "decimal"), question("b", "text", relevant="${n} > 1 and ${n} < 1.5")) == []
    whole = only(question("n", "integer"), question("b", "text", relevant="${n} > 1 and ${n} < 2"))
    assert whole.certain


def test_what_follows_an_unasked_question_is_said_to_follow_it() -> None:
    first, second = findings(
        yes_no("a"),
        yes_no("b", relevant="${a} = 'yes' and ${a} = 'no'"),
        question("c", "text", relevant="${b} = 'yes'"),
    )
    assert (first.place, second.place) == ("b", "c")
    assert "depends on “b”, which can never be asked either" in str(second)


def test_two_answers_of_parted_ways_never_meet() -> None:
    found = only(
        yes_no("a"),
        yes_no("b", relevant="${a} = 'yes'"),
        yes_no("c", relevant="${a} = 'no'"),
        question("d", "text", relevant="${b} = 'yes' and ${c} = 'yes'"),
    )
    assert found.place == "d"
    assert "nobody can give the answers" in str(found)


def test_a_required_question_left_blank_is_one_that_was_not_asked() -> None:
    ways = [yes_no("a", required=True), yes_no("b", required=True, relevant="${a} = 'yes'")]
    assert findings(*ways, question("c", "text", relevant="${b} = ''")) == []
    assert only(*ways, question("c", "text", relevant="${a} = 'yes' and ${b} = ''")).certain


def test_a_section_nobody_sees_speaks_for_its_questions() -> None:
    hidden = section("t", yes_no("b"), yes_no("c"), relevant="${a} = 'yes' and ${a} = 'no'")
    (found,) = walk(form(section("s", yes_no("a")), hidden), 50, today=TODAY).findings
    assert (found.place, found.of_section) == ("t", True)


def test_a_section_whose_questions_are_never_asked_is_named_with_them() -> None:
    empty = section("t", yes_no("b", relevant="${a} = 'yes' and ${a} = 'no'"))
    seen = walk(form(section("s", yes_no("a")), empty), 50, today=TODAY)
    assert [one.place for one in seen.findings] == ["t", "b"]
    assert seen.sections == {"s": 1, "t": 0}


def test_a_constant_condition_is_always_false() -> None:
    assert "is always false" in str(only(yes_no("a"), question("b", "text", relevant="false()")))


def test_what_is_neither_reached_nor_disproved_is_said_so() -> None:
    far_off = "string-length(${t}) = 7 and ${t} > 8 and ${t} mod 7 = 3"
    found = only(question("t", "text"), question("b", "text", relevant=far_off))
    assert not found.certain
    assert "was not reached in 100 walks" in str(found)


def test_rare_ways_are_searched() -> None:
    ages = [question(f"age_{number}", "integer") for number in range(8)]
    all_at_once = " and ".join(f"${{age_{number}}} = {60 + number}" for number in range(8))
    seen = walk(form(section("s", *ages, question("b", "text", relevant=all_at_once))), 100, today=TODAY)
    assert seen.findings == ()
    assert (seen.shares["b"], seen.items.most) == (0, 9)


def test_a_long_chain_of_conditions_is_followed_to_its_end() -> None:
    chain = [yes_no("q0")]
    chain += [yes_no(f"q{number}", relevant=f"${{q{number - 1}}} = 'yes'") for number in range(1, 150)]
    assert findings(*chain) == []


def test_days_around_today_are_tried() -> None:
    recent = question("b", "text", relevant="today() - ${day} = 30 and ${day} >= '2026-01-01'")
    assert findings(question("day", "date"), recent) == []


def test_lists_of_choices_are_tried() -> None:
    many = question("m", "multiple", choices=[choice(code) for code in "abcdefgh"])
    asked_if = "selected(${m}, 'c') and not(selected(${m}, 'a')) and count-selected(${m}) = 4"
    assert findings(many, question("b", "text", relevant=asked_if)) == []


# Dead ends


def test_nobody_gets_past_a_constraint_against_itself() -> None:
    found = only(limited("n", "integer", ". > 10 and . < 5", required=True))
    assert found.sentence() == (
        "Nobody can get past “n”: it needs an answer, but none can meet the condition on it, "
        ". > 10 and . < 5."
    )
    assert found.certain


def test_a_question_that_may_be_left_blank_is_no_dead_end() -> None:
    found = only(limited("n", "integer", ". > 10 and . < 5"))
    assert str(found) == "n: No answer to “n” can meet the condition on it, . > 10 and . < 5."


def test_contradictions_on_some_ways_come_with_the_answers_that_lead_there() -> None:
    found = only(
        yes_no("before"),
        limited("most", "integer", ". >= 0 and . <= 9", required=True),
        limited("some", "integer", ". > 3 and . <= ${most}", required=True),
    )
    assert found.place == "some"
    assert "After some earlier answers, nobody gets past" in str(found)
    assert set(found.example) == {"most"}
    assert found.example["most"] <= 3


def test_the_last_part_of_a_sum_is_found() -> None:
    parts = [limited(code, "integer", ". >= 0 and . <= 30", required=True) for code in ("a", "b")]
    assert findings(*parts, limited("c", "integer", "${a} + ${b} + . = 100", required=True)) == []


def test_constraints_on_dates_meet_other_dates() -> None:
    handed_in = limited("handed_in", "date", ". <= today() and . >= '2020-01-01'", required=True)
    returned = limited("returned", "date", ". >= ${handed_in} and . <= ${handed_in} + 7", required=True)
    assert findings(handed_in, returned) == []


def test_a_constraint_on_a_later_answer_is_kept_too() -> None:
    first = limited("first", "integer", ". < ${second}", required=True)
    assert findings(first, limited("second", "integer", ". <= 5000", required=True)) == []


def test_places_and_units_need_no_choices_of_their_own() -> None:
    assert findings(question("where", "place", required=True), question("who", "unit", required=True)) == []


def test_a_draft_question_without_choices_stops_everybody() -> None:
    unfinished = question("a", "single", required=True)
    draft, faults = examine(definition(section("s", unfinished, question("b", "text"))))
    assert faults
    (found,) = walk(draft, 10, today=TODAY).findings
    assert str(found) == "a: Nobody can get past “a”: it needs an answer, but there is none to choose."


# What holds for every questionnaire


@settings(max_examples=60, deadline=None)
@given(sound_questionnaires(), st.integers(0, 99))
def test_random_answers_are_such_as_the_questionnaire_accepts(drawn: dict[str, Any], seed: int) -> None:
    questionnaire = parse_questionnaire(drawn)
    person = Respondent(Ground(questionnaire, TODAY), Random(seed))
    asked(questionnaire, person, today=TODAY)
    person.finish()
    answers = {code: value for code, value in person.given.items() if value is not None}
    faults = check_answers(questionnaire, answers, today=TODAY, complete=True)
    assert {fault.place for fault in faults} <= set(person.stuck)


@settings(max_examples=30, deadline=None)
@given(sound_questionnaires())
def test_what_can_never_be_asked_never_is(drawn: dict[str, Any]) -> None:
    questionnaire = parse_questionnaire(drawn)
    found = walk(questionnaire, 5, today=TODAY).findings
    never = {one.place for one in found if "can never be asked" in str(one)}
    other = walk(questionnaire, 100, seed=2, today=TODAY)
    stuck = any("condition on it" in str(one) for one in other.findings)
    assert stuck or all(other.shares[code] == 0 for code in never if code in other.shares)


@settings(max_examples=60, deadline=None)
@given(broken_questionnaires())
def test_drafts_with_any_fault_can_be_walked(drawn: dict[str, Any]) -> None:
    draft, _ = examine(drawn)
    assert walk(draft, 3, today=TODAY).paths == 3
