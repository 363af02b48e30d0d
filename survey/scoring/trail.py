"""Scores in the audit trail: what was changed from what to what, and which explanations still wait."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from questionnaires.faults import N_
from survey import audit
from survey.db import db
from survey.models import AuditEntry, Round, RoundUnit, Unit
from survey.scoring.stage import APPRAISAL, SELF

SELF_SCORED, EXPLAINED, APPRAISED, UPHELD = "score.self", "score.explain", "score.appraise", "score.uphold"
ACTIONS = {
    SELF_SCORED: N_("Self-scored"),
    EXPLAINED: N_("Explained"),
    APPRAISED: N_("Appraised"),
    UPHELD: N_("Considered the explanation; the points stand"),
}


def subject(a_round: Round, unit: Unit, criterion: str) -> str:
    return f"score {a_round.code}/{unit.code}/{criterion}"


def action_of(columns: Collection[str]) -> str:
    """What changing these columns amounts to; nothing changed is an explanation turned down."""
    if not columns:
        return UPHELD
    if set(APPRAISAL) & set(columns):
        return APPRAISED
    return SELF_SCORED if set(SELF) & set(columns) else EXPLAINED


def record(
    member: RoundUnit, criterion: str, before: dict[str, Any], after: dict[str, Any], **details: object
) -> None:
    """`before` and `after` hold the columns that changed."""
    name = subject(member.round, member.unit, criterion)
    audit.record(action_of(after), name, before=before, after=after, **details)


def history(name: str) -> list[AuditEntry]:
    """Everything done to one score, the newest first."""
    query = sa.select(AuditEntry).where(AuditEntry.subject == name, AuditEntry.action.in_(ACTIONS))
    newest_first = query.order_by(AuditEntry.id.desc()).options(joinedload(AuditEntry.actor))
    return list(db.session.scalars(newest_first))


def newest(subjects: Iterable[str]) -> dict[str, AuditEntry]:
    """Subject → what was done to it last."""
    last = sa.select(sa.func.max(AuditEntry.id)).where(AuditEntry.subject.in_(list(subjects)))
    ids = last.group_by(AuditEntry.subject)
    query = sa.select(AuditEntry).where(AuditEntry.id.in_(ids)).options(joinedload(AuditEntry.actor))
    return {entry.subject: entry for entry in db.session.scalars(query)}


def undecided(subjects: Collection[str]) -> set[str]:
    """Of these explained cuts, those that no appraiser has come back to since the explanation."""

    def last(*actions: str) -> sa.ColumnElement[int | None]:
        return sa.func.max(sa.case((AuditEntry.action.in_(actions), AuditEntry.id)))

    query = (
        sa.select(AuditEntry.subject, last(EXPLAINED), last(APPRAISED, UPHELD))
        .where(AuditEntry.subject.in_(list(subjects)))
        .group_by(AuditEntry.subject)
    )
    decided = {
        name
        for name, explained, answered in db.session.execute(query)
        if answered is not None and answered > (explained or 0)
    }
    return set(subjects) - decided
