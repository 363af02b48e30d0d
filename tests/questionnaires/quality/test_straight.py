"""Somebody ticked one level all the way down: the evidence an analyst sees."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaires import library
from questionnaires.quality import LongString, long_strings, straight_lining
from tests.questionnaires.forms import AGREE, choice, form, question, section, words

FIRST, SECOND, SHORT = "abcde", "fghij", "xyz"


def matrix(code: str, rows: str) -> dict[str, Any]:
    return question(code, "matrix", scale="agree", rows=[{"code": row, "text": words(row)} for row in rows])


@pytest.fixture(scope="module")
def services():
    """Two matrices of five rows, one of three, and a question about the person on the same scale."""
    return form(
        section("s", matrix("m1", FIRST), matrix("m2", SECOND)),
        section("t", matrix("m3", SHORT), question("me", "scale", scale="agree", profile=True)),
        scales=[AGREE],
    )


def all_say(items: str, level: str) -> dict[str, str]:
    return dict.fromkeys(items, level)


def test_one_level_in_each_matrix_is_flagged_with_its_runs(services):
    found = straight_lining(services, all_say(FIRST, "yes") | all_say(SECOND, "no"))
    assert found is not None
    assert found.rated == 10
    assert found.run_length == 5
    assert found.items == tuple(FIRST + SECOND)
    assert [block.answer for block in found.blocks] == ["yes", "no"]


def test_one_row_that_differs_is_thought_enough(services):
    answers = all_say(FIRST + SECOND + SHORT, "yes")
    assert straight_lining(services, answers)
    assert straight_lining(services, answers | {"j": "rather"}) is None
    assert straight_lining(services, answers | {"c": "dk"}) is None


def test_a_short_matrix_decides_nothing(services):
    answers = all_say(FIRST, "yes") | {"x": "no", "y": "yes", "z": "rather"}
    assert straight_lining(services, answers).blocks == (LongString("yes", tuple(FIRST), 5, True),)


def test_fewer_than_eight_ratings_tell_nothing(services):
    seven = all_say(FIRST, "yes") | {"x": "yes", "y": "yes"}
    assert straight_lining(services, seven) is None
    assert straight_lining(services, seven | {"me": "yes"}) is None  # about the person: rates nothing
    assert straight_lining(services, seven | {"z": "yes"})


def test_eight_ratings_scattered_over_short_lists_are_no_straight_line(services):
    assert straight_lining(services, all_say("abcdfghi", "yes")) is None


def test_blanks_are_passed_over(services):
    answers = all_say(FIRST + SECOND, "no") | {"f": None}
    assert straight_lining(services, answers | all_say(SHORT, "no")).items == tuple(FIRST)
    assert straight_lining(services, {}) is None


def test_who_knows_nothing_all_the_way_is_believed(services):
    assert (
        straight_lining(services, all_say(FIRST, "dk") | all_say(SECOND, "yes") | all_say(SHORT, "no"))
        is None
    )


def test_the_longest_run_is_counted_in_the_order_asked(services):
    answers = dict(zip(FIRST, ["no", "yes", "yes", "yes", "no"], strict=True))
    assert long_strings(services, answers) == (LongString("yes", ("b", "c", "d"), 5, True),)


def test_questions_with_the_same_answers_one_after_the_other_are_one_list():
    deputies = library.load("deputies-2024")
    ratings = [item.code for item in deputies.items() if item.criterion]
    found = straight_lining(deputies, dict.fromkeys(ratings, "good"))
    assert found.run_length == len(ratings) == 9
    assert straight_lining(deputies, dict.fromkeys(ratings, "good") | {ratings[4]: "fair"}) is None


def test_questions_with_other_answers_part_a_list():
    parted = [question(code, "scale", scale="agree") for code in SECOND]
    other = question("between", "single", choices=[choice("yes"), choice("no")])
    lists = form(
        section("s", *parted[:2], question("n", "note"), parted[2], other, *parted[3:]), scales=[AGREE]
    )
    runs = long_strings(lists, all_say(SECOND, "yes") | {"between": "yes"})
    assert [run.items for run in runs] == [("f", "g", "h"), ("between",), ("i", "j")]


@given(st.lists(st.sampled_from(["no", "rather", "yes", "dk", None]), min_size=5, max_size=5))
def test_the_longest_run_is_as_long_as_one_finds_by_hand(services, given_answers):
    answers = dict(zip(FIRST, given_answers, strict=True))
    said = [answer for answer in given_answers if answer]
    stretches = [said[start:end] for start in range(5) for end in range(start + 1, len(said) + 1)]
    longest = max((len(one) for one in stretches if len(set(one)) == 1), default=0)
    assert [run.length for run in long_strings(services, answers)] == ([longest] if longest else [])
