"""What stands on the paper copy: numbers, skip instructions in words, signs to mark."""

import pytest

from questionnaires import conditions, library
from questionnaires.kinds import KINDS
from questionnaires.printing import words
from questionnaires.printing.answers import ANSWERS, Boxes, Grid, Room
from questionnaires.printing.paper import paper
from tests.questionnaires.forms import AGREE, choice, every_kind, form, question, section

PICKS = [choice("yes"), choice("no"), choice("dk", "dont_know")]


def notes_of(*questions, language="vi"):
    """The notes of the last question."""
    copy = paper(form(section("s", *questions), scales=[AGREE]), language)
    return copy.sections[0].questions[-1].notes


def test_questions_are_numbered_through_all_sections_and_rows_within_their_question():
    copy = paper(every_kind(), "vi")
    numbers = [one.number for part in copy.sections for one in part.questions]
    assert numbers == ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "", "11", "12"]
    assert [part.title for part in copy.sections] == ["I. choices", "II. values"]
    matrix = copy.sections[0].questions[3].answer
    assert [(row.number, row.text) for row in matrix.rows] == [("4.1", "Một"), ("4.2", "Hai")]


def test_a_skip_instruction_names_the_question_by_its_number_and_the_answer_by_its_words():
    late = question("late", "single", choices=PICKS)
    why = question("why", "text", relevant="${late} = 'yes' and not(${late} = '')")
    assert notes_of(late, why) == ("Chỉ trả lời nếu câu 1 là “Yes” và không xảy ra việc câu 1 là để trống.",)
    assert notes_of(late, why, language="en") == (
        "Answer only if question 1 is “Yes (en)” and it is not so that question 1 is blank.",
    )


@pytest.mark.parametrize(
    ("relevant", "instruction"),
    [
        ("${visits} >= 2.5", "Chỉ trả lời nếu câu 1 từ 2,5 trở lên."),
        ("${visits} + 1 > 3", "Chỉ trả lời nếu câu 1 + 1 trên 3."),
        ("selected(${ways}, 'no')", "Chỉ trả lời nếu câu 2 có chọn “No”."),
        ("${a} = 'yes' or ${b} = 'no'", "Chỉ trả lời nếu câu 3.1 là “Yes” hoặc câu 3.2 là “No”."),
    ],
)
def test_conditions_in_words(relevant, instruction):
    rows = [{"code": code, "text": {"vi": code, "en": code}} for code in "ab"]
    asked = [
        question("visits", "decimal"),
        question("ways", "multiple", choices=PICKS),
        question("rated", "matrix", scale="agree", rows=rows),
        question("last", "text", relevant=relevant),
    ]
    assert notes_of(*asked) == (instruction,)


def test_a_part_that_not_everybody_answers_says_so_under_its_title():
    first = section("a", question("late", "single", choices=PICKS))
    second = section("b", question("why", "text"), relevant="${late} = 'yes'")
    copy = paper(form(first, second), "vi")
    assert copy.sections[1].notes == ("Chỉ trả lời phần này nếu câu 1 là “Yes”.",)


def test_questions_on_one_scale_share_a_grid_unless_one_has_words_of_its_own():
    alike = [question(code, "scale", scale="agree") for code in ("a", "b")]
    alone = question("c", "scale", scale="agree", hint={"vi": "Gợi ý", "en": "Hint"})
    copy = paper(form(section("s", *alike, alone), scales=[AGREE]), "vi")
    grid, single = copy.sections[0].questions
    assert isinstance(grid.answer, Grid)
    assert [(row.number, row.text) for row in grid.answer.rows] == [("1", "a"), ("2", "b")]
    assert grid.answer.columns == ("No", "Rather", "Yes", "Dk")
    assert (single.number, single.notes) == ("3", ("Gợi ý",))
    assert isinstance(single.answer, Boxes)


def test_the_legend_explains_the_signs_in_use_and_no_others():
    assert paper(form(section("s", question("q", "text"))), "vi").legend == ""
    single = question("q", "single", choices=PICKS, required=True)
    legend = paper(form(section("s", single)), "vi").legend
    assert legend == "○ Đánh dấu một câu trả lời. * Câu hỏi cần được trả lời."


def test_labels_stand_side_by_side_where_they_are_short():
    assert Boxes("○", ("Có", "Không")).columns == 2
    assert Boxes("○", ("Rất không hài lòng", "Hài lòng", "Không biết", "Khác")).columns == 3
    assert Boxes("○", ("Có", "Năng lực giải quyết công việc của công chức")).columns == 1


def test_every_kind_of_question_has_a_place_for_its_answer():
    assert set(ANSWERS) == set(KINDS)
    copy = paper(every_kind(), "vi")
    answers = {one.text: one.answer for part in copy.sections for one in part.questions}
    assert answers.pop("note") is None
    assert None not in answers.values()
    assert answers["long_text"] == Room(lines=4)


def test_a_form_of_ours_says_that_its_wording_is_no_official_text():
    colophon = paper(library.load("deputies-2024"), "vi").colophon
    assert colophon[0] == "Mẫu phiếu deputies-2024, phiên bản 1."
    assert "minh họa" in colophon[1]


def test_every_word_of_conditions_and_copies_has_its_vietnamese():
    spoken = {
        *conditions.COMPARISONS.values(),
        *conditions.JOINTS.values(),
        *(conditions.NEGATION, conditions.THE_ANSWER, conditions.TODAY, conditions.BLANK),
    }
    own = {value for name, value in vars(words).items() if name.isupper() and isinstance(value, str)}
    assert spoken | own - {words.SECTION} == set(words.VIETNAMESE)
