"""The evidence criteria of a unit, and what their scores add up to."""

from __future__ import annotations

from survey.models import EvidenceScore
from survey.scoring.criteria import fields, progress
from tests.survey.scoring.place import FRAMEWORK, PLAN, PLAN_DONE


def test_the_tree_holds_what_applies_to_the_unit(app):
    """The Inspectorate has no one-stop desk of its own: some criteria are for departments (so) alone."""
    for_so = {leaf.code for leaf in FRAMEWORK.leaves if leaf.applies_to == ("so",)}
    shown = {leaf.code for field in fields(FRAMEWORK, "thanh_tra") for leaf in field.leaves}
    by_evidence = {leaf.code for leaf in FRAMEWORK.leaves if leaf.assessed_by == "evidence"}
    assert shown == by_evidence - for_so != by_evidence
    headings = [entry.node.code for entry in fields(FRAMEWORK, "so")[0].entries if not entry.is_leaf]
    assert headings == ["c1_1", "c1_3"]


def test_what_does_not_apply_leaves_the_sums(app):
    """1 + 2 points at most, 0.5 and 1 given; without the second 1 at most and 0.5 given."""
    leaves = [FRAMEWORK.by_code[PLAN], FRAMEWORK.by_code[PLAN_DONE]]
    scores = {
        PLAN: EvidenceScore(self_score=0.5, appraised=0.5, applicable=True),
        PLAN_DONE: EvidenceScore(self_score=1, appraised=None, applicable=True),
    }
    both = progress(leaves, scores)
    assert (both.leaves, both.maximum, both.self_points, both.appraised_points) == (2, 3, 1.5, 0.5)
    scores[PLAN_DONE].applicable = False
    one = progress(leaves, scores)
    assert (one.leaves, one.maximum, one.self_points, one.scored) == (1, 1, 0.5, 1)
