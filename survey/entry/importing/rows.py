"""A sheet of forms keyed elsewhere → submissions, and every fault with its cell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from flask_babel import gettext

from questionnaires.faults import N_
from questionnaires.sheets import Row, Sheet, SheetFault, heading_faults
from survey.collection import PaperEntry, Submission
from survey.entry.importing.answers import Reader
from survey.entry.importing.explanations import without_explanations
from survey.entry.importing.form_numbers import Numbered, Numbering, read_numbering
from survey.entry.importing.printed_forms import FORM
from survey.entry.importing.strata import STRATUM, UNIT, find_stratum, strata_by_unit
from survey.models import Stratum, Survey

MOST_FORMS = 10_000
REPORTED = 500
"""Rows between two words on how far the reading is."""

NO_ROWS = N_("The sheet has no forms below its headings.")
PRINTED_FOR = N_("Form %(number)s was printed for “%(code)s”.")

Progress = Callable[[float, str], None]


class OffRoute(NamedTuple):
    """A form printed here, by the number on it, and its items that were answered though not asked."""

    form_id: int
    number: str
    items: tuple[str, ...]


@dataclass(frozen=True)
class Imported:
    """What a sheet holds. Where it has faults, the rest is worth nothing."""

    submissions: Sequence[Submission]
    faults: Sequence[SheetFault]
    off_route: Sequence[OffRoute] = ()


class ReadRow(NamedTuple):
    """A row's submission, None without a number or a stratum, and everything wrong."""

    submission: Submission | None
    faults: list[SheetFault]
    off_route: OffRoute | None = None


def read_imported(
    survey: Survey,
    sheet: Sheet,
    reader: Reader,
    *,
    keyed_by: int | None = None,
    progress: Progress = lambda share, message: None,
) -> Imported:
    """Everything in the sheet. Where a column is missing or unknown, that alone is said: all else follows.

    `keyed_by` is the user in whose name forms printed here are accepted.
    """
    items = [item.code for item in survey.questionnaire_version.questionnaire.items()]
    faults = [*sheet.faults, *heading_faults(sheet, [FORM, UNIT, *items], [STRATUM])]
    rows, marked = without_explanations(sheet)
    if not (rows or marked):
        faults.append(sheet.fault(None, "", NO_ROWS))
    if faults:
        return Imported([], faults)
    numbering = read_numbering(survey, sheet, rows)
    found = read_rows(rows, RowReader(survey, sheet, numbering, reader, keyed_by), progress)
    return replace(found, faults=[*marked, *found.faults])


def read_rows(rows: Sequence[Row], reader: RowReader, progress: Progress) -> Imported:
    found = []
    for position, row in enumerate(rows):
        if position % REPORTED == 0:
            progress(position / len(rows), gettext("Row %(row)s is being checked.", row=row.number))
        found.append(reader.read(row))
    return Imported(
        [each.submission for each in found if each.submission],
        [*reader.numbering.faults, *(fault for each in found for fault in each.faults)],
        [each.off_route for each in found if each.off_route],
    )


class RowReader:
    """Reads the forms of one sheet row by row: where they belong, and what they answer."""

    def __init__(
        self, survey: Survey, sheet: Sheet, numbering: Numbering, reader: Reader, keyed_by: int | None
    ) -> None:
        self.sheet, self.numbering = sheet, numbering
        self.reader, self.keyed_by = reader, keyed_by
        self.strata = strata_by_unit(survey)

    def read(self, row: Row) -> ReadRow:
        form = self.numbering.forms.get(row.number)
        printed = form.paper if form else None
        stratum, faults = self.place_of(row, form)
        answers, wrong, off_route = self.reader.read(self.sheet, row, has_paper=printed is not None)
        faults += wrong
        if form is None or stratum is None:
            return ReadRow(None, faults)
        paper = PaperEntry(printed.batch_id, printed.number, self.keyed_by) if printed else None
        submission = Submission(
            form.response_id,
            stratum.id,
            answers,
            mode="imported",
            paper=paper,
            blanks_confirmed=self.reader.with_blanks,
        )
        against = OffRoute(printed.id, form.number, tuple(off_route)) if printed and off_route else None
        return ReadRow(submission, faults, against)

    def place_of(self, row: Row, form: Numbered | None) -> tuple[Stratum | None, list[SheetFault]]:
        """The stratum: of a form printed here its row need not say it, and must not say another."""
        if row.number in self.numbering.unplaced and not row[UNIT]:
            return None, []
        if form is None or form.paper is None:
            return find_stratum(self.strata, self.sheet, row)
        own = form.paper.batch.stratum
        said = ((UNIT, own.unit.code), (STRATUM, own.code))
        return own, [
            self.sheet.fault(row, column, PRINTED_FOR, {"number": form.number, "code": code})
            for column, code in said
            if row[column] not in ("", code)
        ]
