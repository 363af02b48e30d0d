"""Which figures of next year's form continue this year's, and what a reader is told where they do not."""

from __future__ import annotations

import pytest

from questionnaires import library
from questionnaires.bank import comparable
from questionnaires.editing.question_edits import add_question, remove_question
from tests.questionnaires.bank.forms_of_two_years import (
    SHIPPED,
    levels,
    next_year,
    parsed,
    with_levels,
    with_question,
    with_row,
)

SIGNS = "Biển hiệu, chỉ dẫn rõ ràng"


def told(form):
    """The states other than "same", and the sentences, by item."""
    found = comparable(library.load(SHIPPED), parsed(form))
    changed = [trend for trend in found.items if trend.state != "same"]
    return {trend.code: (trend.state, [reason.sentence() for reason in trend.reasons]) for trend in changed}


def test_a_mere_copy_goes_on_in_every_item():
    found = comparable(library.load(SHIPPED), parsed(next_year()))
    assert found.unbroken
    assert [trend.code for trend in found.items] == [item.code for item in library.load(SHIPPED).items()]


@pytest.mark.parametrize("text", ["BIỂN HIỆU – chỉ dẫn  rõ ràng.", "Bien hieu chi dan ro rang"])
def test_marks_case_spaces_and_punctuation_change_nothing(text):
    assert told(with_row(next_year(), "access_items", "access_signs", text={"vi": text, "en": "Signs"})) == {}


def test_other_words_break_the_trend_of_that_row_alone():
    changed = with_row(
        next_year(), "access_items", "access_signs", text={"vi": "Biển hiệu rõ", "en": "Clear signs"}
    )
    sentence = f"The wording changed from “{SIGNS}” to “Biển hiệu rõ”."
    assert told(changed) == {"access_signs": ("reworded", [sentence])}


def test_another_question_above_the_rows_breaks_them_all():
    changed = told(with_question(next_year(), "access_items", text={"vi": "Đánh giá?", "en": "Rate?"}))
    assert len(changed) == 5
    state, [sentence] = changed["access_seats"]
    assert state == "reworded"
    assert sentence.startswith("The question above the rows changed")


def test_four_levels_are_no_five():
    form = next_year()
    changed = told(with_levels(form, levels(form)[:2] + levels(form)[3:]))
    sentence = "Special answers aside, there were 5 to choose from; now there are 4."
    assert len(changed) == 22 + 1 + 5  # the factors' items, overall satisfaction, the reform items
    assert changed["access_signs"] == ("scale_changed", [sentence])


def test_an_answer_in_other_words_or_under_another_code_is_named():
    form = next_year()
    worst, *others = levels(form)
    renamed = told(with_levels(form, [worst, *others[:-1], others[-1] | {"code": "delighted"}]))
    sentence = "Answer 5 had the code “very_satisfied” and has “delighted” now."
    assert renamed["overall_satisfaction"] == ("scale_changed", [sentence])
    reworded = told(with_levels(form, [worst | {"text": {"vi": "Rất kém", "en": "Very bad"}}, *others]))
    sentence = "Answer 1 was “Rất không hài lòng” and is “Rất kém” now."
    assert reworded["overall_satisfaction"] == ("scale_changed", [sentence])


def test_another_special_answer_leaves_the_trend():
    form = next_year()
    form["scales"][0]["choices"].pop()
    assert told(form) == {}


def test_another_kind_of_answer_breaks_the_trend():
    changed = told(with_question(next_year(), "visits", kind="text", constraint=None, constraint_message={}))
    assert changed == {"visits": ("scale_changed", ["It is answered in another way than before."])}


def test_a_row_that_becomes_a_question_is_told():
    form = with_question(next_year(), "access_items", kind="scale", rows=[], code="access_signs")
    state, sentences = told(form)["access_signs"]
    assert state == "reworded"
    assert "a row of another, or the other way round" in sentences[-1]


def test_what_is_new_and_what_is_gone():
    form = add_question(remove_question(next_year(), "comment"), "overall", "text", code="wish")
    found = comparable(
        library.load(SHIPPED), parsed(with_question(form, "wish", text={"vi": "Ý", "en": "?"}))
    )
    assert [trend.code for trend in found.dropped] == ["comment"]
    assert [(trend.code, trend.reasons) for trend in found.items if trend.state == "new"] == [("wish", ())]
    assert not found.unbroken


def test_an_item_under_another_code_is_told_its_old_one():
    [(code, (state, [sentence]))] = told(with_question(next_year(), "visits", code="times")).items()
    assert (code, state) == ("times", "new")
    assert "“visits”" in sentence
