"""The same words come in from several people."""

import tracemalloc

import pytest

from questionnaires.quality import SameText, same_text
from tests.questionnaires.forms import form, question, section

PASTED = "Cán bộ rất nhiệt tình, chu đáo."


@pytest.fixture(scope="module")
def open_form():
    return form(
        section("s", question("comment", "long_text"), question("more", "text"), question("on", "date"))
    )


def says(text: str, item: str = "comment") -> dict[str, str]:
    return {item: text}


def test_three_with_the_same_words_are_a_group_in_the_order_met(open_form):
    records = [
        (4, says(PASTED)),
        (9, says("Chờ đợi lâu, cần thêm quầy.")),
        (2, says(PASTED)),
        (7, says(PASTED)),
    ]
    assert same_text(open_form, records) == (SameText("comment", (4, 2, 7)),)


def test_two_may_agree_by_chance(open_form):
    assert same_text(open_form, [(1, says(PASTED)), (2, says(PASTED))]) == ()


def test_case_marks_and_spaces_make_no_difference(open_form):
    written = [PASTED, PASTED.upper(), "can bo  rat nhiet tinh,\nchu dao. "]
    assert same_text(open_form, enumerate(map(says, written))) == (SameText("comment", (0, 1, 2)),)


def test_twenty_characters_are_needed_after_folding(open_form):
    nineteen, twenty = "a" * 19, "a" * 20
    assert same_text(open_form, enumerate([says(f" {nineteen} ")] * 3)) == ()
    assert same_text(open_form, enumerate([says(twenty)] * 3)) == (SameText("comment", (0, 1, 2)),)


def test_the_same_words_at_another_question_are_something_else(open_form):
    records = [(1, says(PASTED)), (2, says(PASTED, "more")), (3, says(PASTED))]
    assert same_text(open_form, records) == ()


def test_only_open_questions_are_looked_at(open_form):
    assert same_text(open_form, enumerate([{"on": "2024-12-02" * 3, "unknown": PASTED, "more": 3}] * 3)) == ()


def test_one_person_who_rated_several_units_says_it_once(open_form):
    records = [(number, says(PASTED)) for number in range(4)]
    assert same_text(open_form, records, {0: "p", 1: "p", 2: "p"}) == ()
    assert same_text(open_form, records, {0: "p", 1: "p"}) == (SameText("comment", (0, 1, 2, 3)),)


def test_texts_themselves_are_not_kept(open_form):
    records = ((number, says(f"{number} {'dài ' * 1000}")) for number in range(2_000))
    tracemalloc.start()
    same_text(open_form, records)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 2_000_000  # the texts are 8 MB
