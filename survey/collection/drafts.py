"""Answers on their way, found by the keyed hash of a personal code or of a browser's own secret."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, or_, select
from sqlalchemy.exc import IntegrityError

from survey import audit
from survey.collection.opening import require_open
from survey.collection.submission import DraftMissing
from survey.collection.transaction import transaction
from survey.db import db, today
from survey.models import Draft, Stratum, Survey


@dataclass(frozen=True)
class Saved:
    """What the draft holds now, after `revision` changes. `overwritten`: another window had changed the same
    items in between.
    """

    answers: Mapping[str, Any]
    revision: int
    overwritten: bool = False


def find_draft(survey: Survey, key_hash: str) -> Draft | None:
    return db.session.scalars(select(Draft).filter_by(survey_id=survey.id, key_hash=key_hash)).one_or_none()


def open_draft(survey: Survey, key_hash: str, stratum: Stratum | None) -> Draft:
    """The draft under this key, begun now if there is none yet; it rates the unit of `stratum` from now on.

    Raises SurveyClosed.
    """
    require_open(survey, "online")
    try:
        with transaction():
            draft = find_draft(survey, key_hash) or begin_draft(survey, key_hash)
            if stratum is not None:
                draft.stratum_id, draft.unit_id = stratum.id, stratum.unit_id
    except IntegrityError:  # a second window began it at the same moment
        draft = locked_draft(survey, key_hash)
        db.session.commit()
    return draft


def begin_draft(survey: Survey, key_hash: str) -> Draft:
    draft = Draft(survey_id=survey.id, key_hash=key_hash, answers={}, updated_on=today())
    db.session.add(draft)
    return draft


def locked_draft(survey: Survey, key_hash: str) -> Draft:
    """The draft as it stands now, for this transaction alone to change. Raises DraftMissing."""
    query = (
        select(Draft)
        .filter_by(survey_id=survey.id, key_hash=key_hash)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    draft = db.session.scalars(query).one_or_none()
    if draft is None:
        raise DraftMissing
    return draft


def save_answers(
    survey: Survey, key_hash: str, items: Collection[str], answers: Mapping[str, Any], seen: str
) -> Saved:
    """Replace the draft's answers to `items`, and only those: two windows never undo each other's pages.

    `seen` is the fingerprint of these items when their page was shown. An item that is not in `answers` is
    blank now. Raises DraftMissing, SurveyClosed.
    """
    require_open(survey, "online")
    with transaction():
        draft = locked_draft(survey, key_hash)
        overwritten = fingerprint(draft.answers, items) not in {seen, fingerprint(answers, items)}
        kept = {code: answer for code, answer in draft.answers.items() if code not in items}
        draft.answers = kept | {code: answers[code] for code in items if code in answers}
        draft.revision += 1
        draft.updated_on = today()
        saved = Saved(draft.answers, draft.revision, overwritten)
    return saved


def discard_draft(survey: Survey, key_hash: str) -> None:
    """Delete one person's draft, if there is one."""
    with transaction():
        db.session.execute(delete(Draft).filter_by(survey_id=survey.id, key_hash=key_hash))


def discard_drafts() -> int:
    """Delete what people left unsent in surveys that are closed or past their last day: until then it was
    promised to wait for them. Returns how many drafts that were.
    """
    over = select(Survey.id).where(or_(Survey.state == "closed", Survey.closes_on < today()))
    with transaction():
        discarded = db.session.execute(delete(Draft).where(Draft.survey_id.in_(over))).rowcount
        if discarded:
            audit.record("drafts.discard", "closed surveys", count=discarded)
    return discarded


def fingerprint(answers: Mapping[str, Any], items: Collection[str]) -> str:
    """A short mark of the answers to these items, to notice that another window changed them."""
    held = sorted((code, answers[code]) for code in items if code in answers)
    return hashlib.sha256(json.dumps(held, ensure_ascii=False).encode()).hexdigest()[:16]
