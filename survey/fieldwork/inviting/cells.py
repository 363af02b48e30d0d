"""The stratum that a row of a list names by the code of a unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from questionnaires.faults import N_
from questionnaires.sheets import Row, SheetFault
from survey.fieldwork.inviting.headings import Columns
from survey.fieldwork.strata import stored_strata
from survey.models import Stratum, Survey

UNIT_NEEDED = N_("Enter the code of the unit.")
NO_UNIT = N_("The sample of this survey has no unit with the code “%(code)s”.")
NO_STRATUM = N_("%(unit)s has no stratum “%(code)s” in this sample; there are: %(codes)s.")
WHICH_STRATUM = N_("%(unit)s has several strata: name one in a column “tầng mẫu”, of %(codes)s.")


@dataclass(frozen=True)
class Cells:
    """The strata of a survey by their unit's code; none where each person rates several units."""

    by_unit: Mapping[str, Sequence[Stratum]]
    several: bool = False

    def find(self, columns: Columns, row: Row) -> Stratum | SheetFault | None:
        """The stratum of a row; None where the survey asks for none; or what is wrong."""
        if self.several:
            return None
        unit, code = columns.cell(row, "unit"), columns.cell(row, "stratum")
        strata = self.by_unit.get(unit, ())
        if not strata:
            template = NO_UNIT if unit else UNIT_NEEDED
            return columns.fault(row, "unit", template, code=unit[:80])
        fitting = [stratum for stratum in strata if stratum.code == code] if code else strata
        if len(fitting) == 1:
            return fitting[0]
        values = {"unit": strata[0].unit.name, "code": code[:80], "codes": codes_of(strata)}
        return columns.fault(
            row, "stratum" if code else "unit", NO_STRATUM if code else WHICH_STRATUM, **values
        )


def codes_of(strata: Sequence[Stratum]) -> str:
    return ", ".join(stratum.code for stratum in strata)


def cells_of(survey: Survey) -> Cells:
    by_unit: dict[str, list[Stratum]] = {}
    for stratum in stored_strata(survey.id):
        by_unit.setdefault(stratum.unit.code, []).append(stratum)
    return Cells(by_unit, survey.rates == "several")
