"""Codes change late; routes and constraints must go on meaning the same questions and answers."""

from __future__ import annotations

import pytest

from questionnaires import library, parse_questionnaire
from questionnaires.editing.question_places import question_of
from questionnaires.editing.question_setting import set_question
from questionnaires.editing.questionnaire_factors import add_factor, remove_factor, set_factor
from questionnaires.editing.questionnaire_scales import (
    add_scale,
    remove_scale,
    scale_of,
    set_scale,
)
from questionnaires.editing.questionnaire_sections import section_of
from questionnaires.editing.refused import EditRefused
from questionnaires.editing.renamed import Renamed
from tests.questionnaires.forms import AGREE, choice, definition, question, section, words


def routes(form):
    return {
        one["code"]: one[key]
        for part in form["sections"]
        for one in (part, *part["questions"])
        for key in ("relevant", "constraint")
        if key in one
    }


def with_routes(*conditions):
    """A single question `q`, a matrix `m`, and one note for each condition."""
    picks = [choice("1"), choice("yes"), choice("no")]
    rows = [{"code": "row_1", "text": words("Một")}, {"code": "row_2", "text": words("Hai")}]
    notes = [question(f"n{number}", "note", relevant=text) for number, text in enumerate(conditions)]
    asked = (
        question("q", "single", choices=picks),
        question("p", "single", choices=picks),
        question("m", "matrix", scale="agree", rows=rows),
    )
    return definition(section("s", *asked, *notes), scales=[AGREE])


def recoded(form, code, new=None, rows=(), choices=()):
    """The form after somebody changes codes of a question in its page and says so."""
    table = question_of(form, code)[1]
    table["code"] = new or code
    for key, renamed in (("rows", dict(rows)), ("choices", dict(choices))):
        for entry in table.get(key, ()):
            entry["code"] = renamed.get(entry["code"], entry["code"])
    return set_question(form, code, table, Renamed(dict(rows), dict(choices)))


def test_a_renamed_question_is_followed_through_the_form():
    form = recoded(library.source("citizen-satisfaction-2024"), "result_received", "received")
    assert routes(form)["on_time"] == "${received} = 'yes'"
    assert routes(form)["results"] == "${received} = 'yes'"
    assert parse_questionnaire(form)


def test_text_that_looks_like_the_code_is_left_alone():
    form = with_routes("${q} = 'q' or ${q_2} = 'x' or ${p}='q'")
    assert routes(recoded(form, "q", "question"))["n0"] == "${question} = 'q' or ${q_2} = 'x' or ${p} = 'q'"


def test_expressions_that_do_not_change_stay_as_they_are_written():
    assert routes(recoded(with_routes("${p}='yes'"), "q", "question"))["n0"] == "${p}='yes'"


def test_an_expression_that_cannot_be_read_is_left_to_the_check():
    assert routes(recoded(with_routes("${q} = "), "q", "question"))["n0"] == "${q} = "


def test_renamed_rows_are_followed_and_may_swap():
    form = with_routes("${row_1} = 'yes' and ${row_2} = 'no'")
    swapped = recoded(form, "m", rows={"row_1": "row_2", "row_2": "row_1"})
    assert routes(swapped)["n0"] == "${row_2} = 'yes' and ${row_1} = 'no'"


def test_a_row_that_vanishes_without_a_word_was_removed():
    table = question_of(with_routes("${row_1} = 'yes'"), "m")[1]
    table["rows"][0]["code"] = "other"
    assert routes(set_question(with_routes("${row_1} = 'yes'"), "m", table))["n0"] == "${row_1} = 'yes'"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("${q} = 'yes'", "${q} = 'agreed'"),
        ("'yes' != ${q}", "'agreed' != ${q}"),
        ("selected(${q}, 'yes')", "selected(${q}, 'agreed')"),
        ("not(selected(${q}, 'yes')) and ${p} = 'yes'", "not(selected(${q}, 'agreed')) and ${p} = 'yes'"),
        ("coalesce(${q}, 'yes') = 'yes'", "coalesce(${q}, 'agreed') = 'agreed'"),
        ("${q} = if(${p} = 'yes', 'yes', 'no')", "${q} = if(${p} = 'yes', 'agreed', 'no')"),
        ("string-length(${q}) = 3", "string-length(${q}) = 3"),
        ("${q} = 'yes please'", "${q} = 'yes please'"),
    ],
)
def test_a_renamed_choice_is_followed_where_answers_are_compared(before, after):
    assert routes(recoded(with_routes(before), "q", choices={"yes": "agreed"}))["n0"] == after


def test_a_choice_written_as_a_number_is_followed_too():
    renamed = recoded(with_routes("${q} = 1 or ${p} = 1"), "q", choices={"1": "one"})
    assert routes(renamed)["n0"] == "${q} = 'one' or ${p} = 1"


def test_the_constraint_of_a_question_speaks_of_its_own_choices():
    picks = [choice("yes"), choice("no")]
    limit = {"constraint": "not(selected(., 'yes'))", "constraint_message": words("Sai")}
    form = definition(
        section("s", *(question(code, "multiple", choices=picks, **limit) for code in ("q", "p")))
    )
    form = recoded(form, "q", "first", choices={"yes": "agreed"})
    assert routes(form) == {"first": "not(selected(., 'agreed'))", "p": "not(selected(., 'yes'))"}


def test_a_choice_of_a_scale_is_followed_in_all_that_is_answered_on_it():
    table = scale_of(with_routes(), "agree") | {"code": "consent"}
    table["choices"][2]["code"] = "agreed"
    form = with_routes("${row_1} = 'yes' and ${q} = 'yes'")
    form = set_scale(form, "agree", table, Renamed(choices={"yes": "agreed"}))
    assert routes(form)["n0"] == "${row_1} = 'agreed' and ${q} = 'yes'"
    assert question_of(form, "m")[1]["scale"] == "consent"


def test_a_renaming_that_cannot_be_is_refused():
    table = question_of(with_routes(), "q")[1]
    for renamed in (Renamed(choices={"maybe": "yes"}), Renamed(choices={"yes": "agreed"})):
        with pytest.raises(EditRefused, match="cannot have become"):
            set_question(with_routes(), "q", table, renamed)
    with pytest.raises(EditRefused, match="is no code"):
        recoded(with_routes(), "q", choices={"yes": "it's"})


def test_a_question_takes_no_code_of_another():
    form = with_routes()
    with pytest.raises(EditRefused, match="“row_1” is used already"):
        recoded(form, "q", "row_1")
    with pytest.raises(EditRefused, match="“m” is used already"):
        recoded(form, "m", rows={"row_1": "m"})
    with pytest.raises(EditRefused, match="code is missing"):
        set_question(form, "q", {"kind": "text"})


def test_scales_are_added_renamed_and_removed_when_nobody_uses_them():
    form = add_scale(with_routes(), {"code": "agree_2", "choices": []})
    with pytest.raises(EditRefused, match="m are answered on it"):
        remove_scale(form, "agree")
    with pytest.raises(EditRefused, match="used already"):
        set_scale(form, "agree", {"code": "agree_2"})
    renamed = set_scale(form, "agree", {**scale_of(form, "agree"), "code": "consent"})
    assert question_of(renamed, "m")[1]["scale"] == "consent"
    assert [scale["code"] for scale in remove_scale(renamed, "agree_2")["scales"]] == ["consent"]


def test_a_factor_is_followed_by_what_belongs_to_it():
    form = library.source("citizen-satisfaction-2024")
    with pytest.raises(EditRefused, match="access belong to it"):
        remove_factor(form, "access")
    renamed = set_factor(form, "access", words("Tiếp cận"), renamed="entry")
    assert section_of(renamed, "access")["factor"] == "entry"
    assert next(iter(renamed["factors"])) == "entry"
    grown = add_factor(renamed, "costs", words("Chi phí"))
    assert list(grown["factors"])[-1] == "costs"
    assert remove_factor(grown, "costs") == renamed
    with pytest.raises(EditRefused, match="no factor “access”"):
        set_factor(renamed, "access", {})
