"""A deputy rates all departments in one sitting: what the form for it asks, and in which words."""

import pytest

from questionnaires import DefinitionError, dump_questionnaire, parse_questionnaire
from questionnaires.check import check_questionnaire
from questionnaires.codes import ITEM
from questionnaires.sitting import for_units, rates_units
from questionnaires.sitting.matrix import row_code
from tests.questionnaires.forms import choice, form, one_question, question, section, words
from tests.questionnaires.sittings import LEVELS, UNITS, deputies, rated


@pytest.fixture(scope="module")
def sitting():
    return for_units(deputies(), UNITS)


def question_named(questionnaire, code):
    return next(one for one in questionnaire.questions() if one.code == code)


def only(**more):
    """The question a single rated question becomes."""
    (asked,) = for_units(form(section("s", rated("q", **more))), UNITS).questions()
    return asked


def test_a_form_rates_units_where_a_question_rated_by_levels_says_so():
    assert rates_units(deputies())
    assert not rates_units(one_question("scale", choices=LEVELS))
    assert not rates_units(one_question("scale", choices=LEVELS, unit_of_rating="department", profile=True))
    assert not rates_units(one_question("long_text", unit_of_rating="department"))


def test_each_rated_item_fills_a_section_of_its_own_in_the_order_of_the_form(sitting):
    assert [(part.code, [one.code for one in part.questions]) for part in sitting.sections] == [
        ("you", ["level"]),
        ("work", ["before", "steering"]),
        ("work_2", ["heard"]),
        ("work_3", ["between", "openness"]),
        ("work_4", ["duty"]),
        ("work_5", ["manners", "after"]),
        ("end", ["impact", "comment"]),
    ]


def test_the_introduction_stands_wherever_units_are_rated(sitting):
    assert {part.title["vi"] for part in sitting.sections if part.code.startswith("work")} == {"work"}
    assert [part.code for part in sitting.sections if part.intro] == ["work", "work_3", "work_4", "work_5"]


def test_a_new_section_takes_no_code_that_is_taken():
    parted = section("work", rated("a"), rated("b"))
    taken = section("work_2", question("c", "text"))
    codes = [part.code for part in for_units(form(parted, taken), UNITS).sections]
    assert codes == ["work", "work_3", "work_2"]


def test_the_rows_are_the_units_by_name_in_every_language(sitting):
    steering = question_named(sitting, "steering")
    assert steering.kind == "matrix"
    assert steering.unit_of_rating == "department"
    assert not steering.required
    assert [row.text for row in steering.rows] == [{"vi": name, "en": name} for _code, name in UNITS]


def test_a_row_of_a_matrix_becomes_a_question_which_the_matrix_s_text_explains(sitting):
    duty = question_named(sitting, "duty")
    assert duty.text == words("Trách nhiệm")
    assert duty.hint == words("officials")
    assert duty.relevant == ["!=", ["$", "level"], "poor"]
    assert only(hint=words("Gợi ý")).hint == words("Gợi ý")
    assert only().hint == {}


def test_who_cannot_judge_a_unit_may_say_so(sitting):
    steering, openness = question_named(sitting, "steering"), question_named(sitting, "openness")
    assert steering.choices[-1].missing == "dont_know"
    assert steering.choices[-1].text["vi"] == "Không biết, không đánh giá"
    assert openness.choices == deputies().scales[0].choices  # it has its own “don't know”
    assert openness.scale == "agree"


def test_the_added_answer_takes_no_code_that_is_taken():
    asked = only(choices=[choice("bad"), choice("dont_know"), choice("refused", "refused")])
    assert [one.code for one in asked.choices] == ["bad", "dont_know", "refused", "dont_know_2"]


def test_everything_else_is_asked_as_it_was(sitting):
    original = deputies()
    for code in ("level", "heard", "comment", "before"):
        assert question_named(sitting, code) == question_named(original, code)


def test_the_form_is_a_sound_questionnaire_that_can_be_written_out(sitting):
    assert check_questionnaire(sitting) == []
    assert parse_questionnaire(dump_questionnaire(sitting)) == sitting


def test_a_unit_keeps_its_codes_whoever_stands_beside_it(sitting):
    alone = {item.code for item in for_units(deputies(), UNITS[1:2]).items()}
    turned = {item.code for item in for_units(deputies(), UNITS[::-1]).items()}
    assert alone < {item.code for item in sitting.items()} == turned


def test_codes_of_any_length_and_sign_give_different_sound_codes():
    long = "a" * 64
    pairs = [(item, unit) for item in ("a", long, long[:-1]) for unit in ("b", "B", "b.b", "b-b", "ớ" * 200)]
    codes = {row_code(*pair) for pair in pairs}
    assert len(codes) == len(pairs)
    assert all(ITEM.fits(code) for code in codes)


def test_two_answers_never_share_a_code():
    taken = row_code("q", "so-y-te")
    with pytest.raises(DefinitionError, match=taken):
        for_units(form(section("s", rated("q"), question(taken, "text"))), UNITS)


def test_the_form_is_made_once_for_the_same_units(sitting):
    questionnaire = deputies()
    made = for_units(questionnaire, UNITS)
    assert for_units(questionnaire, [*UNITS]) is made
    assert for_units(questionnaire, UNITS[:2]) is not made
    assert for_units(deputies(), UNITS) == made
