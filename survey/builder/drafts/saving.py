"""Saving one part of a draft: who comes second is told what the first stored, and loses nothing."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from survey.builder.drafts.standing import part_at, renamed
from survey.builder.drafts.storing import Operation, change
from survey.db import db
from survey.models import DefinitionDraft, DraftChange

Part = Any
"""A question, a section, a criterion: as plain tables; None where there is none."""


@dataclass(frozen=True)
class Overtaken:
    """Somebody else stored the part while it was open here. `last` is their change, where it is known."""

    place: str
    base: Part
    theirs: Part
    mine: Part
    last: DraftChange | None


def seen(part: Part) -> str:
    """What a form carries along to say which state of the part it shows."""
    return json.dumps(part, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def read_seen(text: str) -> Part:
    """The part a form was filled from; None for a form that was tampered with, which meets as a conflict."""
    try:
        part = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return part if isinstance(part, dict) else None


def save(
    draft: DefinitionDraft,
    place: str,
    base: Part,
    mine: Part,
    put: Operation,
) -> Overtaken | None:
    """Put the part `mine` into a draft that is held, unless it is no longer as it was shown (`base`).

    Returns what happened meanwhile, or None for a part that is stored now. Raises EditRefused.
    """
    theirs = part_at(draft.content, place)
    if theirs not in (base, mine):
        return Overtaken(place, base, theirs, mine, last_change(draft, place))
    change(draft, put, "edit", place, renamed(place, mine))
    return None


def last_change(draft: DefinitionDraft, place: str) -> DraftChange | None:
    query = sa.select(DraftChange).filter_by(draft_id=draft.id, place=place)
    return db.session.scalars(query.order_by(DraftChange.revision.desc()).limit(1)).first()
