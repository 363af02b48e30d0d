"""Numbers of dossiers that let people answer: read from a list, kept as keyed hashes alone."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from flask import current_app

from questionnaires.faults import N_
from questionnaires.sheets import Row, Sheet, SheetFault, SheetsRefused, read_sheets
from survey.codes import dossier_hash, dossier_number
from survey.db import db
from survey.fieldwork.inviting.cells import Cells
from survey.fieldwork.inviting.headings import WORDS, Columns, is_known, read_headings
from survey.fieldwork.tables import TableRefused
from survey.models import Invitation, Stratum, Survey

KIND = "dossier"
AT_ONCE = 500
SHORTEST, LONGEST = 4, 60
SEPARATORS = "\t;,"

NEEDED = N_("Enter the number of the dossier.")
NO_NUMBER = N_(
    "“%(raw)s” is no number of a dossier: it has %(least)s to %(most)s characters, digits among them."
)
TWICE = N_("The dossier “%(raw)s” stands in another row too.")
KNOWN = N_("The dossier “%(raw)s” is on the list of this survey already.")
NOTHING = N_("Choose a file, or paste the numbers.")


@dataclass(frozen=True)
class Dossier:
    """A row of the list; `hashed` is all of its number that will be stored."""

    row: Row
    number: str
    hashed: str
    stratum_id: int | None


def pasted_sheet(text: str) -> Sheet:
    """Pasted lines as a sheet; without headings, the number comes first, then the unit's code.

    Raises TableRefused.
    """
    lines = [line for line in text.splitlines() if line.strip()]
    if not lines:
        raise TableRefused([SheetFault("", None, None, NOTHING)])
    separator = next((each for each in SEPARATORS if each in lines[0]), "\t")
    if not any(is_known(cell) for cell in lines[0].split(separator)):
        lines = [separator.join((WORDS["dossier"][0], WORDS["unit"][0])), *lines]
    try:
        return read_sheets(io.BytesIO("\n".join(lines).encode()))[0]
    except SheetsRefused as refused:
        raise TableRefused(refused.faults) from None


def read_dossiers(
    survey: Survey, sheet: Sheet, cells: Cells, *, skip_known: bool
) -> tuple[list[Dossier], list[SheetFault]]:
    """The dossiers that are new to the survey, and everything wrong with the list."""
    needed = ("dossier",) if cells.several else ("dossier", "unit")
    columns, faults = read_headings(sheet, needed, ("unit", "stratum"))
    read = []
    for row in sheet.rows:
        dossier, found = read_row(survey, columns, row, cells)
        faults += found
        read += [dossier] if dossier else []
    stored = stored_hashes([dossier.hashed for dossier in read])
    faults += repeated(columns, read)
    if not skip_known:
        faults += [
            columns.fault(each.row, "dossier", KNOWN, raw=each.number)
            for each in read
            if each.hashed in stored
        ]
    return [dossier for dossier in read if dossier.hashed not in stored], faults


def read_row(
    survey: Survey, columns: Columns, row: Row, cells: Cells
) -> tuple[Dossier | None, list[SheetFault]]:
    stratum, raw = cells.find(columns, row), columns.cell(row, "dossier")
    faults = [stratum] if isinstance(stratum, SheetFault) else []
    number = dossier_number(raw)
    if not number:
        return None, [*faults, columns.fault(row, "dossier", NEEDED)]
    if not is_number(number):
        values = {"raw": raw[:80], "least": SHORTEST, "most": LONGEST}
        return None, [*faults, columns.fault(row, "dossier", NO_NUMBER, **values)]
    hashed = dossier_hash(number, survey.id, current_app.config["SECRET_KEY"])
    return Dossier(row, number, hashed, stratum.id if isinstance(stratum, Stratum) else None), faults


def is_number(number: str) -> bool:
    return SHORTEST <= len(number) <= LONGEST and any(sign.isdecimal() for sign in number)


def repeated(columns: Columns, dossiers: Sequence[Dossier]) -> Iterator[SheetFault]:
    count = Counter(dossier.hashed for dossier in dossiers)
    for dossier in dossiers:
        if count[dossier.hashed] > 1:
            yield columns.fault(dossier.row, "dossier", TWICE, raw=dossier.number)


def stored_hashes(hashes: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for start in range(0, len(hashes), AT_ONCE):
        part = hashes[start : start + AT_ONCE]
        found.update(
            db.session.scalars(sa.select(Invitation.code_hash).where(Invitation.code_hash.in_(part)))
        )
    return found


def store_dossiers(survey: Survey, dossiers: Sequence[Dossier]) -> None:
    rows = [
        {"survey_id": survey.id, "stratum_id": each.stratum_id, "kind": KIND, "code_hash": each.hashed}
        for each in dossiers
    ]
    if rows:
        db.session.execute(sa.insert(Invitation), rows)
