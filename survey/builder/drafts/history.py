"""What became of a draft, change by change, and putting a part back as it was before one of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from flask_babel import gettext

from questionnaires.faults import N_
from survey.builder.drafts.places import place_in_words
from survey.builder.drafts.standing import Standing
from survey.builder.drafts.wording import Comparison, compared
from survey.db import db
from survey.models import DefinitionDraft, DraftChange

PER_PAGE = 50
DEEDS = {
    "restored": N_("put back"),
    "copied": N_("copied"),
    "added": N_("newly added"),
    "removed": N_("removed"),
    "renamed": N_("code changed"),
    "moved": N_("moved"),
    "changed": N_("changed"),
}
NAMED_BY_ACTION = {"restore": "restored", "copy": "copied"}
"""Deeds that before and after alone do not tell."""

STANDINGS = {
    "section": N_("section %(section)s, position %(position)s"),
    "parent": N_("below criterion %(parent)s, position %(position)s"),
    "position": N_("position %(position)s"),
}


@dataclass(frozen=True)
class Entry:
    """One change in words. `restorable` tells whether there is something to put back."""

    change: DraftChange
    deed: str
    place: str
    lines: Sequence[Comparison]
    restorable: bool


def changes_of(draft: DefinitionDraft, page: int) -> list[DraftChange]:
    """One page of the changes, the newest first."""
    query = sa.select(DraftChange).filter_by(draft_id=draft.id).order_by(DraftChange.revision.desc())
    return list(db.session.scalars(query.limit(PER_PAGE).offset((page - 1) * PER_PAGE)))


def entry(change: DraftChange) -> Entry:
    moved = change.stood != change.stands and change.before is not None and change.after is not None
    lines = compared(change.before, change.after)
    if moved:
        lines.insert(0, Comparison(gettext("Place"), where(change.stood), where(change.stands)))
    return Entry(
        change, DEEDS[deed_of(change, moved)], place_in_words(change.place), lines, is_restorable(change)
    )


def is_restorable(change: DraftChange) -> bool:
    """Whether there was something before, and it is another or elsewhere now."""
    return change.before is not None and (change.before, change.stood) != (change.after, change.stands)


def deed_of(change: DraftChange, moved: bool) -> str:
    if change.action in NAMED_BY_ACTION:
        return NAMED_BY_ACTION[change.action]
    if change.before is None or change.after is None:
        return "added" if change.before is None else "removed"
    if change.before.get("code") != change.after.get("code") and change.place != "head":
        return "renamed"
    return "moved" if moved and change.before == change.after else "changed"


def where(standing: Standing | None) -> str:
    if not standing:
        return "–"
    key = next(key for key in STANDINGS if standing.get(key) is not None)
    return gettext(STANDINGS[key]) % standing
