"""A planner writes a framework down: the tree must add up, and every rule must know what it needs."""

import datetime
import json
from dataclasses import replace

import pytest

from questionnaires import DefinitionError, dump_framework, parse_framework
from questionnaires.check import check_framework
from tests.questionnaires.forms import words


def node(code, parent=None, **more):
    return {"code": code, "title": words(code)} | ({"parent": parent} if parent else {}) | more


def evidence(code, parent, points, **more):
    return node(code, parent, max_points=points, assessed_by="evidence", **more)


@pytest.fixture
def index():
    """Two fields, 60 + 40 points; one criterion has parts, one is rated by citizens and officials."""
    rated = {
        "assessed_by": "survey",
        "rule": {"name": "top2_share"},
        "groups": {"citizen": 0.6, "official": 0.4},
    }
    return {
        "code": "so-2022",
        "version": "1",
        "title": {"vi": "Bộ chỉ số"},
        "applies_to": ["so", "ban"],
        "decision": {"number": "12/QĐ-UBND", "issuer": "UBND tỉnh", "date": "2022-12-20"},
        "nodes": [
            node("1"),
            node("1.1", "1"),
            evidence("1.1.1", "1.1", 0.1),
            evidence("1.1.2", "1.1", 0.2),
            evidence("1.2", "1", 59.7),
            node("2", max_points=40),
            node("2.1", "2", max_points=10, subject="satisfaction", **rated),
            evidence("2.2", "2", 30, applies_to=["so"]),
            evidence("2.3", "2", 5, kind="bonus"),
        ],
        "bands": [
            {
                "code": "a",
                "title": words("Tốt"),
                "when": "${index} >= 90 and ${field_1} >= 80 and ${late} < 5",
            },
            {"code": "b", "title": words("Khá"), "when": "${lowest_field} > 0"},
        ],
        "ranking_groups": [{"code": "so-nganh", "title": words("Sở, ngành")}],
        "tie": {"rule": "criterion", "criterion": "2.1"},
        "changes": [{"kind": "renamed", "before": words("Cũ"), "after": words("Mới"), "code": "1.2"}],
    }


def faults_of(definition):
    """Place → sentence of every fault."""
    with pytest.raises(DefinitionError) as error:
        parse_framework(definition)
    return {fault.place: fault.sentence(language="en") for fault in error.value.faults}


def test_a_sound_definition_becomes_a_record_and_comes_back(index):
    framework = parse_framework(index)
    assert check_framework(framework) == []
    assert parse_framework(json.loads(json.dumps(dump_framework(framework)))) == framework
    assert framework.decision.date == datetime.date(2022, 12, 20)
    assert [leaf.code for leaf in framework.survey_leaves] == ["2.1"]
    assert framework.ranking_groups[0].ranked


def test_inner_nodes_are_worth_their_parts_and_bonus_stands_outside(index):
    points = {node.code: node.max_points for node in parse_framework(index).nodes}
    assert points["1.1"] == pytest.approx(0.3)
    assert points["1"] == pytest.approx(60)
    assert points["2"] == 40


def test_nodes_may_stand_in_any_order(index):
    index["nodes"].reverse()
    framework = parse_framework(index)
    assert framework.by_code["1"].max_points == pytest.approx(60)
    assert [framework.depth(framework.by_code[code]) for code in ("1", "1.1", "1.1.1")] == [1, 2, 3]


def test_a_date_of_toml_is_a_date(index):
    index["decision"]["date"] = datetime.date(2022, 12, 20)
    assert parse_framework(index).decision.date == datetime.date(2022, 12, 20)


def test_ten_faults_are_named_at_once(index):
    del index["decision"]["number"]
    index["decision"]["date"] = "20/12/2022"
    index["nodes"][2]["max_point"] = 1
    index["nodes"][3]["parent"] = "1.11"
    index["nodes"][5]["max_points"] = 41
    index["nodes"][6]["groups"] = {"citizen": 0.6, "officials": 0.3}
    index["nodes"][6]["rule"] = {"name": "top_2_share"}
    index["nodes"][7]["assessed_by"] = "none"
    index["bands"][1]["when"] = "${lowest_feild} > 0"
    index["tie"]["criterion"] = "2.9"
    faults = faults_of(index)
    expected = {
        "bands.2.when": "“lowest_feild” is not known here. Did you mean “lowest_field”?",
        "decision.date": 'A date such as “2022-12-20” is expected here; found "20/12/2022".',
        "decision.number": "“number” is missing.",
        "nodes": "The fields add up to 100.8 points; the scale is 100.",
        "nodes.3.max_point": "“max_point” means nothing here. Did you mean “max_points”?",
        "nodes.4.parent": "“1.1.2” hangs under “1.11”, which does not exist.",
        "nodes.6.max_points": "“2” is worth 41 points, but its parts add up to 40.",
        "nodes.7.groups": "The weights of the groups of “2.1” add up to 0.9, not to 1.",
        "nodes.7.groups.officials": "“officials” is not known here. Did you mean “official”?",
        "nodes.7.rule.name": "“top_2_share” is not known here. Did you mean “top2_share”?",
        "nodes.8.assessed_by": "It is not said how “2.2” is assessed: by evidence or by survey.",
    }
    assert {place: faults.get(place) for place in expected} == expected


@pytest.mark.parametrize(
    ("change", "place", "complaint"),
    [
        (lambda it: it.update(nodes=[]), "nodes", "at least one field"),
        (lambda it: it.pop("decision"), "decision", "missing"),
        (lambda it: it.update(title={"en": "Index"}), "title.vi", "missing"),
        (lambda it: it.update(applies_to=[]), "applies_to", "At least one type of unit"),
        (lambda it: it.update(decimals=7), "decimals", "found 7"),
        (lambda it: it.update(decimals=2.0), "decimals", "whole number"),
        (lambda it: it.update(scale=0), "scale", "above 0"),
        (lambda it: it.update(scale=10**400), "scale", "A number is expected"),
        (lambda it: it["nodes"].append(evidence("1.2", "1", 1)), "nodes.10.code", "more than once"),
        (lambda it: it["nodes"][1].update(parent="1.1"), "nodes.2.parent", "hangs under itself"),
        (lambda it: it["nodes"][4].update(max_points=59.6), "nodes", "add up to 99.9 points"),
        (lambda it: it["nodes"][4].update(max_points=0), "nodes.5.max_points", "points above 0"),
        (lambda it: it["nodes"][4].pop("max_points"), "nodes.5.max_points", "points above 0"),
        (lambda it: it["nodes"][4].update(max_points=float("nan")), "nodes.5.max_points", "number"),
        (lambda it: it["nodes"][4].update(assessed_by="evidance"), "nodes.5.assessed_by", "“evidence”"),
        (lambda it: it["nodes"][4].update(groups={"citizen": 1}), "nodes.5.groups", "no group rates it"),
        (
            lambda it: it["nodes"][4].update(subject="satisfaction"),
            "nodes.7.subject",
            "already names another",
        ),
        (lambda it: it["nodes"][4].update(subject="2.2"), "nodes.5.subject", "already names another"),
        (
            lambda it: it["nodes"][4].update(applies_to=["phong"]),
            "nodes.5.applies_to.1",
            "there are: so, ban",
        ),
        (lambda it: it["nodes"][1].update(applies_to=["so"]), "nodes.2.applies_to", "out of place"),
        (lambda it: it["nodes"][6].pop("rule"), "nodes.7.rule", "needs a rule"),
        (lambda it: it["nodes"][6].pop("groups"), "nodes.7.groups", "needs the groups"),
        (
            lambda it: it["nodes"][6].update(groups={"citizen": 0, "official": 1}),
            "nodes.7.groups.citizen",
            "above 0",
        ),
        (lambda it: it["nodes"][6].update(groups={"citizen": "1"}), "nodes.7.groups.citizen", "number"),
        (lambda it: it["nodes"][6].update(combine="pool"), "nodes.7.combine", "“pooled”"),
        (lambda it: it["nodes"][8].update(kind="extra"), "nodes.9.kind", "points, bonus, penalty"),
        (lambda it: it["bands"][0].pop("when"), "bands.1.when", "missing"),
        (lambda it: it["bands"][0].update(when=" "), "bands.1.when", "empty"),
        (lambda it: it["bands"][0].update(when="90"), "bands.1.when", "names no result"),
        (lambda it: it["bands"][0].update(when="${field_9} > 1"), "bands.1.when", "field_9"),
        (lambda it: it["bands"][1].update(code="a"), "bands.2.code", "more than once"),
        (lambda it: it["ranking_groups"][0].update(ranked="no"), "ranking_groups.1.ranked", "true"),
        (lambda it: it["tie"].update(rule="lottery"), "tie.rule", "shared, criterion"),
        (lambda it: it["tie"].pop("criterion"), "tie.criterion", "none is named"),
        (lambda it: it["tie"].update(rule="shared"), "tie.criterion", "no criterion decides"),
        (lambda it: it["changes"][0].update(kind="moved"), "changes.1.kind", "dropped, renamed, added"),
        (lambda it: it["changes"][0].update(code="9"), "changes.1.code", "not known"),
        (lambda it: it["changes"][0].pop("before"), "changes.1.before.vi", "missing"),
    ],
)
def test_faults_of_a_framework(index, change, place, complaint):
    change(index)
    assert complaint in faults_of(index)[place]


@pytest.mark.parametrize(
    "rule",
    [
        {"name": "option_weights", "weights": {"good": 100, "fair": 60.5, "poor": 0}},
        {"name": "top2_share"},
        {"name": "scaled_mean"},
        {"name": "scaled_mean", "origin": "one"},
        {"name": "linear", "of": "scaled_mean", "origin": "zero"},
        {"name": "linear", "of": "fact", "fact": "sipas"},
        {"name": "thresholds", "of": "top2_share", "full": 90},
        {"name": "thresholds", "of": "top2_share", "full": 90, "zero": 50, "between": "interpolate"},
        {
            "name": "bands",
            "of": "scaled_mean",
            "levels": [{"at_least": 80, "points": 10}, {"at_least": 50, "points": 5}],
        },
    ],
)
def test_each_rule_with_what_it_needs(index, rule):
    index["nodes"][6]["rule"] = rule
    framework = parse_framework(index)
    assert dump_framework(framework)["nodes"][6]["rule"] == rule


@pytest.mark.parametrize(
    ("rule", "place", "complaint"),
    [
        ({}, "name", "missing"),
        ({"name": "option_weights"}, "weights", "percentage each answer is worth"),
        ({"name": "option_weights", "weights": {"good": 101}}, "weights.good", "from 0 to 100"),
        ({"name": "option_weights", "weights": {"good": "all"}}, "weights.good", "A number is expected"),
        ({"name": "option_weights", "weights": {"rất tốt": 100}}, "weights.rất tốt", "no code"),
        ({"name": "top2_share", "of": "fact"}, "of", "means nothing here"),
        ({"name": "scaled_mean", "origin": "two"}, "origin", "zero, one"),
        ({"name": "linear"}, "of", "missing"),
        ({"name": "linear", "of": "mean"}, "of", "scaled_mean"),
        ({"name": "linear", "of": "fact"}, "fact", "missing"),
        ({"name": "linear", "of": "fact", "fact": "Tỷ lệ"}, "fact", "no code"),
        ({"name": "thresholds", "of": "top2_share"}, "full", "missing"),
        ({"name": "thresholds", "of": "top2_share", "full": 50, "zero": 50}, "full", "must be above"),
        (
            {"name": "thresholds", "of": "top2_share", "full": 150},
            "full",
            "from 0 to 100 is expected here; found 150.",
        ),
        ({"name": "thresholds", "of": "top2_share", "full": 90, "between": "linear"}, "between", "ratio"),
        ({"name": "bands", "of": "top2_share"}, "levels", "missing"),
        ({"name": "bands", "of": "top2_share", "levels": []}, "levels", "no levels"),
        ({"name": "bands", "of": "top2_share", "levels": [{"at_least": 50}]}, "levels.1.points", "missing"),
        (
            {"name": "bands", "of": "top2_share", "levels": [{"at_least": 50, "points": 11}]},
            "levels.1.points",
            "between 0 and 10 points; found 11",
        ),
        (
            {
                "name": "bands",
                "of": "top2_share",
                "levels": [{"at_least": 50, "points": 1}, {"at_least": 80, "points": 2}],
            },
            "levels.2.at_least",
            "50, then 80",
        ),
    ],
)
def test_faults_of_a_rule(index, rule, place, complaint):
    index["nodes"][6]["rule"] = rule
    faults = faults_of(index)
    assert list(faults) == [f"nodes.7.rule.{place}"]
    assert complaint in faults[f"nodes.7.rule.{place}"]


def test_a_thousand_levels_of_parents_are_a_tree_like_any_other(index):
    chain = [node(f"c{level}", f"c{level - 1}" if level else None) for level in range(1000)]
    index["nodes"] = [*chain, evidence("leaf", "c999", 100)]
    index["tie"] = {}
    index["bands"] = []
    index["changes"] = []
    assert parse_framework(index).by_code["c0"].max_points == 100


def test_numbers_in_sentences_are_written_as_the_reader_writes_them(index):
    framework = replace(parse_framework(index), scale=99.5)
    [fault] = check_framework(framework)
    assert fault.sentence(language="vi").endswith("the scale is 99,5.")
    assert fault.sentence(language="en").endswith("the scale is 99.5.")
