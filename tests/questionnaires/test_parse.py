"""A planner writes a questionnaire down and is told everything that is wrong with it at once."""

import copy
import json

import pytest

from questionnaires import DefinitionError, dump_questionnaire, parse_questionnaire
from questionnaires.check import check_questionnaire

AGREE = [
    {"code": "no", "text": {"vi": "Không", "en": "No"}},
    {"code": "yes", "text": {"vi": "Có", "en": "Yes"}},
    {"code": "dk", "text": {"vi": "Không biết", "en": "Don't know"}, "missing": "dont_know"},
]


def words(text):
    return {"vi": text, "en": text}


@pytest.fixture
def definition():
    """A small form: a filter question, a matrix for those who got their result, a question of every day."""
    return copy.deepcopy(
        {
            "code": "one-stop-2024",
            "version": "1",
            "title": words("Một cửa"),
            "group": "citizen",
            "languages": ["vi", "en"],
            "factors": {"access": words("Tiếp cận")},
            "scales": [{"code": "agree", "choices": AGREE}],
            "sections": [
                {
                    "code": "visit",
                    "title": words("Lần gần nhất"),
                    "questions": [
                        {"code": "received", "kind": "single", "text": words("Đã nhận?"), "scale": "agree"},
                        {
                            "code": "visits",
                            "kind": "integer",
                            "text": words("Mấy lần?"),
                            "constraint": ". >= 0",
                            "constraint_message": words("Từ 0 trở lên."),
                        },
                    ],
                },
                {
                    "code": "rating",
                    "title": words("Hài lòng"),
                    "criterion": "satisfaction",
                    "factor": "access",
                    "relevant": "${received} = 'yes'",
                    "questions": [
                        {
                            "code": "access_items",
                            "kind": "matrix",
                            "text": words("Tiếp cận"),
                            "scale": "agree",
                            "rows": [
                                {"code": "signs", "text": words("Biển hiệu")},
                                {"code": "seats", "text": words("Ghế"), "criterion": "1.2"},
                            ],
                        },
                        {"code": "remarks", "kind": "long_text", "text": words("Góp ý")},
                        {"code": "age", "kind": "integer", "text": words("Tuổi"), "profile": True},
                    ],
                },
            ],
        }
    )


def faults_of(definition):
    """Place → sentence of every fault."""
    with pytest.raises(DefinitionError) as error:
        parse_questionnaire(definition)
    return {fault.place: fault.sentence() for fault in error.value.faults}


def test_a_sound_definition_becomes_a_record_and_comes_back(definition):
    questionnaire = parse_questionnaire(definition)
    assert check_questionnaire(questionnaire) == []
    assert parse_questionnaire(json.loads(json.dumps(dump_questionnaire(questionnaire)))) == questionnaire
    assert dump_questionnaire(questionnaire)["sections"][1]["relevant"] == "${received} = 'yes'"


def test_a_sections_criterion_reaches_what_rates_and_nothing_else(definition):
    fed = {item.code: (item.criterion, item.factor) for item in parse_questionnaire(definition).items()}
    assert fed == {
        "received": (None, None),
        "visits": (None, None),
        "signs": ("satisfaction", "access"),
        "seats": ("1.2", "access"),
        "remarks": (None, None),
        "age": (None, None),
    }


def test_ten_faults_are_named_at_once(definition):
    visit, rating = definition["sections"]
    del definition["title"]["vi"]
    definition["group"] = "citizens"
    definition["illustrative"] = "yes"
    visit["questions"][0]["requird"] = True
    visit["questions"][0]["scale"] = "agre"
    visit["questions"][1]["kind"] = "number"
    visit["questions"][1]["constraint"] = ". >="
    rating["relevant"] = "${recieved} = 'yes'"
    rating["questions"][0]["rows"][1]["code"] = "signs"
    rating["questions"][1]["relevant"] = "${age} > 18"
    assert faults_of(definition) == {
        "group": "“citizens” is not known here. Did you mean “citizen”?",
        "illustrative": '“true” or “false” is expected here; found "yes".',
        "sections.1.questions.1.requird": "“requird” means nothing here. Did you mean “required”?",
        "sections.1.questions.1.scale": "“agre” is not known here. Did you mean “agree”?",
        "sections.1.questions.2.constraint": (
            "The expression ends too early: a value or a bracket is missing at column 5."
        ),
        "sections.1.questions.2.kind": (
            "“number” is not known here; there are: single, multiple, scale, matrix, integer, decimal, text, "
            "long_text, date, rank, note, place, unit."
        ),
        "sections.2.questions.1.rows.2.code": "The code “signs” is used more than once.",
        "sections.2.questions.2.relevant": (
            "The expression depends on “age”, which is asked only here or later."
        ),
        "sections.2.relevant": (
            "The expression names “recieved”, which takes no answer here. Did you mean “received”?"
        ),
        "title.vi": "The text in “vi” is missing.",
    }
