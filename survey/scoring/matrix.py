"""All units of a round: how far each has come, in all criteria or in one field."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

import sqlalchemy as sa

from questionnaires.framework import Framework, Node, ancestors
from survey.db import db
from survey.models import EvidenceScore, Round, RoundUnit
from survey.scoring import trail
from survey.scoring.criteria import Progress, evidence_leaves, is_cut, progress


@dataclass(frozen=True)
class UnitProgress:
    member: RoundUnit
    progress: Progress


def matrix(a_round: Round, members: Sequence[RoundUnit], field: str | None) -> list[UnitProgress]:
    """The units in the order given; of `field` alone where one is named."""
    framework = a_round.framework_version.framework
    scores = scores_of(a_round)
    waiting = waiting_criteria(a_round, members, scores)
    leaves = {kind: leaves_in(framework, kind, field) for kind in {member.unit.type for member in members}}
    return [
        UnitProgress(
            member,
            progress(leaves[member.unit.type], scores[member.unit_id], waiting[member.unit_id]),
        )
        for member in members
    ]


def leaves_in(framework: Framework, unit_type: str, field: str | None) -> list[Node]:
    parents = {node.code: node.parent for node in framework.nodes}
    return [
        leaf
        for leaf in evidence_leaves(framework, unit_type)
        if field is None or field in (leaf.code, *ancestors(leaf.code, parents))
    ]


def scores_of(a_round: Round) -> Mapping[int, dict[str, sa.Row]]:
    """Unit id → criterion → the figures of its score, without the texts."""
    score = EvidenceScore
    explained = (score.explanation != "").label("explained")
    columns = (score.unit_id, score.criterion, score.self_score, score.appraised, score.applicable, explained)
    found: dict[int, dict[str, sa.Row]] = defaultdict(dict)
    for row in db.session.execute(sa.select(*columns).where(score.round_id == a_round.id)):
        found[row.unit_id][row.criterion] = row
    return found


def waiting_criteria(
    a_round: Round, members: Sequence[RoundUnit], scores: Mapping[int, Mapping[str, sa.Row]]
) -> Mapping[int, set[str]]:
    """Unit id → its criteria with an explanation that no appraiser has come back to."""
    places = {
        trail.subject(a_round, member.unit, code): (member.unit_id, code)
        for member in members
        for code, score in scores[member.unit_id].items()
        if is_cut(score) and score.explained
    }
    waiting: dict[int, set[str]] = defaultdict(set)
    for name in trail.undecided(places):
        unit_id, code = places[name]
        waiting[unit_id].add(code)
    return waiting


def total(lines: Sequence[UnitProgress]) -> Progress:
    """What the units add up to."""
    sums = (sum(getattr(line.progress, part.name) for line in lines) for part in fields(Progress))
    return Progress(*sums)
