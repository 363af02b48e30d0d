"""The workbook that people fill: one row a form, one column a question, with the codes to choose from."""

from __future__ import annotations

import datetime
import io
from collections.abc import Sequence

import xlsxwriter
from flask_babel import gettext
from xlsxwriter.workbook import Format
from xlsxwriter.worksheet import Worksheet

from questionnaires.schema import Item
from survey.collection.cells import strata_of
from survey.entry.importing.explanations import number_explained
from survey.entry.importing.printed_forms import FORM
from survey.entry.importing.rows import MOST_FORMS
from survey.entry.importing.strata import STRATUM, UNIT
from survey.entry.importing.worded_choices import SEVERAL, digits_of
from survey.language import text
from survey.models import Stratum, Survey

A_DAY = datetime.datetime(2020, 1, 1)
"""The same template has the same bytes."""

CODES = 3
"""Columns before those of the questions: FORM, UNIT, STRATUM."""

COLUMN_WIDTH = 18
FIRST_ROW, LAST_ROW = 2, MOST_FORMS + 1
PLAIN = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def import_template(survey: Survey) -> bytes:
    """An XLSX file in the language in use: the sheet to fill, the codes of the answers, the units."""
    items = list(survey.questionnaire_version.questionnaire.items())
    strata = strata_of(survey)
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, PLAIN) as book:
        book.set_properties({"created": A_DAY, "title": survey.code})
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        as_typed = book.add_format({"num_format": "@"})
        forms = book.add_worksheet(gettext("Answers"))
        codes = book.add_worksheet(gettext("Answer codes"))
        units = book.add_worksheet(gettext("Units"))
        write_heads(forms, items, bold, wrapped)
        forms.set_column(0, CODES - 1, COLUMN_WIDTH, as_typed)  # else Excel drops the zeros before a number
        offer_codes(forms, codes.get_name(), items, write_codes(codes, items, bold))
        write_units(units, strata, bold)
        offer(forms, 1, units.get_name(), 0, 1, len(strata))
    return buffer.getvalue()


def head_rows(items: Sequence[Item]) -> tuple[list[str], list[str]]:
    """Row 1: the headings that are read. Row 2: what they ask, for people; its mark makes it no form."""
    words = [
        number_explained(),
        gettext("Code of the unit"),
        gettext("Only where a unit has several strata"),
    ]
    headings = [FORM, UNIT, STRATUM, *(item.code for item in items)]
    return headings, [*words, *(text(item.text) for item in items)]


def write_heads(sheet: Worksheet, items: Sequence[Item], bold: Format, wrapped: Format) -> None:
    for number, (row, looks) in enumerate(zip(head_rows(items), (bold, wrapped), strict=True)):
        sheet.write_row(number, 0, row, looks)
    sheet.set_column(CODES, CODES - 1 + len(items), COLUMN_WIDTH)
    sheet.freeze_panes(2, 1)


def write_codes(sheet: Worksheet, items: Sequence[Item], bold: Format) -> dict[str, tuple[int, int]]:
    """The choices of each item; the first and last row (from 0) that they take."""
    heads = [gettext("Heading"), gettext("Question"), gettext("Code"), gettext("Answer"), gettext("Digit")]
    sheet.write_row(0, 0, heads, bold)
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 60)
    sheet.set_column(2, 3, 24)
    sheet.freeze_panes(1, 0)
    rows: dict[str, tuple[int, int]] = {}
    free = 1
    for item in items:
        digits = {code: digit for digit, code in digits_of(item.question.choices).items()}  # as printed
        for choice in item.question.choices:
            row = [item.code, text(item.text), choice.code, text(choice.text), digits[choice.code]]
            sheet.write_row(free, 0, row)
            first, _ = rows.get(item.code, (free, free))
            rows[item.code] = first, free
            free += 1
    return rows


def offer_codes(
    sheet: Worksheet, source: str, items: Sequence[Item], rows: dict[str, tuple[int, int]]
) -> None:
    """A list to pick from at every question with one answer."""
    for column, item in enumerate(items, start=CODES):
        if item.code in rows and item.question.kind not in SEVERAL:
            offer(sheet, column, source, 2, *rows[item.code])


def offer(sheet: Worksheet, column: int, source: str, source_column: int, first: int, last: int) -> None:
    """A list without force: words of the form may be written too, and the import checks everything."""
    letter = "ABCDEFGH"[source_column]
    name = source.replace("'", "''")
    place = f"='{name}'!${letter}${first + 1}:${letter}${last + 1}"
    rule = {"validate": "list", "source": place, "show_error": False}
    sheet.data_validation(FIRST_ROW, column, LAST_ROW, column, rule)


def write_units(sheet: Worksheet, strata: Sequence[Stratum], bold: Format) -> None:
    sheet.write_row(0, 0, [UNIT, gettext("Name of the unit"), STRATUM], bold)
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 48)
    sheet.set_column(2, 2, 24)
    for row, stratum in enumerate(strata, start=1):
        sheet.write_row(row, 0, [stratum.unit.code, stratum.unit.name, stratum.code])
