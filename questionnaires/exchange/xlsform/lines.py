"""The rows of an XLSForm's sheet, their cells found by what the columns mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from questionnaires.exchange.xlsform.columns import columns_of
from questionnaires.exchange.xlsform.languages import language_of
from questionnaires.sheets import Row, Sheet, SheetFault

YES = frozenset({"yes", "true", "true()", "1"})
NO = frozenset({"", "no", "false", "false()", "0"})


@dataclass(frozen=True)
class Page:
    """A sheet and what its headings mean. `unnamed` is the language of texts whose heading names none."""

    sheet: Sheet
    unnamed: str
    headings: Mapping[str, str] = field(default_factory=dict)
    worded: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def lines(self) -> Iterator[Line]:
        return (Line(self, row) for row in self.sheet.rows)


def page_of(sheet: Sheet, unnamed: str) -> Page:
    """Of several headings that mean one column, the first that holds something counts; of texts, one that
    names its language goes before one that names none.
    """
    headings: dict[str, str] = {}
    worded: dict[tuple[str, str], str] = {}
    columns = columns_of(sheet.header)
    empty = {heading for heading in columns if is_empty(sheet, heading)}
    for heading in sorted(columns, key=lambda heading: (heading in empty, not columns[heading].language)):
        column = columns[heading]
        if language := language_of(column.language) if column.language else unnamed:
            worded.setdefault((column.name, language), heading)
    for heading in sorted(columns, key=lambda heading: (heading in empty, bool(columns[heading].language))):
        headings.setdefault(columns[heading].name, heading)
    in_order = sorted(worded.items(), key=lambda pair: sheet.header.index(pair[1]))
    return Page(sheet, unnamed, headings, dict(in_order))


def is_empty(sheet: Sheet, heading: str) -> bool:
    return not any(row[heading] for row in sheet.rows)


@dataclass(frozen=True)
class Line:
    """One row: `line["relevant"]` is a cell's text, "" where there is none."""

    page: Page
    row: Row

    def __getitem__(self, column: str) -> str:
        return self.row[self.page.headings.get(column, "")]

    def words(self, column: str) -> dict[str, str]:
        """The texts of a column by language."""
        texts = {
            language: self.row[heading]
            for (name, language), heading in self.page.worded.items()
            if name == column
        }
        return {language: text for language, text in texts.items() if text}

    def says_yes(self, column: str) -> bool:
        return self[column].lower() in YES

    def heading(self, column: str, language: str = "") -> str:
        worded = self.page.worded.get((column, language), "")
        return worded or self.page.headings.get(column, "")

    def found(
        self, column: str, template: str, values: Mapping[str, object], language: str = ""
    ) -> SheetFault:
        """A fault or note at this row's cell of the column."""
        return self.page.sheet.fault(self.row, self.heading(column, language), template, values)
