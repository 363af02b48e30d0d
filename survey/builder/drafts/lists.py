"""The drafts there are of a kind of definition, and what each stored version's state is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from flask import request
from flask_login import current_user

from questionnaires.faults import N_
from survey.builder.drafts.comments import open_comments
from survey.builder.drafts.life import REVIEWERS, STATES
from survey.builder.drafts.showing import title_of
from survey.builder.shelves import Version
from survey.db import db
from survey.models import DefinitionDraft, Round, Survey

RETIRED = (N_("retired"), "grey")
IN_USE = (N_("in use"), "blue")
APPROVED = (N_("approved"), "green")


@dataclass(frozen=True)
class Line:
    """A draft in a list: its title, its state in words with a colour, its comments that are open."""

    draft: DefinitionDraft
    title: str
    state: tuple[str, str]
    comments: int


def drafts_of(kind: str, states: Sequence[str] = ("draft", "review")) -> list[Line]:
    """The drafts in these states, the one changed last first; none for who does not review drafts."""
    if current_user.role not in REVIEWERS:
        return []
    query = sa.select(DefinitionDraft).where(DefinitionDraft.kind == kind, DefinitionDraft.state.in_(states))
    latest = query.order_by(DefinitionDraft.updated_at.desc(), DefinitionDraft.id.desc())
    drafts = db.session.scalars(latest).all()
    said = open_comments(drafts)
    return [
        Line(draft, title_of(draft.content), STATES[draft.state], said.get(draft.id, 0)) for draft in drafts
    ]


@dataclass(frozen=True)
class Stored:
    """The stored versions that a list shows, the state of each, and how many retired ones it hides."""

    versions: tuple[Version, ...]
    states: dict[int, tuple[str, str]]
    retired: int
    shows_retired: bool


def stored(versions: Iterable[Version], in_use: Collection[int]) -> Stored:
    """Retired versions stay hidden unless the address asks for them."""
    every = tuple(versions)
    shows_retired = "retired" in request.args
    kept = every if shows_retired else tuple(version for version in every if version.retired_on is None)
    states = {version.id: state_of(version, version.id in in_use) for version in kept}
    retired = sum(version.retired_on is not None for version in every)
    return Stored(kept, states, retired, shows_retired)


def state_of(version: Version, is_used: bool) -> tuple[str, str]:
    if version.retired_on is not None:
        return RETIRED
    return IN_USE if is_used else APPROVED


def frameworks_in_use() -> set[int]:
    """The frameworks that rounds assess by."""
    return set(db.session.scalars(sa.select(Round.framework_id).distinct()))


def questionnaires_in_use() -> set[int]:
    """The questionnaires that surveys ask now: open ones, and those that only pause."""
    asking = sa.select(Survey.questionnaire_id).where(Survey.state.in_(("open", "paused")))
    return set(db.session.scalars(asking.distinct()))
