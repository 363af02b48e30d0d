"""The row below the headings in which the template says what they ask. It is no form."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import force_locale, gettext

from questionnaires.faults import N_
from questionnaires.sheets import Row, Sheet, SheetFault
from survey.entry.importing.printed_forms import FORM
from survey.language import LANGUAGES

MARK = "#"

STRANGE = N_(
    "Only the template's own explanations may begin with #. If this row is a form, write its number without "
    "the #; else delete the row."
)


def number_explained() -> str:
    """What the template writes below FORM, in the language in use."""
    return f"{MARK} {gettext('Number of the form')}"


def without_explanations(sheet: Sheet) -> tuple[list[Row], list[SheetFault]]:
    """The rows that are forms; and a fault for every other row that somebody marked as no form."""
    ours = set()
    for language in LANGUAGES:  # whoever fills the template may speak the other one
        with force_locale(language):
            ours.add(number_explained())
    rows = [row for row in sheet.rows if row[FORM] not in ours]
    return forms_among(rows), [sheet.fault(row, FORM, STRANGE) for row in rows if is_marked(row)]


def forms_among(rows: Sequence[Row]) -> list[Row]:
    return [row for row in rows if not is_marked(row)]


def is_marked(row: Row) -> bool:
    return row[FORM].startswith(MARK)
