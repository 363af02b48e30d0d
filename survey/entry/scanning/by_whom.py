"""What people did with a whole page, as it is noted there: by whom, and when."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from survey.db import db, now
from survey.models import ScanPage, User

ATTACHED, NOT_NEEDED, DONE = "attached", "not_needed", "done"
"""Its picture was kept with a form; it was laid aside; its notices were ticked off."""


@dataclass(frozen=True)
class Deed:
    """`name`: ATTACHED, NOT_NEEDED or DONE; `person`: the full name, or a dash."""

    name: str
    person: str
    at: datetime.datetime


def word(person_id: int) -> dict[str, Any]:
    return {"by": person_id, "at": now().isoformat()}


def deeds_on(sheets: Iterable[ScanPage], *names: str) -> Mapping[int, Deed]:
    """Page → the last of these deeds that a person did with it."""
    last: dict[int, tuple[str, dict[str, Any]]] = {}
    for sheet in sheets:
        noted = [(name, sheet.readings[name]) for name in names if name in sheet.readings]
        if noted:
            last[sheet.id] = max(noted, key=lambda each: datetime.datetime.fromisoformat(each[1]["at"]))
    ids = {said["by"] for _name, said in last.values()}
    people = dict(db.session.execute(sa.select(User.id, User.full_name).where(User.id.in_(ids))).all())
    return {
        sheet_id: Deed(name, people.get(said["by"], "–"), datetime.datetime.fromisoformat(said["at"]))
        for sheet_id, (name, said) in last.items()
    }
