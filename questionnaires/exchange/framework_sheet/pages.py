"""One sheet out: headings with their notes, drop-down lists, and the entries below."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from xlsxwriter.worksheet import Worksheet

from questionnaires.exchange.framework_sheet.column import Column
from questionnaires.exchange.framework_sheet.forms import Cell, Form
from questionnaires.exchange.framework_sheet.head import ADVICE, HEAD, ITEM, VALUE
from questionnaires.exchange.framework_sheet.ledger import value_at
from questionnaires.exchange.framework_sheet.styles import Styles
from questionnaires.exchange.framework_sheet.tables import SheetKind

SHOWN_LANGUAGES = ("vi", "en")
LAST_ROW = 500
"""How far down drop-down lists are offered."""

NOTE = {"x_scale": 2.2, "y_scale": 1.3}
Entry = Mapping[str, Any]


@dataclass(frozen=True)
class Page:
    sheet: Worksheet
    styles: Styles
    language: str
    example: bool = False

    def write(self, row: int, place: int, value: Cell | None, form: Form, depth: int = 0) -> None:
        """Texts are written as such, whatever they look like; None leaves an empty cell of the right kind."""
        look = self.styles.cell(form.number, depth, self.example and value is not None)
        if value is None:
            self.sheet.write_blank(row, place, None, look)
        elif isinstance(value, str):
            self.sheet.write_string(row, place, value, look)
        else:
            self.sheet.write_number(row, place, value, look)

    def offer(self, first: int, last: int, place: int, form: Form) -> None:
        """A list to pick from, without force: the import knows more words than it offers."""
        if form.choices:
            words = [choice.words[self.language] for choice in form.choices]
            rule = {"validate": "list", "source": words, "show_error": False}
            self.sheet.data_validation(first, place, last, place, rule)
        elif form.number:
            rule = {"validate": "decimal", "criteria": ">=", "value": 0, "error_type": "warning"}
            self.sheet.data_validation(first, place, last, place, rule)


def write_list(page: Page, kind: SheetKind, entries: Sequence[Entry], depths: Sequence[int] = ()) -> None:
    """`depths`: how deep each entry's title stands in."""
    columns = list(with_languages(kind.columns, entries))
    write_headings(page, [(column, column.title(page.language, text)) for column, text in columns])
    for place, (column, text) in enumerate(columns):
        page.offer(1, LAST_ROW, place, column.form)
        for row, entry in enumerate(entries, start=1):
            depth = depths[row - 1] - 1 if depths and column.path == "title" else 0
            page.write(row, place, cell_of(column, text, entry, page.language), column.form, depth)
    page.sheet.freeze_panes(1, min(3, len(columns) - 1))


def write_head(page: Page, definition: Entry) -> None:
    """A line for each thing that is said once, with how to write it."""
    write_headings(page, [(column, column.heading[page.language]) for column in (ITEM, VALUE, ADVICE)])
    for row, (column, text) in enumerate(with_languages(HEAD, [definition]), start=1):
        page.sheet.write_string(row, 0, column.title(page.language, text), page.styles.heading)
        page.write(row, 1, cell_of(column, text, definition, page.language), column.form)
        page.sheet.write_string(row, 2, column.note[page.language], page.styles.cell(False, 0, False))
        page.offer(row, row, 1, column.form)
    page.sheet.freeze_panes(1, 1)


def write_headings(page: Page, columns: Sequence[tuple[Column, str]]) -> None:
    for place, (column, heading) in enumerate(columns):
        page.sheet.set_column(place, place, column.width, page.styles.cell(column.form.number, 0, False))
        page.sheet.write_string(0, place, heading, page.styles.heading)
        page.sheet.write_comment(0, place, column.note[page.language], NOTE)
    page.sheet.ignore_errors({"number_stored_as_text": f"A1:AZ{LAST_ROW + 1}"})


def with_languages(columns: Iterable[Column], entries: Sequence[Entry]) -> Iterator[tuple[Column, str]]:
    """Each column with the language of its texts: Vietnamese, English, and whatever else the entries hold."""
    for column in columns:
        if not column.by_language:
            yield column, ""
            continue
        more = {language for entry in entries for language in value_at(entry, column.path) or ()}
        for language in (*SHOWN_LANGUAGES, *sorted(more - {*SHOWN_LANGUAGES})):
            yield column, language


def cell_of(column: Column, text: str, entry: Entry, language: str) -> Cell | None:
    value = value_at(entry, f"{column.path}.{text}" if text else column.path)
    return None if value is None else column.form.write(value, language)
