"""Which design cell a row belongs to: by its unit's code, and its stratum's where a unit has several."""

from __future__ import annotations

from collections.abc import Mapping

from questionnaires.codes import near_name
from questionnaires.faults import N_
from questionnaires.sheets import Row, Sheet, SheetFault
from survey.collection.cells import strata_of
from survey.models import Stratum, Survey

UNIT, STRATUM = "UNIT", "STRATUM"
"""With FORM, the columns that are no questions; a question's code has no capital letters."""

UNIT_NEEDED = N_("Every form needs the code of the unit it rates.")
UNKNOWN_UNIT = N_("The sample of this survey has no unit “%(unit)s”.")
NEAR_UNIT = N_("The sample of this survey has no unit “%(unit)s”. Did you mean “%(near)s”?")
STRATUM_NEEDED = N_("The unit “%(unit)s” has several strata: the column STRATUM must say which (%(strata)s).")
UNKNOWN_STRATUM = N_("The unit “%(unit)s” has no stratum “%(stratum)s”.")


def strata_by_unit(survey: Survey) -> dict[str, dict[str, Stratum]]:
    """Unit code → stratum code → stratum."""
    found: dict[str, dict[str, Stratum]] = {}
    for stratum in strata_of(survey):
        found.setdefault(stratum.unit.code, {})[stratum.code] = stratum
    return found


def find_stratum(
    strata: Mapping[str, Mapping[str, Stratum]], sheet: Sheet, row: Row
) -> tuple[Stratum | None, list[SheetFault]]:
    """The stratum a row belongs to: its unit's only one, or the one it names."""
    unit, code = row[UNIT], row[STRATUM]
    own = strata.get(unit)
    if own is None:
        return None, [unknown_unit(strata, sheet, row)]
    if code in own:
        return own[code], []
    if code:
        return None, [sheet.fault(row, STRATUM, UNKNOWN_STRATUM, {"unit": unit, "stratum": code})]
    if len(own) > 1:
        return None, [sheet.fault(row, STRATUM, STRATUM_NEEDED, {"unit": unit, "strata": ", ".join(own)})]
    return next(iter(own.values())), []


def unknown_unit(strata: Mapping[str, object], sheet: Sheet, row: Row) -> SheetFault:
    unit = row[UNIT]
    if not unit:
        return sheet.fault(row, UNIT, UNIT_NEEDED)
    near = near_name(unit, strata)
    template, values = (NEAR_UNIT, {"near": near}) if near else (UNKNOWN_UNIT, {})
    return sheet.fault(row, UNIT, template, {"unit": unit[:80], **values})
