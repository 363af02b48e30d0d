"""Whatever two frameworks are compared: nothing is lost, nothing counted twice, both directions agree."""

import copy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from questionnaires import frameworks
from questionnaires.comparison import compare, history
from questionnaires.comparison.titles import most_similar, similarity
from questionnaires.parse_framework import examine_framework
from tests.questionnaires.random_definitions import broken_frameworks

SHIPPED = {name: frameworks.source(name) for name in frameworks.names()}
TITLES = [
    "Ban hành kế hoạch",
    "Ban hành kế hoạch năm",
    "Thực hiện kế hoạch",
    "Thực hiện kế hoạch năm",
    "",
    "X",
]


@st.composite
def rewritten(draw):
    """A shipped framework with nodes dropped, renamed, re-coded, hung elsewhere; it need not be sound."""
    definition = copy.deepcopy(draw(st.sampled_from(list(SHIPPED.values()))))
    nodes = definition["nodes"]
    for node in draw(st.lists(st.sampled_from(nodes), max_size=8)):
        edit = draw(st.integers(0, 4))
        if edit == 0 and node in nodes:
            nodes.remove(node)
        elif edit == 1:
            node["title"] = {"vi": draw(st.sampled_from(TITLES))}
        elif edit == 2:
            node["code"] = f"n{draw(st.integers(0, 10**6))}"
        elif edit == 3:
            node.pop("subject", None)
        elif nodes:
            node["parent"] = draw(st.sampled_from(nodes))["code"]
    unique = {node["code"]: node for node in nodes}
    definition["nodes"] = list(unique.values())
    return examine_framework(definition)[0]


@pytest.mark.parametrize("name", frameworks.names())
def test_a_shipped_framework_beside_itself_is_kept_whole(name):
    framework = frameworks.load(name)
    found = compare(framework, framework)
    assert {row.kinds for row in found.rows} == {frozenset(["kept"])}
    assert all(row.before is row.after for row in found.rows)
    assert found.totals[0].points == pytest.approx(framework.scale)


WORDS = st.lists(st.sampled_from("abc"), max_size=9).map(tuple)


@given(WORDS, WORDS)
def test_titles_are_as_similar_one_way_as_the_other(one, other):
    assert similarity(one, other) == similarity(other, one) <= most_similar(one, other)
    assert similarity(one, one) == 1


@settings(max_examples=60, deadline=None)
@given(rewritten())
def test_beside_itself_everything_is_kept(framework):
    assert {row.kinds for row in compare(framework, framework).rows} <= {frozenset(["kept"])}


@settings(max_examples=60, deadline=None)
@given(rewritten(), rewritten())
def test_every_node_stands_once_on_its_side(before, after):
    rows = compare(before, after).rows
    assert sorted(row.before.code for row in rows if row.before) == sorted(node.code for node in before.nodes)
    assert [row.after.code for row in rows if row.after]
    assert sorted(row.after.code for row in rows if row.after) == sorted(node.code for node in after.nodes)
    assert all(row.before or row.after for row in rows)


@settings(max_examples=60, deadline=None)
@given(rewritten(), rewritten())
def test_what_is_dropped_one_way_is_added_the_other(before, after):
    there, back = compare(before, after), compare(after, before)
    assert {row.node.code for row in there.of("dropped")} == {row.node.code for row in back.of("added")}
    assert {(row.before and row.before.code, row.after and row.after.code) for row in there.rows} == {
        (row.after and row.after.code, row.before and row.before.code) for row in back.rows
    }
    for kind in ("kept", "renamed", "reweighted", "moved", "reassessed"):
        assert there.counts[kind] == back.counts[kind]


@settings(max_examples=30, deadline=None)
@given(rewritten(), rewritten())
def test_fields_sum_up_to_the_whole(before, after):
    found = compare(before, after)
    for side, total in zip(("sums_before", "sums_after"), found.totals, strict=True):
        assert sum(getattr(field, side).points for field in found.fields) == pytest.approx(total.points)
        assert sum(getattr(field, side).leaves for field in found.fields) == total.leaves


@settings(max_examples=40, deadline=None)
@given(broken_frameworks(), broken_frameworks())
def test_no_draft_is_too_broken_to_compare(before, after):
    versions = [examine_framework(before)[0], examine_framework(after)[0]]
    compare(*versions)
    codes = [node.code for version in versions for node in version.nodes if node.code]
    if codes:
        assert len(history(versions, codes[0])) == 2
