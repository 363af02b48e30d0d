"""The sums in view while a tree is written, and a leaf shared out among its new parts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaires import frameworks, parse_framework
from questionnaires.editing.framework_nodes import add_node, remove_node, set_node
from questionnaires.editing.framework_points import running_sums
from questionnaires.editing.framework_split import share, split_node
from questionnaires.editing.refused import EditRefused
from tests.questionnaires.editing.framework_drafts import codes, draft, leaf, node


def test_a_whole_tree_adds_up():
    sums = running_sums(draft())
    assert (sums.points, sums.left, sums.state, sums.survey) == (100, 0, "ok", 10)
    assert {made.state for made in sums.nodes} == {"ok"}
    assert [(made.code, made.level, made.points) for made in sums.nodes[:3]] == [
        ("1", 1, 60),
        ("1.1", 2, 30),
        ("1.1.1", 3, 20),
    ]
    assert sums.of("2").survey == 10


def test_a_field_whose_parts_fall_short_says_what_is_left():
    sums = running_sums(remove_node(draft(), "2.1"))
    field = sums.of("2")
    assert (field.points, field.parts, field.left, field.state) == (40, 30, 10, "short")
    assert (sums.left, sums.state) == (0, "ok")  # the field still stands for its 40 points


def test_parts_worth_more_than_the_whole_are_over():
    sums = running_sums(add_node(draft(), "2", node={"max_points": 0.5, "assessed_by": "survey"}))
    assert (sums.of("2").left, sums.of("2").state) == (-0.5, "over")
    without = set_node(draft(), "2", {"title": {"vi": "Thủ tục"}})
    assert running_sums(add_node(without, "2", node={"max_points": 0.5})).left == -0.5


def test_a_tree_with_gaps_is_summed_as_far_as_it_goes():
    gaps = {"nodes": [{"code": "1"}, {"code": "1.1", "parent": "1"}, {"code": "1.2", "max_points": "năm"}]}
    sums = running_sums(gaps)
    assert (sums.points, sums.left, sums.state) == (0, 100, "short")
    assert [made.state for made in sums.nodes] == ["ok", "blank", "blank"]
    assert running_sums({}).nodes == ()


def test_bonus_and_penalty_stand_outside_the_points():
    made = add_node(draft(), "2", node={"max_points": 3, "kind": "bonus", "assessed_by": "evidence"})
    made = add_node(made, "2", node={"max_points": 2, "kind": "penalty", "assessed_by": "evidence"})
    sums = running_sums(made)
    assert (sums.points, sums.bonus, sums.penalty) == (100, 3, 2)
    assert sums.of("2").state == "ok"


@pytest.mark.parametrize("name", frameworks.names())
def test_the_sums_of_shipped_frameworks_are_those_of_their_records(name):
    sums = running_sums(frameworks.source(name))
    framework = frameworks.load(name)
    assert sums.state == "ok"
    assert {made.code: made.points for made in sums.nodes} == pytest.approx(
        {made.code: made.max_points for made in framework.nodes}
    )
    surveyed = sum(made.max_points for made in framework.survey_leaves if made.kind == "points")
    assert sums.survey == pytest.approx(surveyed)


def test_a_leaf_becomes_a_criterion_with_parts_that_are_assessed_alike():
    asked = set_node(draft(), "2.1", {**node(draft(), "2.1"), "evidence": {"vi": "Báo cáo"}})
    made = split_node(asked, "2.1", [{"title": {"vi": "Một"}}, {"title": {"vi": "Hai"}}])
    assert codes(made)[-4:] == ["2.1", "2.1.1", "2.1.2", "2.2"]
    whole = node(made, "2.1")
    assert (whole["max_points"], whole["subject"]) == (10, "satisfaction")
    assert not {"rule", "groups", "assessed_by", "evidence"} & whole.keys()
    for part in (node(made, "2.1.1"), node(made, "2.1.2")):
        assert (part["max_points"], part["rule"], part["assessed_by"]) == (
            5,
            {"name": "top2_share"},
            "survey",
        )
        assert part["evidence"] == {"vi": "Báo cáo"}
        assert "subject" not in part
    assert parse_framework(made).by_code["2.1"].max_points == 10


def test_parts_that_say_their_points_keep_them_and_the_others_share_the_rest():
    made = split_node(draft(), "2.2", [{"max_points": 10}, {}, {}, {"assessed_by": "survey"}])
    points = [node(made, f"2.2.{number}")["max_points"] for number in (1, 2, 3, 4)]
    assert points == [10, 6.67, 6.67, 6.66]
    assert node(made, "2.2.4")["assessed_by"] == "survey"
    assert running_sums(made).of("2.2").state == "ok"


def test_levels_of_a_rule_shrink_with_the_points():
    rule = {
        "name": "bands",
        "of": "top2_share",
        "levels": [{"at_least": 80, "points": 10}, {"at_least": 50, "points": 4}],
    }
    bands = set_node(draft(), "2.1", {**node(draft(), "2.1"), "rule": rule})
    made = split_node(bands, "2.1", [{"max_points": 2.5}, {}])
    levels = [level["points"] for level in node(made, "2.1.1")["rule"]["levels"]]
    assert levels == [2.5, 1]
    parse_named = set_node(made, "2.1.1", {**node(made, "2.1.1"), "title": {"vi": "Một"}})
    parse_named = set_node(parse_named, "2.1.2", {**node(made, "2.1.2"), "title": {"vi": "Hai"}})
    assert parse_framework(parse_named)


@pytest.mark.parametrize(
    ("code", "parts", "place"), [("2.1", [{}], "parts"), ("2", [{}, {}], "code"), ("9", [{}, {}], "code")]
)
def test_what_cannot_be_split_is_refused(code, parts, place):
    with pytest.raises(EditRefused) as error:
        split_node(draft(), code, parts)
    assert error.value.fault.place == place


@given(st.integers(1, 100_000), st.integers(1, 12))
def test_shares_add_up_and_differ_by_one_step_at_most(hundredths, count):
    total = hundredths / 100
    shares = share(total, count)
    assert sum(shares) == pytest.approx(total, abs=1e-9)
    assert min(shares) > 0
    assert max(shares) - min(shares) <= 0.01 + 1e-9


def test_a_loop_and_a_twin_do_not_keep_the_sums_from_ending():
    nodes = [leaf("1", "2", 1), leaf("2", "1", 1), leaf("3", "3", 1), leaf("4", "", 1), leaf("4", "4", 1)]
    assert len(running_sums({"nodes": nodes}).nodes) == 5
