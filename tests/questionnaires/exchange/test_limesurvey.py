"""A survey exported from LimeSurvey becomes a questionnaire: its types, languages, texts and limits."""

import pytest

from questionnaires import parse_questionnaire
from questionnaires.exchange.limesurvey import read_limesurvey
from questionnaires.expression import to_text
from tests.questionnaires.exchange.limesurvey_survey import (
    GROUP,
    HEAD,
    HEADINGS,
    answers,
    imported,
    question,
    questions,
    row,
    subquestions,
    tsv,
)


def codes(choices):
    return [choice.code for choice in choices]


def test_a_survey_keeps_its_title_welcome_and_groups_as_plain_words():
    definition = imported(question("Q1", "S", "<p>Tên <em>xã</em>?</p><script>x()</script>")).definition
    form = parse_questionnaire(definition)
    assert form.title == {"vi": "Phiếu khảo sát"}
    assert form.intro == {"vi": "Kính thưa Ông/Bà!\nXin cảm ơn & trân trọng."}
    (section,) = form.sections
    assert (section.code, section.title, section.intro) == ("g1", {"vi": "Phần một"}, {"vi": "Mời trả lời"})
    assert section.questions[0].text == {"vi": "Tên xã?"}
    assert (form.code, form.group, form.languages) == ("limesurvey", "citizen", ("vi",))


@pytest.mark.parametrize(
    ("letter", "kind"),
    [("S", "text"), ("T", "long_text"), ("U", "long_text"), ("D", "date"), ("N", "decimal"), ("X", "note")],
)
def test_types_that_become_one_question_of_another_name(letter, kind):
    made = questions(question("Q1", letter, mandatory="Y", help="Gợi ý"), question("Q2", "S"))["q1"]
    assert (made.kind, made.required, made.hint) == (kind, kind != "note", {"vi": "Gợi ý"})


@pytest.mark.parametrize(("letter", "kind"), [("L", "single"), ("!", "single"), ("R", "rank")])
def test_lists_of_answers(letter, kind):
    made = questions(question("Q1", letter), *answers("A1", "A2"))["q1"]
    assert made.kind == kind
    assert codes(made.choices) == ["A1", "A2"]
    assert made.choices[0].text == {"vi": "Trả lời A1"}


def test_other_becomes_a_choice_and_a_text_for_those_who_choose_it():
    made = questions(question("Q1", "L", other="Y"), *answers("A1"))
    assert codes(made["q1"].choices) == ["A1", "other"]
    assert made["q1_other"].kind == "text"
    assert to_text(made["q1_other"].relevant) == "${q1} = 'other'"
    several = questions(question("Q1", "M", other="Y"), *subquestions("S1"))
    assert codes(several["q1"].choices) == ["S1", "other"]
    assert to_text(several["q1_other"].relevant) == "selected(${q1}, 'other')"


def test_other_may_have_words_of_its_own():
    made = questions(question("Q1", "L", other="Y", other_replace_text="Nơi khác"), *answers("A1"))
    assert made["q1"].choices[-1].text == {"vi": "Nơi khác"}


def test_an_export_of_a_newer_version_has_ids_and_zeros_for_what_is_not_set():
    headings = ("id", "related_id", *HEADINGS)
    unset = {"hidden": "0", "array_filter": "0", "default": "0", "other": "N", "mandatory": "N"}
    lines = [*HEAD, {**GROUP, "id": "60"}, {**question("G02Q02", "5"), "id": "391", **unset}]
    found = read_limesurvey(tsv(lines, headings), code="hai-long", version="2", group="business")
    assert found.notes == ()
    assert found.definition["sections"][0]["questions"][0]["code"] == "g02q02"
    assert [found.definition[key] for key in ("code", "version", "group")] == ["hai-long", "2", "business"]


def test_a_list_with_comment_asks_for_the_comment_beside_it():
    made = questions(question("Q1", "O"), *answers("A1"))
    assert [(one.code, one.kind) for one in made.values()] == [("q1", "single"), ("q1comment", "long_text")]


def test_boxes_with_comments_ask_for_the_comment_where_the_box_is_ticked():
    made = questions(question("Q1", "P"), *subquestions("S1", "S2"))
    assert (made["q1"].kind, codes(made["q1"].choices)) == ("multiple", ["S1", "S2"])
    assert to_text(made["q1_s2comment"].relevant) == "selected(${q1}, 'S2')"


@pytest.mark.parametrize(
    ("letter", "levels"),
    [
        ("F", ["A1", "A2"]),
        ("H", ["A1", "A2"]),
        ("A", ["1", "2", "3", "4", "5"]),
        ("B", [str(level) for level in range(1, 11)]),
        ("C", ["Y", "U", "N"]),
        ("E", ["I", "S", "D"]),
    ],
)
def test_arrays_become_matrices(letter, levels):
    given = answers("A1", "A2") if letter in "FH" else []
    made = questions(question("Q1", letter), *subquestions("SQ001", "SQ002"), *given)["q1"]
    assert made.kind == "matrix"
    assert [item.code for item in made.rows] == ["q1_sq001", "q1_sq002"]
    assert codes(made.choices) == levels


def test_an_array_of_two_scales_becomes_two_matrices():
    second = [row("A", code, code, scale="1") for code in ("B1", "B2", "B3")]
    made = questions(question("Q1", "1"), *subquestions("S1"), *answers("A1", "A2"), *second)
    assert [len(one.choices) for one in made.values()] == [2, 3]
    assert [one.rows[0].code for one in made.values()] == ["q1_s1_0", "q1_s1_1"]


@pytest.mark.parametrize(
    ("letter", "kind", "choices"),
    [("Y", "single", ["Y", "N"]), ("G", "single", ["F", "M"]), ("5", "scale", ["1", "2", "3", "4", "5"])],
)
def test_types_whose_answers_limesurvey_gives(letter, kind, choices):
    made = questions(question("Q1", letter))["q1"]
    assert (made.kind, codes(made.choices)) == (kind, choices)


@pytest.mark.parametrize(("letter", "kind"), [("K", "decimal"), ("Q", "text")])
def test_several_fields_become_several_questions(letter, kind):
    made = questions(question("Q1", letter, "Số người"), *subquestions("nam", "nu"))
    assert [(one.code, one.kind) for one in made.values()] == [("q1_nam", kind), ("q1_nu", kind)]
    assert made["q1_nam"].text == {"vi": "Số người – Ý nam"}


def test_limits_become_constraints_with_a_message():
    made = questions(
        question("Q1", "N", num_value_int_only="1", min_num_value_n="0", max_num_value_n="30"),
        question("Q2", "M", max_answers="3"),
        *subquestions("S1", "S2"),
    )
    assert made["q1"].kind == "integer"
    assert to_text(made["q1"].constraint) == ". >= 0 and . <= 30"
    assert made["q1"].constraint_message == {"vi": "Số nhỏ nhất là 0. Số lớn nhất là 30."}
    assert to_text(made["q2"].constraint) == "count-selected(.) <= 3"
    assert made["q2"].constraint_message == {"vi": "Chọn nhiều nhất 3."}


def two_languages(*second):
    head = [{**line, "text": "vi"} if line["name"] == "language" else line for line in HEAD]
    english = {"language": "en-GB"}
    return tsv(
        [
            *head,
            row("S", "additional_languages", "en-GB", language=""),
            GROUP,
            question("Q1", "L", "Đã nhận?"),
            *answers("A1", "A2"),
            row("SL", "surveyls_title", "Survey", **english),
            row("SL", "surveyls_welcometext", "Welcome", **english),
            row("G", "Part one", "Please answer", scale="G1", **english),
            question("Q1", "L", "Received?", **english),
            *second,
        ]
    )


def test_a_survey_in_two_languages():
    second = [row("A", code, f"Answer {code}", scale="0", language="en-GB") for code in ("A1", "A2")]
    found = read_limesurvey(two_languages(*second))
    form = parse_questionnaire(found.definition)
    assert form.languages == ("vi", "en")
    assert form.sections[0].title == {"vi": "Phần một", "en": "Part one"}
    (made,) = form.questions()
    assert made.text == {"vi": "Đã nhận?", "en": "Received?"}
    assert made.choices[1].text == {"vi": "Trả lời A2", "en": "Answer A2"}
    assert found.notes == ()


def test_a_missing_translation_is_noted_at_its_row_and_filled_with_the_base_language():
    found = read_limesurvey(two_languages(row("A", "A1", "Answer A1", scale="0", language="en-GB")))
    (note,) = found.notes
    assert (note.row, note.heading) == (10, "text")
    assert "en" in note.sentence()
    (made,) = parse_questionnaire(found.definition).questions()
    assert made.choices[1].text == {"vi": "Trả lời A2", "en": "Trả lời A2"}
