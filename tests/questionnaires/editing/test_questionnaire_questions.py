"""Somebody builds a form question by question: adds, moves, copies and removes them."""

from __future__ import annotations

import pytest

from questionnaires import library, parse_questionnaire
from questionnaires.editing.question_edits import (
    add_question,
    duplicate_question,
    move_question,
    remove_question,
)
from questionnaires.editing.question_places import proposed_code, question_of
from questionnaires.editing.questionnaire_head import new_questionnaire
from questionnaires.editing.questionnaire_sections import (
    add_section,
    move_section,
    remove_section,
    section_of,
    set_section,
)
from questionnaires.editing.refused import EditRefused
from questionnaires.kinds import KINDS
from tests.questionnaires.forms import AGREE, definition, question, section, words


@pytest.fixture
def shipped():
    return library.source("citizen-satisfaction-2024")


@pytest.fixture
def form():
    rows = [{"code": "row_1", "text": words("Một")}, {"code": "row_2", "text": words("Hai")}]
    return definition(
        section("start", question("a", "scale", scale="agree"), question("b", "text")),
        section("end", question("m", "matrix", scale="agree", rows=rows), question("c", "date")),
        scales=[AGREE],
    )


def codes(form):
    return {part["code"]: [one["code"] for one in part["questions"]] for part in form["sections"]}


def test_a_form_is_built_from_nothing():
    form = new_questionnaire("nguoi-dan-2026", "1", {"vi": "Phiếu"}, "citizen", ["vi"])
    form = add_section(form, {"vi": "Mở đầu"})
    form = add_question(form, "s1", "text")
    form = add_question(form, "s1", "single")
    form = add_question(form, "s1", "note", after="q1")
    assert codes(form) == {"s1": ["q1", "q3", "q2"]}


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_question_lacks_words_alone(kind):
    form = new_questionnaire("nguoi-dan-2026", "1", {"vi": "Phiếu"}, "citizen", ["vi"])
    form = add_question(add_section(form, {"vi": "Mở đầu"}), "s1", kind)
    [made] = form["sections"][0]["questions"]
    made["text"] = {"vi": "Câu hỏi"}
    for entry in [*made.get("choices", []), *made.get("rows", [])]:
        entry["text"] = {"vi": f"Lời {entry['code']}"}
    assert [item.kind for item in parse_questionnaire(form).questions()] == [kind]


def test_a_rating_is_answered_on_the_scale_at_hand(form):
    assert question_of(add_question(form, "start", "scale"), "q1")[1]["scale"] == "agree"
    assert "scale" not in question_of(add_question(form, "start", "rank"), "q1")[1]


def test_the_next_code_is_past_the_highest_number(form):
    form = add_question(add_question(form, "end", "text", code="q7"), "end", "text", code="q2")
    assert proposed_code(form) == "q8"


@pytest.mark.parametrize(
    ("code", "reason"),
    [("row_1", "used already"), ("weight", "used already"), ("Câu 1", "is no code"), ("", "missing")],
)
def test_a_code_that_is_bad_or_used_is_refused(form, code, reason):
    with pytest.raises(EditRefused, match=reason):
        add_question(form, "start", "text", code=code)


def test_what_is_not_there_is_named(form):
    with pytest.raises(EditRefused, match="section “middle”"):
        add_question(form, "middle", "text")
    with pytest.raises(EditRefused, match="question “c”"):
        add_question(form, "start", "text", after="c")
    with pytest.raises(EditRefused, match="Did you mean “scale”"):
        add_question(form, "start", "sclae")
    with pytest.raises(EditRefused, match="question “z”"):
        question_of(form, "z")


def test_a_question_goes_to_another_section(form):
    assert codes(move_question(form, "a", "end", 2)) == {"start": ["b"], "end": ["m", "a", "c"]}
    assert codes(move_question(form, "a", "start", 2)) == {"start": ["b", "a"], "end": ["m", "c"]}
    assert codes(move_question(form, "c", "start", 99)) == {"start": ["a", "b", "c"], "end": ["m"]}


def test_a_copy_stands_behind_with_codes_of_its_own(form):
    form = duplicate_question(duplicate_question(form, "m"), "m_2", "again")
    assert codes(form)["end"] == ["m", "m_2", "again", "c"]
    assert [row["code"] for row in question_of(form, "m_2")[1]["rows"]] == ["row_3", "row_4"]
    assert question_of(form, "m_2")[1]["rows"][1]["text"] == words("Hai")


def test_a_copy_is_constrained_by_its_own_answer():
    form = definition(
        section("s", question("q", "integer", constraint="${q}>0 or . = 0", constraint_message=words("Sai")))
    )
    assert question_of(duplicate_question(form, "q"), "q_2")[1]["constraint"] == "${q_2} > 0 or . = 0"
    assert question_of(duplicate_question(form, "q"), "q")[1]["constraint"] == "${q}>0 or . = 0"


def test_a_question_others_depend_on_stays_unless_forced(shipped):
    with pytest.raises(EditRefused) as refused:
        remove_question(shipped, "result_received")
    assert str(refused.value.fault.values["dependents"]) == "on_time, results"
    left = remove_question(shipped, "result_received", force=True)
    with pytest.raises(ValueError, match="names “result_received”"):
        parse_questionnaire(left)
    assert "apology" not in str(codes(remove_question(shipped, "apology")))


def test_a_question_may_name_itself_and_still_go():
    own = question("q", "integer", constraint="${q} > 0", constraint_message=words("Sai"))
    form = definition(section("s", own, question("z", "text")))
    assert codes(remove_question(form, "q")) == {"s": ["z"]}


def test_a_section_keeps_its_questions_when_it_changes(form):
    changed = set_section(form, "end", {"code": "close", "title": words("Kết"), "criterion": "satisfaction"})
    assert codes(changed) == {"start": ["a", "b"], "close": ["m", "c"]}
    assert section_of(changed, "close")["criterion"] == "satisfaction"
    with pytest.raises(EditRefused, match="used already"):
        set_section(form, "end", {"code": "start", "title": words("Kết")})


def test_sections_are_added_and_moved(form):
    grown = add_section(form, words("Giữa"), after="start")
    assert list(codes(grown)) == ["start", "s1", "end"]
    assert list(codes(move_section(grown, "s1", 1))) == ["s1", "start", "end"]


def test_a_section_others_depend_on_stays_unless_forced(shipped):
    with pytest.raises(EditRefused, match="results depends"):
        remove_section(shipped, "last_visit")
    assert "last_visit" not in codes(remove_section(shipped, "last_visit", force=True))
    assert "access" not in codes(remove_section(shipped, "access"))


@pytest.mark.parametrize(
    ("head", "reason"),
    [
        (("Phiếu", "1", {}, "citizen", ["vi"]), "is no code"),
        (("phieu", " ", {}, "citizen", ["vi"]), "version is missing"),
        (("phieu", "1", {}, "citizens", ["vi"]), "Did you mean “citizen”"),
        (("phieu", "1", {}, "citizen", []), "At least one language"),
        (("phieu", "1", {}, "citizen", ["vi", "vi"]), "used already"),
    ],
)
def test_a_form_needs_a_name_a_group_and_a_language(head, reason):
    with pytest.raises(EditRefused, match=reason):
        new_questionnaire(*head)


def test_choices_are_proposed_where_there_is_something_to_choose(form):
    assert "choices" not in question_of(add_question(form, "start", "place"), "q1")[1]
    proposed = question_of(add_question(form, "start", "multiple"), "q1")[1]["choices"]
    assert [one["code"] for one in proposed] == ["1", "2"]


def test_of_many_dependents_ten_are_named():
    notes = [question(f"n{number}", "note", relevant="${q} = 1") for number in range(1, 13)]
    form = definition(section("s", question("q", "integer"), *notes))
    with pytest.raises(EditRefused, match="of n1, n2, n3, n4, n5, n6, n7, n8, n9, n10, … depends"):
        remove_question(form, "q")
