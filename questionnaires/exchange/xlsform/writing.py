"""A questionnaire as the workbook of an XLSForm."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterable, Sequence

import xlsxwriter

from questionnaires.exchange.xlsform.columns import FACTORS
from questionnaires.exchange.xlsform.exported_names import names_of
from questionnaires.exchange.xlsform.quoting import misread_texts
from questionnaires.exchange.xlsform.survey_rows import (
    Cells,
    choice_rows,
    factor_rows,
    settings_row,
    survey_rows,
)
from questionnaires.faults import DefinitionError
from questionnaires.schema import Questionnaire

A_DAY = datetime.datetime(2020, 1, 1)
"""The same questionnaire has the same bytes."""

PLAIN = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
FIRST = {
    "survey": ("type", "name", "label"),
    "choices": ("list_name", "name", "label"),
    "settings": ("form_title", "form_id", "version"),
    FACTORS: ("name", "label"),
}
"""The columns every form has, in the order people know; others follow in the order they come up."""


def write_xlsform(questionnaire: Questionnaire) -> bytes:
    """An XLSX file that pyxform accepts and `read_xlsform` reads as the same questionnaire.

    Raises DefinitionError, which names every text that such a form would misread.
    """
    if faults := misread_texts(questionnaire):
        raise DefinitionError(faults)
    names = names_of(questionnaire)
    sheets = {
        "survey": list(survey_rows(questionnaire, names)),
        "choices": list(choice_rows(questionnaire, names)),
        "settings": [settings_row(questionnaire)],
        FACTORS: factor_rows(questionnaire),
    }
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, PLAIN) as book:
        book.set_properties({"created": A_DAY})
        bold = book.add_format({"bold": True})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        for name, rows in sheets.items():
            if rows or name == "choices":
                page = book.add_worksheet(name)
                _write(page, _headings(FIRST[name], rows), rows, bold, wrapped)
    return buffer.getvalue()


def _headings(first: Sequence[str], rows: Iterable[Cells]) -> list[str]:
    """Every heading in use, the columns of `first` in front, each in all its languages."""
    used = dict.fromkeys(heading for cells in rows for heading in cells)
    plain = [heading for heading in first if heading not in ("label",) or not used]
    worded = [heading for heading in used if "label" in first and heading.startswith("label::")]
    return list(dict.fromkeys([*plain, *worded, *used]))


def _write(
    page: xlsxwriter.worksheet.Worksheet,
    headings: Sequence[str],
    rows: Iterable[Cells],
    bold: xlsxwriter.format.Format,
    wrapped: xlsxwriter.format.Format,
) -> None:
    page.freeze_panes(1, 0)
    page.set_column(0, len(headings) - 1, 24)
    page.write_row(0, 0, headings, bold)
    for number, cells in enumerate(rows, 1):
        for heading, text in cells.items():
            page.write_string(number, headings.index(heading), text, wrapped)
