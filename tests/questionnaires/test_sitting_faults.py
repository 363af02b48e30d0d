"""Before a survey opens, the planner learns why a form cannot rate several units at once."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from questionnaires import DefinitionError, dump_questionnaire, parse_questionnaire
from questionnaires.check import check_questionnaire
from questionnaires.sitting import for_units, sitting_faults
from tests.questionnaires.forms import choice, form, one_question, question, section, words
from tests.questionnaires.random_definitions import sound_questionnaires
from tests.questionnaires.sittings import UNITS, deputies, rated


def placed(questionnaire, units=None):
    return [fault.place for fault in sitting_faults(questionnaire, units)]


def test_nothing_is_wrong_with_a_form_whose_conditions_ask_about_the_person():
    assert sitting_faults(deputies(), UNITS) == []


def test_a_condition_on_a_rating_is_named_with_the_question_it_depends_on():
    why = question("why", "text", relevant="${steering} = 'poor'")
    strict = rated("strict", constraint=". != ${steering}", constraint_message=words("Sai"))
    later = section("later", question("more", "text"), relevant="${steering} = 'good'")
    faults = sitting_faults(form(section("s", rated("steering"), why, strict), later))
    assert [fault.place for fault in faults] == [
        "sections.1.questions.2.relevant",
        "sections.1.questions.3.constraint",
        "sections.2.relevant",
    ]
    assert all("steering" in fault.sentence(language="vi") for fault in faults)


def test_a_rating_needs_two_levels_to_be_asked_side_by_side():
    lone = form(section("s", rated("q", "single", choices=[choice("seen"), choice("no", "refused")])))
    assert placed(lone) == ["sections.1.questions.1.choices"]


def test_a_form_that_rates_nothing_and_a_sample_without_units_are_told():
    assert [str(fault) for fault in sitting_faults(one_question("text"))] == [
        "No question of this form is asked unit by unit, so it cannot rate several units at once."
    ]
    assert placed(deputies(), ()) == ["units"]
    assert placed(deputies(), (*UNITS, UNITS[0])) == ["units"]


def test_no_form_is_made_of_what_cannot_be_asked():
    with pytest.raises(DefinitionError, match="no unit to rate"):
        for_units(deputies(), ())
    with pytest.raises(DefinitionError, match="cannot rate several units"):
        for_units(one_question("text"), UNITS)


@settings(deadline=None)
@given(sound_questionnaires(), st.data())
def test_whatever_is_marked_as_rated_the_form_is_sound_or_the_faults_say_why_there_is_none(definition, data):
    for part in definition["sections"]:
        for asked in part["questions"]:
            asked["unit_of_rating"] = data.draw(st.sampled_from([None, "department"]))
    questionnaire = parse_questionnaire(definition)

    if faults := sitting_faults(questionnaire, UNITS):
        with pytest.raises(DefinitionError) as refused:
            for_units(questionnaire, UNITS)
        assert [*refused.value.faults] == faults
    else:
        made = for_units(questionnaire, UNITS)
        assert check_questionnaire(made) == []
        assert parse_questionnaire(dump_questionnaire(made)) == made
