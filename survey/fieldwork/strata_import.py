"""The cells of a sample from a table that somebody uploads: the whole sample, or every fault and nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from questionnaires.faults import N_
from questionnaires.sheets import Row, Sheet, SheetFault, heading_faults
from questionnaires.written import Unreadable
from survey.fieldwork.strata import Wanted, members_of, people
from survey.fieldwork.unit_forms import UNIT_CODE
from survey.models import Survey

NEEDED = ("unit", "population", "selected")
OPTIONAL = ("stratum",)

NO_UNIT = N_("“%(code)s” is the code of no unit of this round.")
NO_PEOPLE = N_("A stratum needs at least one person.")
TOO_MANY = N_("%(selected)s chosen of %(population)s is more than there are.")
OTHER_UNIT = N_("“%(code)s” is the code of another unit.")
TWICE = N_("The stratum “%(code)s” stands in another row too. Parts of one unit need a code each.")


def read_strata(survey: Survey, sheet: Sheet) -> tuple[list[Wanted], list[SheetFault]]:
    """The strata of a table, and everything wrong with it."""
    units = {unit.code: unit.id for unit in members_of(survey)}
    count = Counter(stratum_code(row) for row in sheet.rows)
    faults = [*sheet.faults, *heading_faults(sheet, NEEDED, OPTIONAL)]
    wanted = []
    for row in sheet.rows:
        stratum, found = read_row(sheet, row, units)
        if stratum is not None:
            wanted.append(stratum)
        faults += found
        if count[stratum_code(row)] > 1:
            faults.append(sheet.fault(row, "stratum", TWICE, {"code": stratum_code(row)[:80]}))
    return wanted, faults


def stratum_code(row: Row) -> str:
    """A unit that is one stratum lends it its code."""
    return row["stratum"] or row["unit"]


def read_row(sheet: Sheet, row: Row, units: Mapping[str, int]) -> tuple[Wanted | None, list[SheetFault]]:
    faults: list[SheetFault] = []
    numbers: dict[str, int] = {}
    if row["unit"] not in units:
        faults.append(sheet.fault(row, "unit", NO_UNIT, {"code": row["unit"][:80]}))
    if row["stratum"] and not UNIT_CODE.fits(row["stratum"]):
        faults.append(sheet.fault(row, "stratum", UNIT_CODE.template, {"code": row["stratum"][:80]}))
    elif row["stratum"] in units and row["stratum"] != row["unit"]:
        faults.append(sheet.fault(row, "stratum", OTHER_UNIT, {"code": row["stratum"]}))
    for heading in ("population", "selected"):
        try:
            numbers[heading] = people(row[heading])
        except Unreadable as error:
            faults.append(sheet.fault(row, heading, error.template, error.values))
    if len(numbers) == 2:
        if numbers["population"] < 1:
            faults.append(sheet.fault(row, "population", NO_PEOPLE))
        elif numbers["selected"] > numbers["population"]:
            faults.append(sheet.fault(row, "selected", TOO_MANY, numbers))
    if faults:
        return None, faults
    return Wanted(units[row["unit"]], stratum_code(row), **numbers), []
