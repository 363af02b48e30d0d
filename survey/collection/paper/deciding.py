"""Who decided, and who has seen, a part of what a scanned form's first reading holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import sqlalchemy as sa

from survey.db import db
from survey.models import PaperForm, ScanPage

Words = Mapping[str, Mapping[str, Any]] | None


def forms_decided_by(batch_id: int, person_id: int) -> set[int]:
    """The forms of a batch, among those to be keyed twice, of whose scans this person decided a cell."""
    rows = db.session.execute(of_batch(batch_id, "said"))
    return {form_id for form_id, said in rows if person_id in speakers(said)}


def forms_seen_by(batch_id: int, person_id: int) -> set[int]:
    """Those of whose scans this person decided or checked a cell, took such a word back, or was shown what
    the machine read: they do not key such a form a second time.
    """
    rows = db.session.execute(of_batch(batch_id, "said", "checked", "seen"))
    return {form_id for form_id, *found in rows if person_id in people_in(*found)}


def of_batch(batch_id: int, *parts: str) -> sa.Select:
    """The form of each page, and parts of what is noted there."""
    query = sa.select(ScanPage.form_id, *(ScanPage.readings[part] for part in parts))
    return query.join(ScanPage.form).where(PaperForm.batch_id == batch_id, PaperForm.second_wanted)


def people_in(said: Words, checked: Words, seen: Iterable[int] | None) -> Iterator[int]:
    yield from speakers(said)
    yield from speakers(checked)
    yield from seen or ()


def speakers(words: Words) -> Iterator[int]:
    return (word["by"] for word in (words or {}).values())
