"""A rule tried out: what made-up answers give, worked by hand for every rule."""

from __future__ import annotations

import math
from typing import Any

import pytest

from questionnaires.check_rules import READINGS, RULES
from questionnaires.framework import Node, Rule
from survey.builder.framework_editor.preview import preview
from survey.builder.framework_editor.words import GIVES
from tests.survey.builder.drafting import form_of
from tests.survey.builder.framework_drafting import a_framework_draft


def leaf(
    rule: str, most: float = 5, combine: str = "group_means", groups: Any = None, **parameters: Any
) -> Node:
    return Node(
        "1.2",
        "1",
        {"vi": "Hài lòng"},
        most,
        "survey",
        rule=Rule(rule, parameters),
        groups=groups if groups is not None else {"citizen": 1.0},
        combine=combine,
    )


WEIGHTS = {"good": 100, "fair": 60, "average": 20, "poor": 0}
LEVELS = [{"at_least": 80, "points": 2}, {"at_least": 60, "points": 1}]


@pytest.mark.parametrize(
    ("tried", "rate", "points"),
    [
        (leaf("top2_share"), "82", 4.1),  # 0,82 × 5
        (leaf("scaled_mean"), "75", 3.75),  # 0,75 × 5
        (leaf("linear", of="top2_share"), "82", 4.1),
        (leaf("linear", groups={}, of="fact", fact="on_time_share"), "90", 4.5),
        (leaf("thresholds", of="top2_share", full=80, zero=50), "80", 5),
        (leaf("thresholds", of="top2_share", full=80, zero=50), "60", 3.75),  # 60/80 × 5
        (leaf("thresholds", of="top2_share", full=80, zero=50, between="interpolate"), "65", 2.5),  # half way
        (leaf("thresholds", of="top2_share", full=80, zero=50), "49,9", 0),
        (leaf("bands", most=2, of="top2_share", levels=LEVELS), "79,9", 1),
        (leaf("bands", most=2, of="top2_share", levels=LEVELS), "59", 0),
    ],
)
def test_a_rate_gives_the_points_of_its_rule(tried, rate, points):
    group = next(iter(tried.groups), "all")
    found = preview(tried, {f"preview.{group}.rate": rate})
    assert found.combined.points == pytest.approx(points)
    assert not found.faults


def test_answers_that_are_worth_percentages_ask_for_the_share_of_each():
    tried = leaf("option_weights", most=10, weights=WEIGHTS)
    shares = {"good": "50", "fair": "30", "average": "10", "poor": "10"}
    texts = {f"preview.citizen.share.{answer}": share for answer, share in shares.items()}
    found = preview(tried, texts)
    # 50 × 1 + 30 × 0,6 + 10 × 0,2 + 10 × 0 = 70 of 100
    assert found.combined.rate == pytest.approx(70)
    assert found.combined.points == pytest.approx(7)
    assert (
        preview(tried, {name: f"{2 * int(share)}" for name, share in texts.items()}).combined
        == found.combined
    )


def test_several_groups_show_each_and_both_ways_of_putting_them_together():
    tried = leaf("linear", of="top2_share", most=10, groups={"citizen": 0.6, "official": 0.4})
    texts = {
        **{"preview.citizen.rate": "80", "preview.citizen.people": "300"},
        **{"preview.official.rate": "60", "preview.official.people": "100"},
    }
    found = preview(tried, texts)
    assert {group: figure.points for group, figure in found.groups.items()} == pytest.approx(
        {"citizen": 8, "official": 6}
    )
    assert found.combined.points == pytest.approx(7.2)  # 0,6 × 8 + 0,4 × 6
    assert found.alternative.points == pytest.approx(7.5)  # (300 × 8 + 100 × 6)/400
    pooled = preview(leaf("linear", 10, "pooled", dict(tried.groups), of="top2_share"), texts)
    assert (pooled.combined, pooled.alternative) == (found.alternative, found.combined)


def test_a_group_that_nobody_answers_for_leaves_no_figure():
    tried = leaf("top2_share", groups={"citizen": 0.6, "official": 0.4})
    found = preview(tried, {"preview.official.rate": ""})
    assert math.isnan(found.combined.points)
    assert found.groups["citizen"].points == pytest.approx(4.1)


def test_the_table_holds_the_rates_where_the_rule_turns():
    found = preview(leaf("thresholds", of="top2_share", full=85, zero=40), {})
    assert [figure.rate for figure in found.table] == pytest.approx([0, 25, 40, 50, 65, 80, 85, 90, 100])
    assert found.table[6].points == 5


@pytest.mark.parametrize("typed", ["tám mươi", "120", "-1"])
def test_what_is_no_percentage_is_named_at_its_field(typed):
    found = preview(leaf("top2_share"), {"preview.citizen.rate": typed})
    assert [fault.place for fault in found.faults] == ["preview.citizen.rate"]


@pytest.mark.parametrize(
    "unfinished",
    [leaf("top2_share", most=math.nan), leaf("thresholds", of="top2_share"), leaf("unheard_of")],
)
def test_an_unfinished_rule_is_not_tried_out(unfinished):
    assert preview(unfinished, {}) is None


def test_every_rule_and_reading_has_its_words():
    assert set(GIVES) == set(READINGS)
    assert set(RULES) == {"option_weights", "top2_share", "scaled_mean", "linear", "thresholds", "bands"}


def test_the_page_says_what_made_up_answers_give(app, client, sign_in):
    sign_in("planner")
    draft_id = a_framework_draft(app)
    address = f"/frameworks/drafts/{draft_id}/nodes/1.2"
    form = form_of(client.get(address).text)
    typed = {"preview.citizen.rate": "82", "preview.business.rate": "82"}
    without_scripts = client.submit(address, form | typed | {"act": "preview"}).text
    fragment = client.submit(f"{address}/preview", form | typed).text
    for page in (without_scripts, fragment):
        assert "82\N{NO-BREAK SPACE}% hài lòng được 4,1 trên 5 điểm" in page
    assert "<h1" not in fragment
