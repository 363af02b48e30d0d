"""A planner lays the questionnaires beside the framework: is everybody asked what the points depend on?"""

import pytest

from questionnaires import dump_framework, examine_questionnaire, parse_framework, parse_questionnaire
from questionnaires.check import coverage
from questionnaires.coverage import GROUP_NAMES
from questionnaires.schema import GROUPS
from tests.questionnaires.forms import AGREE, definition, question, section, words


@pytest.fixture
def framework():
    """Manners are rated by citizens and officials, advice by officials, the rest by evidence."""
    survey = {"assessed_by": "survey", "rule": {"name": "top2_share"}}
    return parse_framework(
        {
            "code": "xa",
            "version": "1",
            "title": words("Bộ chỉ số"),
            "applies_to": ["xa"],
            "decision": {"number": "1/QĐ", "issuer": "UBND"},
            "nodes": [
                {"code": "1", "title": words("Lĩnh vực")},
                {
                    "code": "1.1",
                    "parent": "1",
                    "title": {"vi": "Thái độ", "en": "Manners"},
                    "max_points": 10,
                    "subject": "manners",
                    "groups": {"citizen": 0.5, "official": 0.5},
                    **survey,
                },
                {
                    "code": "1.2",
                    "parent": "1",
                    "title": {"vi": "Tham mưu", "en": "Advice"},
                    "max_points": 5,
                    "groups": {"official": 1},
                    **survey,
                },
                {
                    "code": "1.3",
                    "parent": "1",
                    "title": words("Khác"),
                    "max_points": 85,
                    "assessed_by": "evidence",
                },
            ],
        }
    )


def asks(group, *criteria, code=None):
    """A questionnaire of a group with one question for each criterion."""
    rated = [
        question(f"q{number}", "scale", scale="agree", criterion=criterion)
        for number, criterion in enumerate(criteria, 1)
    ]
    return parse_questionnaire(
        definition(section("s", *rated), scales=[AGREE], group=group) | {"code": code or f"{group}-form"}
    )


def pairs(askings):
    return [(asking.leaf.code, asking.group) for asking in askings]


def test_all_is_asked(framework):
    found = coverage(framework, [asks("citizen", "manners"), asks("official", "1.1", "1.2")])
    assert pairs(found.asked) == [("1.1", "citizen"), ("1.1", "official"), ("1.2", "official")]
    assert found.faults() == []


def test_a_question_taken_away_is_missed(framework):
    found = coverage(framework, [asks("citizen", "manners"), asks("official", "1.1")])
    assert pairs(found.unasked) == [("1.2", "official")]
    [fault] = found.faults()
    assert fault.place == "1.2"
    assert (
        fault.sentence(language="en")
        == "“Advice” (1.2) counts answers of officials, but no question asks them."
    )
    vietnamese = {
        fault.template: "“%(title)s” thiếu câu hỏi cho %(group)s.",
        "officials": "cán bộ, công chức",
    }
    assert fault.sentence(vietnamese.get, "vi") == "“Tham mưu” thiếu câu hỏi cho cán bộ, công chức."


def test_without_questionnaires_nothing_is_asked(framework):
    assert pairs(coverage(framework, []).unasked) == [
        ("1.1", "citizen"),
        ("1.1", "official"),
        ("1.2", "official"),
    ]


def test_several_items_of_one_questionnaire_measure_one_criterion_together(framework):
    found = coverage(framework, [asks("citizen", "manners", "1.1"), asks("official", "manners", "1.2")])
    assert [asking.items for asking in found.asked] == [("q1", "q2"), ("q1",), ("q2",)]
    assert found.faults() == []


def test_two_questionnaires_of_one_group_would_count_twice(framework):
    forms = [asks("citizen", "manners"), asks("citizen", "1.1", code="other"), asks("official", "1.1", "1.2")]
    found = coverage(framework, forms)
    assert pairs(found.twice) == [("1.1", "citizen")]
    [fault] = found.faults()
    assert "citizen-form (1), other (1)" in fault.sentence()


def test_a_group_whose_answers_do_not_count_is_asked_in_vain(framework):
    found = coverage(framework, [asks("citizen", "manners", "1.2"), asks("official", "manners", "1.2")])
    assert pairs(found.unweighed) == [("1.2", "citizen")]
    assert "their answers do not count" in found.faults()[0].sentence()


def test_criteria_of_other_frameworks_and_evidence_are_passed_over(framework):
    forms = [asks("citizen", "manners", "speed", "1.3"), asks("official", "manners", "1.2")]
    assert coverage(framework, forms).faults() == []


def test_a_criterion_that_takes_its_rate_from_a_fact_asks_nobody(framework):
    definition = dump_framework(framework)
    definition["nodes"][2] |= {"rule": {"name": "linear", "of": "fact", "fact": "sipas"}}
    del definition["nodes"][2]["groups"]
    found = coverage(parse_framework(definition), [])
    assert pairs(found.unasked) == [("1.1", "citizen"), ("1.1", "official")]


def test_a_draft_that_does_not_say_whom_it_asks_covers_nothing(framework):
    form = definition(section("s", question("q1", "scale", scale="agree", criterion="1.1")), scales=[AGREE])
    asking, _faults = examine_questionnaire({**form, "group": None})
    assert coverage(framework, [asking]).asked == ()


def test_every_group_has_a_name_for_sentences():
    assert tuple(GROUP_NAMES) == GROUPS
