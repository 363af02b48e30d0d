"""A planner picks a rule and fills in its numbers; the form asks just what the rule's checker knows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaires import frameworks
from questionnaires.check_rules import READINGS, RULES, check_rule
from questionnaires.editing.rule_fields import (
    READING_NAMES,
    RULE_HELP,
    RULE_NAMES,
    parameters_asked,
    rule_parameters,
    with_defaults,
)
from questionnaires.editing.rule_forms import fields_of_rule, rule_from_fields
from questionnaires.framework import Rule

SOUND = {
    "of": "top2_share",
    "weights": {"good": 100.0, "fair": 62.5, "poor": 0.0},
    "origin": "one",
    "fact": "on_time_share",
    "full": 80.0,
    "zero": 50.0,
    "between": "interpolate",
    "levels": [{"at_least": 80.0, "points": 2.0}, {"at_least": 50.0, "points": 0.5}],
}
"""A good value for every parameter there is."""

CELLS = ("at_least", "points", "code", "percent")


def sound(name, of):
    given = {asked.name: SOUND[asked.name] for asked in parameters_asked(name, of)}
    return Rule(name, given | ({"of": of} if "of" in given else {}))


def places(faults):
    return {fault.place: fault.sentence(language="en") for fault in faults}


EVERY_RULE = [
    (name, of) for name, method in RULES.items() for of in (READINGS if not method.reading else [None])
]


@pytest.mark.parametrize(("name", "of"), EVERY_RULE)
def test_a_form_asks_all_that_a_rule_takes_and_nothing_else(name, of):
    rule = sound(name, of)
    assert check_rule("rule", rule, 5) == []
    for asked in parameters_asked(name, of):
        without = Rule(name, {key: value for key, value in rule.parameters.items() if key != asked.name})
        assert bool(check_rule("rule", without, 5)) == (asked.default is None)
        if asked.default is not None:
            assert check_rule("rule", Rule(name, {**without.parameters, asked.name: asked.default}), 5) == []
            assert with_defaults(without).parameters[asked.name] == asked.default
        for option in asked.options:
            if asked.name != "of":
                assert check_rule("rule", Rule(name, {**rule.parameters, asked.name: option}), 5) == []


def test_every_rule_reading_and_field_has_words():
    assert RULE_NAMES.keys() == RULE_HELP.keys() == RULES.keys()
    assert READING_NAMES.keys() == READINGS.keys()
    for name in RULES:
        assert all(asked.label and asked.help for asked in rule_parameters(name))


@pytest.mark.parametrize(("name", "of"), EVERY_RULE)
def test_what_a_form_shows_is_the_rule_again(name, of):
    assert rule_from_fields(name, fields_of_rule(sound(name, of)), 5) == (sound(name, of), ())


@pytest.mark.parametrize("framework", frameworks.names())
def test_rules_of_shipped_frameworks_stand_in_their_forms(framework):
    for leaf in frameworks.load(framework).leaves:
        if leaf.rule is not None:
            rule, faults = rule_from_fields(leaf.rule.name, fields_of_rule(leaf.rule), leaf.max_points)
            assert faults == ()
            assert with_defaults(rule) == with_defaults(leaf.rule)


def test_numbers_are_read_and_shown_as_vietnamese_people_write_them():
    written = {"of": "fact", "fact": "on_time_share", "full": "92,5 %", "zero": " 50 "}
    rule, faults = rule_from_fields("thresholds", written)
    assert rule.parameters == {"of": "fact", "fact": "on_time_share", "full": 92.5, "zero": 50}
    assert faults == ()
    assert fields_of_rule(rule)["full"] == "92,5"
    assert fields_of_rule(rule)["between"] == "ratio"


def test_fields_of_another_reading_are_not_read():
    written = {"of": "top2_share", "fact": "Trễ hạn", "origin": "one", "weights.1.code": "a"}
    assert rule_from_fields("linear", written) == (Rule("linear", {"of": "top2_share"}), ())


def test_everything_wrong_is_said_at_once_at_its_field():
    written = {"full": "tám mươi", "between": "evenly", "zero": "101"}
    _, faults = rule_from_fields("thresholds", written)
    assert places(faults) == {
        "of": "Something is needed here.",
        "full": "“tám mươi” is not a number. Write it in digits, such as 12 or 3,5.",
        "zero": "A percentage from 0 to 100 is expected here; found 101.",
        "between": "“evenly” is not known here; there are: ratio, interpolate.",
    }


def test_faults_of_levels_stand_at_the_rows_as_they_were_written():
    written = {
        "of": "top2_share",
        "levels.1.at_least": "",  # a row left blank is none
        "levels.1.points": " ",
        "levels.2.at_least": "50",
        "levels.2.points": "6",
        "levels.5.at_least": "80",
        "levels.5.points": "",
        "levels.10.at_least": "x",
        "levels.10.points": "1",
    }
    rule, faults = rule_from_fields("bands", written, 5)
    assert places(faults) == {
        "levels.2.points": "A level gives between 0 and 5 points; found 6.",
        "levels.5.points": "Something is needed here.",
        "levels.5.at_least": "Each level must begin below the one before it: 50, then 80.",
        "levels.10.at_least": "“x” is not a number. Write it in digits, such as 12 or 3,5.",
    }
    assert rule.parameters["levels"][0] == {"at_least": 50, "points": 6}


def test_faults_of_weights_stand_at_the_answer_or_its_percentage():
    written = {
        "weights.1.code": "tốt",
        "weights.1.percent": "100",
        "weights.2.code": "fair",
        "weights.2.percent": "160",
        "weights.3.code": "fair",
        "weights.3.percent": "20",
        "weights.4.percent": "0",
    }
    _, faults = rule_from_fields("option_weights", written)
    assert set(places(faults)) == {"weights.1.code", "weights.2.percent", "weights.3.code", "weights.4.code"}
    assert places(faults)["weights.3.code"] == "The answer “fair” stands here twice."


def test_a_rule_without_rows_says_so():
    assert places(rule_from_fields("option_weights", {})[1]) == {
        "weights": "The rule needs the percentage each answer is worth."
    }
    assert places(rule_from_fields("bands", {"of": "top2_share"})[1]) == {"levels": "The rule has no levels."}


def test_an_unknown_rule_is_a_fault_and_has_no_form():
    rule, faults = rule_from_fields("top_2_share", {})
    assert places(faults) == {"name": "“top_2_share” is not known here. Did you mean “top2_share”?"}
    assert fields_of_rule(rule) == {}
    with pytest.raises(LookupError):
        rule_parameters("top_2_share")


ROWS = [f"{name}.{number}.{cell}" for name in ("levels", "weights") for number in "012" for cell in CELLS]
FIELD = st.sampled_from([*SOUND, *ROWS, "levels.x"])


@given(
    st.sampled_from(list(RULES)),
    st.dictionaries(FIELD, st.text(max_size=8) | st.sampled_from([*READINGS, "9"])),
)
def test_no_form_is_too_strange_to_read(name, written):
    rule, faults = rule_from_fields(name, written, 5)
    assert all(fault.sentence() for fault in faults)
    if not faults:
        assert check_rule("rule", rule, 5) == []
        assert with_defaults(rule_from_fields(name, fields_of_rule(rule), 5)[0]) == with_defaults(rule)


@given(
    st.sampled_from(list(RULES)),
    st.dictionaries(
        st.sampled_from(list(SOUND)),
        st.recursive(
            st.none() | st.text(max_size=4) | st.floats() | st.integers() | st.sampled_from(list(READINGS)),
            lambda inner: (
                st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2)
            ),
        ),
    ),
)
def test_a_faulty_rule_of_a_draft_has_a_form_too(name, parameters):
    shown = fields_of_rule(Rule(name, parameters))
    assert all(isinstance(text, str) for text in shown.values())
