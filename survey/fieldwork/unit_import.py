"""Units from a table that somebody uploads: all of them, or every fault and none."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from questionnaires.faults import N_
from questionnaires.sheets import Row, Sheet, SheetFault, heading_faults
from questionnaires.written import Unreadable, read_date
from survey import audit
from survey.builder.terms import UNIT_TYPES
from survey.db import db
from survey.fieldwork.fields import LONGEST_NAME
from survey.fieldwork.recording import changes, particulars
from survey.fieldwork.unit_forms import UNIT_CODE
from survey.models import Unit

NEEDED = ("code", "name", "type", "valid_from")
OPTIONAL = ("ranking_group", "parent", "valid_to")
RECORDED = ("name", "type", "ranking_group", "parent_id", "valid_from", "valid_to")

MISSING = N_("This cell needs an entry.")
TOO_LONG = N_("The text has %(length)s characters; %(most)s is the most.")
TWICE = N_("The code “%(code)s” stands in another row too.")
NO_TYPE = N_("“%(type)s” is no type of unit; there are: %(types)s.")
ENDS_EARLY = N_("The last day is before the first.")
NO_PARENT = N_("No unit here or in this table has the code “%(code)s”.")
LOOP = N_("By this table, the unit would stand above itself.")


@dataclass(frozen=True)
class UnitRow:
    """A row as it was read; what could not be read is None and has its fault."""

    code: str
    name: str
    type: str
    ranking_group: str | None
    parent: str | None
    valid_from: datetime.date | None
    valid_to: datetime.date | None


@dataclass(frozen=True)
class Imported:
    added: int
    changed: int
    same: int


def read_units(sheet: Sheet) -> tuple[list[UnitRow], list[SheetFault]]:
    """The units of a table, and everything wrong with it."""
    faults = [*sheet.faults, *heading_faults(sheet, NEEDED, OPTIONAL)]
    count = Counter(row["code"] for row in sheet.rows if row["code"])
    read = []
    for row in sheet.rows:
        unit, found = read_row(sheet, row)
        read.append(unit)
        faults += found
        if count[row["code"]] > 1:
            faults.append(sheet.fault(row, "code", TWICE, {"code": row["code"]}))
    return read, faults + list(line_faults(sheet, read))


def read_row(sheet: Sheet, row: Row) -> tuple[UnitRow, list[SheetFault]]:
    faults = list(cell_faults(sheet, row))
    days: dict[str, datetime.date | None] = {}
    for heading in ("valid_from", "valid_to"):
        try:
            days[heading] = read_date(row[heading]) if row[heading] else None
        except Unreadable as error:
            days[heading] = None
            faults.append(sheet.fault(row, heading, error.template, error.values))
    first, last = days["valid_from"], days["valid_to"]
    if first and last and last < first:
        faults.append(sheet.fault(row, "valid_to", ENDS_EARLY))
    unit = UnitRow(
        row["code"],
        row["name"],
        row["type"],
        row["ranking_group"] or None,
        row["parent"] or None,
        first,
        last,
    )
    return unit, faults


def cell_faults(sheet: Sheet, row: Row) -> Iterator[SheetFault]:
    for heading in NEEDED:
        if not row[heading] and heading in sheet.header:
            yield sheet.fault(row, heading, MISSING)
    for heading in ("name", "ranking_group"):
        if len(row[heading]) > LONGEST_NAME:
            values = {"length": len(row[heading]), "most": LONGEST_NAME}
            yield sheet.fault(row, heading, TOO_LONG, values)
    if row["code"] and not UNIT_CODE.fits(row["code"]):
        yield sheet.fault(row, "code", UNIT_CODE.template, {"code": row["code"][:80]})
    if row["type"] and row["type"] not in UNIT_TYPES:
        yield sheet.fault(row, "type", NO_TYPE, {"type": row["type"][:80], "types": ", ".join(UNIT_TYPES)})


def line_faults(sheet: Sheet, units: list[UnitRow]) -> Iterator[SheetFault]:
    """Parents that are nowhere, and lines of parents that come back to where they began."""
    parents = {**stored_parents(), **{unit.code: unit.parent for unit in units}}
    for row, unit in zip(sheet.rows, units, strict=True):
        if unit.parent is not None and unit.parent not in parents:
            yield sheet.fault(row, "parent", NO_PARENT, {"code": unit.parent[:80]})
        elif is_loop(unit.code, parents):
            yield sheet.fault(row, "parent", LOOP)


def stored_parents() -> dict[str, str | None]:
    parent = sa.orm.aliased(Unit)
    query = sa.select(Unit.code, parent.code).outerjoin(parent, Unit.parent_id == parent.id)
    return dict(db.session.execute(query).all())


def is_loop(code: str, parents: dict[str, str | None]) -> bool:
    seen, at = {code}, parents.get(code)
    while at is not None and at not in seen:
        seen.add(at)
        at = parents.get(at)
    return at == code


def store_units(rows: Iterable[UnitRow]) -> Imported:
    """Add new units and bring the others up to date, with one audit entry, in this transaction."""
    rows = list(rows)
    stored = {unit.code: unit for unit in db.session.scalars(sa.select(Unit).with_for_update())}
    before = {code: particulars(unit, RECORDED) for code, unit in stored.items()}
    for row in rows:
        unit = stored.setdefault(row.code, Unit(code=row.code))
        for name in ("name", "type", "ranking_group", "valid_from", "valid_to"):
            setattr(unit, name, getattr(row, name))
        db.session.add(unit)
    db.session.flush()
    for row in rows:
        stored[row.code].parent_id = stored[row.parent].id if row.parent else None
    db.session.flush()
    return record(rows, stored, before)


def record(rows: list[UnitRow], stored: dict[str, Unit], before: dict[str, dict[str, Any]]) -> Imported:
    added = [row.code for row in rows if row.code not in before]
    after = {row.code: particulars(stored[row.code], RECORDED) for row in rows if row.code in before}
    changed = {code: changes(before[code], values) for code, values in after.items()}
    changed = {code: change for code, change in changed.items() if change}
    result = Imported(len(added), len(changed), len(after) - len(changed))
    if added or changed:
        audit.record("unit.import", "units", added=added, changed=changed)
    return result
