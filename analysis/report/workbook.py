"""The tables of a run as an XLSX workbook: one sheet a table, the method first, the same bytes each time."""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from analysis.report.blocks import Facts
from analysis.report.page import Page
from analysis.report.parts.method import method
from analysis.round.result import RunResult

EPOCH = datetime.datetime(2000, 1, 1)
"""A fixed date of creation: the same run is the same file."""
CONTROL_CHARACTERS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
LONGEST_CELL = 32_767
WIDEST = 60

PERCENT, TWO, FOUR, COUNT = "0.00%", "#,##0.00", "0.0000", "#,##0"
NUMBER_FORMATS = {
    **dict.fromkeys(("rate", "share", "unweighted_rate", "unweighted_share", "alternative_rate"), PERCENT),
    **dict.fromkeys(
        ("se", "lower", "upper", "response_rate", "paper_rate", "first_share", "top_share"), PERCENT
    ),
    **dict.fromkeys(("share_se", "share_lower", "share_upper", "relative", "r_squared"), PERCENT),
    **dict.fromkeys(("kish_deff", "weight", "smallest", "largest", "p", "p_adjusted"), FOUR),
    **dict.fromkeys(("alpha", "alpha_se", "alpha_lower", "alpha_upper", "mean_correlation", "mean"), FOUR),
    **dict.fromkeys(("omega", "omega_se", "omega_lower", "omega_upper", "r_squared_se"), FOUR),
    **dict.fromkeys(
        ("population", "selected", "valid", "by_open_link", "n", "count", "before", "after", "n_effective"),
        COUNT,
    ),
    "worst_gap": "0.0E+00",
}
"""Column → Excel's number format; other fractions have two decimals."""

CODES = {
    **{name: name for name in ("survey", "unit", "band", "ranking_group")},
    **dict.fromkeys(("criterion", "field"), "node"),
    **dict.fromkeys(("better", "worse"), "unit"),
}
"""Column of codes → the kind of label that is written beside it."""
SCOPED = {"factor": "factor", "item": "item", "question": "item"}
"""As above, for codes that belong to the row's survey."""
CHOICES = {"choice": "question", "level": "item"}
"""Columns of choices → the column of the item they belong to."""


def xlsx_report(result: RunResult, language: str) -> bytes:
    """Every table of a run as a sheet, names beside codes. Raises ValueError for an unknown language."""
    page = Page(result, language)
    buffer = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(buffer, {**options, "in_memory": True}) as workbook:
        workbook.set_properties({"created": EPOCH, "title": clean(_title(page))})
        sheets = _Sheets(workbook, page)
        sheets.method()
        for name in result.tables:
            sheets.table(name)
    return buffer.getvalue()


def clean(text: str) -> str:
    """The text without characters that a workbook cannot hold."""
    return CONTROL_CHARACTERS.sub("", text)[:LONGEST_CELL]


def _title(page: Page) -> str:
    return page.words("general.title", round=page.words.text(page.manifest["round"]["title"]))


@dataclass(frozen=True)
class Column:
    """One column of a sheet: its heading, its values and their number format."""

    heading: str
    values: list[Any]
    number_format: str


class _Sheets:
    """Writes the sheets of one workbook."""

    def __init__(self, workbook: xlsxwriter.Workbook, page: Page) -> None:
        self.workbook, self.page = workbook, page
        self.heading = workbook.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bottom": 2, "bg_color": "#E4EDED"}
        )
        self.banner = workbook.add_format({"bold": True, "font_color": "#8A3A00", "bg_color": "#FFF4D6"})
        self.strong = workbook.add_format({"bold": True, "valign": "top"})
        self.wrapped = workbook.add_format({"text_wrap": True, "valign": "top"})
        self.formats: dict[str, Format] = {}

    def method(self) -> None:
        """What was done, in words, and what the run was made from."""
        sheet, row = self._sheet("method")
        sheet.set_column(0, 0, 34)
        sheet.set_column(1, 1, 110)
        for name, value in self._method_rows():
            self._text(sheet, row, 0, name, self.strong)
            self._text(sheet, row, 1, value, self.wrapped)
            row += 1

    def _method_rows(self) -> Iterator[tuple[str, str]]:
        say, manifest = self.page.words, self.page.manifest
        yield "", _title(self.page)
        for block in method(self.page).blocks:
            if isinstance(block, Facts):
                yield from block.rows
        yield say("annex.run"), manifest["run"]
        yield say("annex.code_version"), manifest["code_version"]
        for name, digest in sorted(manifest["hashes"].items()):
            yield f"SHA-256 {name}", digest

    def table(self, name: str) -> None:
        sheet, top = self._sheet(name)
        columns = list(self._columns(self.page.table(name)))
        for place, column in enumerate(columns):
            self._text(sheet, top, place, column.heading, self.heading)
            sheet.set_column(place, place, _width(column))
            for row, value in enumerate(column.values, start=top + 1):
                self._cell(sheet, row, place, value, self._format(column.number_format))
        sheet.freeze_panes(top + 1, 1)
        if columns:
            sheet.autofilter(top, 0, top + max(1, len(columns[0].values)), len(columns) - 1)

    def _sheet(self, name: str) -> tuple[Worksheet, int]:
        """A sheet with the banner of synthetic data, if they are; and the row below it."""
        sheet = self.workbook.add_worksheet(self.page.words(f"tables.{name}"))
        if not self.page.manifest["round"].get("synthetic"):
            return sheet, 0
        self._text(sheet, 0, 0, self.page.words("general.synthetic"), self.banner)
        return sheet, 1

    def _columns(self, table: pd.DataFrame) -> Iterator[Column]:
        for name in table.columns:
            heading = self.page.words.name("columns", name)
            labels = self._labels(table, name)
            if labels is not None:
                code_heading = f"{heading} ({self.page.words('columns.code').lower()})"
                yield Column(code_heading, table[name].to_list(), "")
                yield Column(heading, labels, "")
            else:
                yield Column(heading, table[name].to_list(), _number_format(table[name]))

    def _labels(self, table: pd.DataFrame, name: str) -> list[str] | None:
        codes = table[name]
        if name in CODES:
            return [self.page.label(CODES[name], code) for code in codes]
        if name in SCOPED and "survey" in table:
            pairs = zip(codes, table["survey"], strict=True)
            return [self.page.label(SCOPED[name], code, survey) for code, survey in pairs]
        if name in CHOICES:
            rows = zip(codes, table["survey"], table[CHOICES[name]], strict=True)
            return [self.page.label("choice", code, f"{survey}.{item}") for code, survey, item in rows]
        return None

    def _format(self, number_format: str) -> Format | None:
        if number_format and number_format not in self.formats:
            self.formats[number_format] = self.workbook.add_format({"num_format": number_format})
        return self.formats.get(number_format)

    def _cell(self, sheet: Worksheet, row: int, place: int, value: Any, shape: Format | None) -> None:
        if isinstance(value, str):
            self._text(sheet, row, place, value, shape)
        elif isinstance(value, bool):
            self._text(sheet, row, place, self.page.words.flag(value), shape)
        elif not pd.isna(value):
            sheet.write_number(row, place, float(value), shape)

    def _text(self, sheet: Worksheet, row: int, place: int, text: str, shape: Format | None) -> None:
        """As text, whatever it looks like: a cell that starts with = is not a formula here."""
        sheet.write_string(row, place, clean(text), shape)


def _number_format(column: pd.Series) -> str:
    if not pd.api.types.is_numeric_dtype(column) or pd.api.types.is_bool_dtype(column):
        return ""
    whole = pd.api.types.is_integer_dtype(column)
    return NUMBER_FORMATS.get(str(column.name), COUNT if whole else TWO)


def _width(column: Column) -> int:
    """Wide enough for the longest of the first values, within reason; headings wrap."""
    texts = [value for value in column.values[:200] if isinstance(value, str)]
    return min(WIDEST, max(12, *(len(text) + 1 for text in texts), len(column.heading) // 2 + 2))
