"""What a deputy answered in one sitting becomes a record per department that was rated."""

from hypothesis import given, settings
from hypothesis import strategies as st

from questionnaires.answers import check_answers
from questionnaires.routing import on_route
from questionnaires.sitting import by_unit, for_units, units_rated
from questionnaires.sitting.matrix import row_code
from tests.questionnaires.forms import form, question, section, words
from tests.questionnaires.sittings import TODAY, UNITS, deputies, rated

DEPUTIES = deputies()
SITTING = for_units(DEPUTIES, UNITS)
HEALTH, JUSTICE = UNITS[0][0], UNITS[1][0]


def said(unit, **ratings):
    return {row_code(item, unit): level for item, level in ratings.items()}


ANSWERS = {
    "level": "good",
    "comment": "Cần công khai hơn nữa.",
    **said(HEALTH, steering="good", openness="dk", duty="fair"),
    **said(JUSTICE, steering="dont_know", openness="dk"),
}


def test_each_unit_that_was_rated_has_a_record_with_what_was_asked_once():
    assert by_unit(DEPUTIES, UNITS, ANSWERS) == {
        HEALTH: {
            "level": "good",
            "steering": "good",
            "openness": "dk",
            "duty": "fair",
            "comment": "Cần công khai hơn nữa.",
        }
    }


def test_the_record_stands_in_the_order_of_the_questionnaire():
    (record,) = by_unit(DEPUTIES, UNITS, ANSWERS).values()
    assert [*record] == [item.code for item in DEPUTIES.items() if item.code in record]


def test_the_dont_know_that_only_the_sitting_offers_is_left_blank():
    answers = ANSWERS | said(JUSTICE, steering="dont_know", openness="yes")
    assert by_unit(DEPUTIES, UNITS, answers)[JUSTICE] == {
        "level": "good",
        "openness": "yes",
        "comment": "Cần công khai hơn nữa.",
    }


def test_who_rates_nobody_leaves_no_record():
    assert by_unit(DEPUTIES, UNITS, {"level": "good", "steering": "good"}) == {}


def test_the_check_page_tells_how_far_each_unit_is_rated():
    assert units_rated(DEPUTIES, UNITS, ANSWERS, today=TODAY) == {
        HEALTH: (2, 5),
        JUSTICE: (0, 5),
        UNITS[2][0]: (0, 5),
    }
    off = ANSWERS | {"level": "poor"}  # officials are not asked about, so their ratings do not count
    assert units_rated(DEPUTIES, UNITS, off, today=TODAY)[HEALTH] == (1, 3)


def test_a_constraint_has_nothing_against_the_added_dont_know():
    strict = form(
        section("s", rated("q", constraint=". = 'good' or . = 'fair'", constraint_message=words("Sai")))
    )
    sitting = for_units(strict, UNITS)
    for level, sound in (("dont_know", True), ("good", True), ("poor", False)):
        faults = check_answers(sitting, said(HEALTH, q=level), today=TODAY, complete=True)
        assert (faults == []) == sound


def levels_of(item):
    """Any answer to choose from, or none; words for what is open."""
    codes = [choice.code for choice in item.question.choices]
    return st.sampled_from([None, *codes]) if codes else st.sampled_from([None, "Một lời", "Hai lời"])


def filled(questionnaire):
    """Answers a person could give, the required ones among them."""
    answers = st.fixed_dictionaries({item.code: levels_of(item) for item in questionnaire.items()})
    return answers.map(lambda given: on_route(questionnaire, {"level": "fair"} | drop(given), today=TODAY))


def drop(given):
    return {code: value for code, value in given.items() if value is not None}


@settings(deadline=None)
@given(filled(SITTING))
def test_every_record_of_a_sound_sitting_is_sound_by_itself(answers):
    assert check_answers(SITTING, answers, today=TODAY, complete=True) == []
    for record in by_unit(DEPUTIES, UNITS, answers).values():
        assert check_answers(DEPUTIES, record, today=TODAY, complete=False) == []
        assert on_route(DEPUTIES, record, today=TODAY) == record


@settings(deadline=None)
@given(st.fixed_dictionaries({unit: filled(DEPUTIES) for unit, _name in UNITS}), filled(DEPUTIES))
def test_what_is_rated_unit_by_unit_comes_back_unit_by_unit(records, person):
    """Filled in one sitting or on a form each, the answers are the same."""
    per_unit = ("steering", "openness", "duty", "manners", "impact")
    once = {code: value for code, value in person.items() if code not in per_unit}
    ratings = {
        unit: {code: record[code] for code in per_unit if code in record} for unit, record in records.items()
    }
    answers = once | {row_code(code, unit): v for unit, given in ratings.items() for code, v in given.items()}
    has_level = {unit for unit, given in ratings.items() if set(given.values()) - {"dk"}}

    assert by_unit(DEPUTIES, UNITS, answers) == {unit: once | ratings[unit] for unit in has_level}


@settings(deadline=None)
@given(filled(SITTING))
def test_a_unit_counts_as_rated_exactly_when_it_has_a_record(answers):
    counts = units_rated(DEPUTIES, UNITS, answers, today=TODAY)
    assert {unit for unit, count in counts.items() if count.rated} == set(by_unit(DEPUTIES, UNITS, answers))
    assert all(count.rated <= count.asked for count in counts.values())


def test_questions_between_the_ratings_open_and_close_the_way_as_before():
    gate = question(
        "knows",
        "single",
        choices=[{"code": "yes", "text": words("Có")}, {"code": "no", "text": words("Không")}],
    )
    gated = form(section("s", gate, rated("a"), rated("b", relevant="${knows} = 'yes'")))
    sitting = for_units(gated, UNITS)
    answers = {"knows": "no"} | said(HEALTH, a="good", b="poor")
    assert on_route(sitting, answers, today=TODAY) == {"knows": "no"} | said(HEALTH, a="good")
