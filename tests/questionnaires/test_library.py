"""The shipped questionnaires: what they ask, in which words, and what is missed without a question."""

from __future__ import annotations

import datetime
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest

from analysis.scoring.rules import answer_values
from questionnaires import frameworks, library
from questionnaires.answers import check_answers
from questionnaires.check import check_questionnaire, coverage
from questionnaires.parse import dump, parse
from questionnaires.routing import asked
from questionnaires.schema import Question, Questionnaire

SATISFACTION = ("citizen-satisfaction-2024", "business-satisfaction-2024")
NAMES = (*SATISFACTION, "officials-2024", "deputies-2024")
TODAY = datetime.date(2024, 12, 2)

FACTORS = {  # SIPAS 2024: the five factors of service delivery, and how many of the 22 items each has here
    "access": 5,
    "procedures": 4,
    "civil_servants": 5,
    "results": 4,
    "feedback": 4,
}
LEVELS = ["Rất không hài lòng", "Không hài lòng", "Bình thường", "Hài lòng", "Rất hài lòng"]  # SIPAS 2024
COVERED = ("dak-lak-so-2022", "hoa-binh-so-2024", "hoa-binh-huyen-2024", "hoa-binh-xa-2024")


@pytest.fixture(params=NAMES)
def questionnaire(request: pytest.FixtureRequest) -> Questionnaire:
    return library.load(request.param)


@pytest.fixture(params=SATISFACTION)
def satisfaction(request: pytest.FixtureRequest) -> Questionnaire:
    return library.load(request.param)


@pytest.fixture
def citizens() -> Questionnaire:
    return library.load("citizen-satisfaction-2024")


def texts(definition: Any) -> Iterator[Mapping[str, str]]:
    """Every text of a definition: a table with a Vietnamese version."""
    if isinstance(definition, Mapping):
        if "vi" in definition:
            yield definition
        definition = [*definition.values()]
    for part in definition if isinstance(definition, list) else ():
        yield from texts(part)


def question_named(questionnaire: Questionnaire, code: str) -> Question:
    return next(question for question in questionnaire.questions() if question.code == code)


# What holds for each of them


def test_four_groups_have_their_questionnaire() -> None:
    assert set(NAMES) <= set(library.names())
    assert [library.load(name).code for name in NAMES] == list(NAMES)
    assert [library.load(name).group for name in NAMES] == ["citizen", "business", "official", "deputy"]


def test_nothing_is_wrong_with_it(questionnaire: Questionnaire) -> None:
    assert check_questionnaire(questionnaire) == []
    assert parse(dump(questionnaire)) == questionnaire


def test_every_text_stands_in_vietnamese_and_english(questionnaire: Questionnaire) -> None:
    assert questionnaire.languages == ("vi", "en")
    found = list(texts(library.source(questionnaire.code)))
    assert [text for text in found if set(text) != {"vi", "en"} or not all(text.values())] == []
    words = [word for text in found for word in text.values()]
    assert [word for word in words if word != unicodedata.normalize("NFC", word)] == []


def test_it_says_which_wording_is_ours(questionnaire: Questionnaire) -> None:
    assert questionnaire.illustrative
    assert "minh họa" in questionnaire.source
    assert "illustration" in questionnaire.source


def test_nobody_is_asked_for_a_name_or_a_number(questionnaire: Questionnaire) -> None:
    open_texts = [
        question for question in questionnaire.questions() if question.kind in ("text", "long_text")
    ]
    assert [question.code for question in open_texts] == ["comment"]
    assert "không ghi họ tên" in open_texts[0].hint["vi"]
    assert not open_texts[0].required


def test_every_rating_can_be_left_open_with_a_special_answer(questionnaire: Questionnaire) -> None:
    for item in questionnaire.items():
        if item.criterion:
            assert any(choice.missing == "dont_know" for choice in item.question.choices), item.code


# Satisfaction of citizens and businesses


def test_22_items_in_five_factors_measure_satisfaction(satisfaction: Questionnaire) -> None:
    items = [item for item in satisfaction.items() if item.criterion == "satisfaction"]
    assert len(items) == 22
    assert Counter(item.factor for item in items) == FACTORS
    assert list(satisfaction.factors) == list(FACTORS)
    assert {item.question.kind for item in items} == {"matrix"}


def test_five_levels_run_from_very_dissatisfied_to_very_satisfied(satisfaction: Questionnaire) -> None:
    [scale] = satisfaction.scales
    assert [choice.text["vi"] for choice in scale.levels] == LEVELS
    assert [choice.text["vi"] for choice in scale.choices if choice.missing] == [
        "Không biết",
        "Không áp dụng",
    ]


def test_citizens_and_businesses_rate_the_same_items() -> None:
    citizens, businesses = (
        [item.code for item in library.load(name).items() if item.criterion == "satisfaction"]
        for name in SATISFACTION
    )
    assert citizens == businesses


def test_citizens_may_keep_their_ethnicity_to_themselves(citizens: Questionnaire) -> None:
    profile = [question.code for question in citizens.questions() if question.profile]
    assert profile == ["sex", "age_group", "education", "area", "ethnicity"]
    assert [question.code for question in citizens.questions() if question.sensitive] == ["ethnicity"]
    assert not question_named(citizens, "ethnicity").required


def test_businesses_give_size_sector_and_age() -> None:
    businesses = library.load("business-satisfaction-2024")
    profile = [question.code for question in businesses.questions() if question.profile]
    assert profile == ["organisation_size", "sector", "years_active", "area"]


def test_three_needs_may_be_chosen_and_not_four(satisfaction: Questionnaire) -> None:
    needs = question_named(satisfaction, "needs")
    chosen = [choice.code for choice in needs.choices[:4]]

    def faults(codes: list[str]) -> list[str]:
        found = check_answers(satisfaction, {"needs": codes}, today=TODAY, complete=False, only=None)
        return [fault.place for fault in found]

    assert faults(chosen[:3]) == []
    assert faults(chosen) == ["needs"]


# Routes


def asked_codes(questionnaire: Questionnaire, answers: Mapping[str, Any]) -> set[str]:
    sections = asked(questionnaire, answers, today=TODAY)
    return {question.code for section in sections for question in section.questions}


def test_a_result_is_rated_only_by_those_who_received_it(satisfaction: Questionnaire) -> None:
    received = asked_codes(satisfaction, {"result_received": "yes"})
    waiting = asked_codes(satisfaction, {"result_received": "not_yet"})
    assert received - waiting == {"results_items", "on_time"}


def test_an_apology_is_asked_about_only_after_a_late_result(satisfaction: Questionnaire) -> None:
    late = {"result_received": "yes", "on_time": "late"}
    assert "apology" in asked_codes(satisfaction, late)
    assert "apology" not in asked_codes(satisfaction, late | {"on_time": "early"})


def test_what_came_of_feedback_is_asked_of_those_who_gave_some(citizens: Questionnaire) -> None:
    assert "feedback_handling" in asked_codes(citizens, {"gave_feedback": "yes"})
    assert "feedback_handling" not in asked_codes(citizens, {"gave_feedback": "no"})


# What the four of them ask for a framework


def asking() -> Iterator[tuple[str, str, str]]:
    """Framework, the group asked and the subject, for every rating the frameworks weigh."""
    for name in COVERED:
        for leaf in frameworks.load(name).survey_leaves:
            for group in leaf.groups:
                yield name, group, str(leaf.subject)


def without(questionnaire: Questionnaire, subject: str) -> Questionnaire:
    """The questionnaire without the questions, or lines of a matrix, that feed a subject."""

    def thinned(question: Question) -> Question | None:
        rows = tuple(row for row in question.rows if row.criterion != subject)
        fed = question.criterion == subject if not question.rows else not rows
        return None if fed else replace(question, rows=rows)

    sections = (
        replace(section, questions=tuple(filter(None, map(thinned, section.questions))))
        for section in questionnaire.sections
    )
    return replace(questionnaire, sections=tuple(section for section in sections if section.questions))


@pytest.mark.parametrize("name", COVERED)
def test_together_they_ask_all_that_a_framework_weighs_and_nothing_in_vain(name: str) -> None:
    found = coverage(frameworks.load(name), [library.load(form) for form in NAMES])
    assert found.faults() == []
    weighed = {(leaf.code, group) for leaf in frameworks.load(name).survey_leaves for group in leaf.groups}
    assert {(asking.leaf.code, asking.group) for asking in found.asked} == weighed


@pytest.mark.parametrize("name", COVERED)
def test_the_rule_of_a_criterion_can_read_every_answer_to_its_questions(name: str) -> None:
    framework, forms = frameworks.load(name), [library.load(form) for form in NAMES]
    items = {(form.group, item.code): item for form in forms for item in form.items()}
    for asking in coverage(framework, forms).asked:
        assert asking.leaf.rule is not None
        for code in asking.items:
            levels = items[asking.group, code].levels
            values = [answer_values(asking.leaf.rule, levels)[level.code] for level in levels]
            assert values == sorted(values)  # the better the answer, the more it is worth
            assert 0 <= values[0] < values[-1] == 1


def test_ha_noi_needs_no_deputies() -> None:
    forms = [library.load(name) for name in (*SATISFACTION, "officials-2024")]
    assert coverage(frameworks.load("ha-noi-phong-2019"), forms).faults() == []


@pytest.mark.parametrize(("name", "group", "subject"), list(asking()))
def test_a_question_taken_away_is_missed_at_its_criterion(name: str, group: str, subject: str) -> None:
    framework = frameworks.load(name)
    forms = [library.load(form) for form in NAMES]
    thinned = [without(form, subject) if form.group == group else form for form in forms]
    [leaf] = [leaf for leaf in framework.survey_leaves if leaf.subject == subject]

    [fault] = coverage(framework, thinned).faults()

    assert fault.place == leaf.code
    assert leaf.title["vi"] in str(fault)


def test_a_group_without_its_questionnaire_is_missed_at_every_criterion_it_rates() -> None:
    framework = frameworks.load("dak-lak-so-2022")
    forms = [library.load(name) for name in NAMES if name != "officials-2024"]
    rated = [leaf.code for leaf in framework.survey_leaves if "official" in leaf.groups]
    assert [fault.place for fault in coverage(framework, forms).faults()] == rated


def test_a_second_form_for_the_same_group_would_count_double() -> None:
    officials = library.load("officials-2024")
    again = replace(officials, code="officials-again")
    found = coverage(frameworks.load("hoa-binh-so-2024"), [*map(library.load, NAMES), again])
    assert {asking.group for asking in found.twice} == {"official"}
    assert len(found.twice) == sum(item.criterion is not None for item in officials.items())
