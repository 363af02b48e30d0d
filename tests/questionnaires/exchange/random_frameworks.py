"""Sound frameworks at random: trees of any shape with every rule, kind, group and language."""

from __future__ import annotations

import math
from typing import Any

from hypothesis import strategies as st

from questionnaires.check_rules import READINGS, RULES
from questionnaires.schema import GROUPS

LETTERS = st.text("aăâđ ÊỆ=+-@#(),.;:1290\n\"'<&>", min_size=1, max_size=12).filter(str.strip)
NUMBERS = st.integers(1, 40).map(float) | st.floats(0.001, 100, allow_nan=False)
PERCENTS = st.integers(0, 100) | st.floats(0.001, 100)
UNIT_TYPES = ("so", "ban", "thanh_tra")
MOST_NODES = 8


def texts() -> st.SearchStrategy[dict[str, str]]:
    return st.fixed_dictionaries({"vi": LETTERS}, optional={"en": LETTERS, "fr": LETTERS})


@st.composite
def readings(draw: st.DrawFn, name: str) -> dict[str, Any]:
    """The parameters of one way to read answers."""
    if name == "option_weights":
        answers = st.sampled_from(["tot", "kha", "1", "a-b", "x_2"])
        return {"weights": draw(st.dictionaries(answers, PERCENTS, min_size=1))}
    if name == "scaled_mean":
        return draw(st.sampled_from([{}, {"origin": "zero"}, {"origin": "one"}]))
    return {"fact": "ho_so_tre"} if name == "fact" else {}


@st.composite
def rules(draw: st.DrawFn, points: float) -> dict[str, Any]:
    name = draw(st.sampled_from(list(RULES)))
    if name in READINGS:
        return {"name": name, **draw(readings(name))}
    reading = draw(st.sampled_from(list(READINGS)))
    rule = {"name": name, "of": reading, **draw(readings(reading))}
    if name == "thresholds":
        zero, full = sorted(draw(st.lists(PERCENTS, min_size=2, max_size=2, unique_by=float)))
        more = [{"zero": zero}, {"between": "interpolate"}, {"between": "ratio"}]
        rule |= {"full": full} | draw(st.sampled_from(more))
    if name == "bands":
        starts = sorted(draw(st.lists(PERCENTS, min_size=1, max_size=3, unique_by=float)), reverse=True)
        rule["levels"] = [{"at_least": start, "points": points / (at + 1)} for at, start in enumerate(starts)]
    return rule


@st.composite
def weights(draw: st.DrawFn) -> dict[str, float]:
    groups = draw(st.lists(st.sampled_from(GROUPS), min_size=1, max_size=3, unique=True))
    return dict.fromkeys(groups, 1 / len(groups))


@st.composite
def leaves(draw: st.DrawFn) -> dict[str, Any]:
    """What a leaf has beside its code, title and parent."""
    points = draw(NUMBERS)
    assessed_by = draw(st.sampled_from(["evidence", "survey"]))
    leaf: dict[str, Any] = {"max_points": points, "assessed_by": assessed_by}
    if leaf["assessed_by"] == "survey":
        leaf |= {"rule": draw(rules(points)), "groups": draw(weights())}
        leaf |= draw(st.sampled_from([{}, {"combine": "pooled"}]))
    else:
        leaf |= draw(st.fixed_dictionaries({}, optional={"evidence": texts(), "in_charge": LETTERS}))
    applies = st.lists(st.sampled_from(UNIT_TYPES), min_size=1, unique=True)
    kinds = st.sampled_from(["bonus", "penalty"])
    more = {
        "applies_to": applies,
        "illustrative": st.just(True),
        "kind": kinds,
        "subject": st.uuids().map(str),
    }
    return leaf | draw(st.fixed_dictionaries({}, optional=more))


@st.composite
def frameworks(draw: st.DrawFn) -> dict[str, Any]:
    """A definition: each node under none or one before it, with codes that mislead about the tree."""
    size = draw(st.integers(1, MOST_NODES))
    form = draw(st.sampled_from(["{}", "1.{}", "c_{}", "I.{}", "a{}"]))
    parents = [None, *(draw(st.none() | st.integers(0, at - 1)) for at in range(1, size))]
    codes = [form.format(number) for number in range(1, size + 1)]
    nodes: list[dict[str, Any]] = []
    for at, parent in enumerate(parents):
        node = {"code": codes[at], "title": draw(texts())}
        above = {} if parent is None else {"parent": codes[parent]}
        leaf = {} if at in parents else draw(leaves())
        if parents.index(parent) == at:  # so that every sum has a part of its own kind
            leaf.pop("kind", None)
        nodes.append(node | above | leaf)
    add_up(nodes, parents)
    fields = (node for node in nodes if "parent" not in node and node.get("kind", "points") == "points")
    return {
        "code": "so-2025",
        "version": draw(LETTERS),
        "title": draw(texts()),
        "decision": {"number": draw(LETTERS), "issuer": draw(LETTERS), "date": draw(st.dates().map(str))},
        "applies_to": list(UNIT_TYPES),
        "scale": math.fsum(node["max_points"] for node in fields),
        "nodes": nodes,
        "bands": [{"code": "tot", "title": draw(texts()), "when": "${index} >= 90 and ${tre} < 5"}],
        "ranking_groups": [{"code": "so-nganh", "title": draw(texts()), "ranked": draw(st.booleans())}],
        "survey_optional": draw(st.booleans()),
        "tie": draw(st.sampled_from([{}, {"rule": "criterion", "criterion": codes[0]}])),
        "decimals": draw(st.integers(0, 6)),
        "changes": [{"kind": "renamed", "before": draw(texts()), "after": draw(texts()), "code": codes[0]}],
    }


def add_up(nodes: list[dict[str, Any]], parents: list[int | None]) -> None:
    """Give inner nodes the sum of their parts; parts stand after what they belong to."""
    for at in reversed(range(len(nodes))):
        parts = [nodes[part] for part, parent in enumerate(parents) if parent == at]
        counted = [part["max_points"] for part in parts if part.get("kind", "points") == "points"]
        if parts:
            nodes[at]["max_points"] = sum(counted)
