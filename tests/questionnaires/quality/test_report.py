"""All signals of a survey on one table, and what an analyst is shown for each."""

import pytest

from questionnaires import library
from questionnaires.quality import SAME_TEXT, STRAIGHT_LINING, SameText, signals_of

DEPUTIES = library.load("deputies-2024")
PASTED = "Cần công khai hơn nữa kết quả giải quyết."
STRAIGHT = {item.code: "good" for item in DEPUTIES.items() if item.criterion}
MIXED = STRAIGHT | {"leadership": "poor"}


@pytest.fixture
def report():
    records = [
        ("a", STRAIGHT | {"comment": PASTED}),
        ("b", MIXED | {"comment": PASTED}),
        ("c", MIXED),
        ("d", {"comment": PASTED.upper()}),
        ("e", STRAIGHT),
    ]
    return signals_of(DEPUTIES, iter(records), {"c": {"fast"}, "e": ["fast", "burst"], "gone": {"fast"}})


def test_each_response_has_its_signals_and_a_clean_one_is_not_named(report):
    assert report.kinds == {
        "a": {STRAIGHT_LINING, SAME_TEXT},
        "b": {SAME_TEXT},
        "c": {"fast"},
        "d": {SAME_TEXT},
        "e": {STRAIGHT_LINING, "fast", "burst"},
    }


def test_signals_are_counted_over_the_responses_read(report):
    assert report.responses == 5
    assert report.counts == {STRAIGHT_LINING: 2, SAME_TEXT: 3, "fast": 2, "burst": 1}


def test_the_evidence_is_at_hand(report):
    assert report.same_texts == (SameText("comment", ("a", "b", "d")),)
    assert set(report.straight_lines) == {"a", "e"}
    assert report.straight_lines["a"].run_length == 9


def test_a_person_s_records_of_one_sitting_count_as_one_voice():
    records = [(number, {"comment": PASTED}) for number in range(3)]
    assert signals_of(DEPUTIES, records, {}, dict.fromkeys(range(3), "one")).kinds == {}


def test_a_survey_without_answers_has_no_signals():
    empty = signals_of(DEPUTIES, [], {})
    assert (empty.responses, empty.kinds) == (0, {})
    assert empty.counts == {STRAIGHT_LINING: 0, SAME_TEXT: 0}
