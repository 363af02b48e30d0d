"""A comparison of two frameworks as a workbook: the fields summed, then every criterion side by side."""

from __future__ import annotations

import io
import math
from collections.abc import Iterable, Sequence

import xlsxwriter
from flask_babel import gettext
from xlsxwriter.workbook import Format, Workbook

from questionnaires.comparison import KINDS
from questionnaires.comparison.record import Sums
from questionnaires.comparison.words import KIND_NAMES
from survey.builder.comparison.cells import Cell
from survey.builder.comparison.framework_view import Compared, Line, compared
from survey.builder.comparison.sides import Side
from survey.language import text

AS_WRITTEN = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
Rows = Iterable[Sequence[object]]


def comparison_workbook(before: Side, after: Side) -> bytes:
    """Numbers are numbers, and text stays text, whatever it begins with."""
    found = compared(before, after)
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, AS_WRITTEN) as book:
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        bold = book.add_format({"text_wrap": True, "valign": "top", "bold": True})
        rows = [*summary(found, before, after)]
        add_sheet(book, gettext("Fields"), (40, *8 * (14,)), rows, (bold, wrapped))
        rows = [criteria_head(before, after), *map(criterion_row, found.lines)]
        add_sheet(book, gettext("Criteria"), (22, *2 * (9, 46, 9, 46)), rows, (bold, wrapped))
    return buffer.getvalue()


def add_sheet(
    book: Workbook,
    name: str,
    widths: Sequence[int],
    rows: Sequence[Sequence[object]],
    formats: tuple[Format, Format],
) -> None:
    """A sheet under a bold head, its columns as wide as `widths` says."""
    bold, plain = formats
    page = book.add_worksheet(name[:31])
    page.freeze_panes(1, 0)
    for column, width in enumerate(widths):
        page.set_column(column, column, width, plain)
    for number, row in enumerate(rows):
        page.write_row(number, 0, row, plain if number else bold)


def summary(found: Compared, before: Side, after: Side) -> Rows:
    measures = (
        gettext("criteria that carry points"),
        gettext("points"),
        gettext("of these by survey"),
        gettext("points by survey"),
    )
    yield ["", *(f"{measure}, {side.name}" for measure in measures for side in (before, after))]
    for field in found.fields:
        node = field.after or field.before
        yield [text(node.title) if node else "", *figures(field.sums_before, field.sums_after)]
    yield [gettext("In all"), *figures(*found.comparison.totals)]
    yield []
    yield [gettext("Before"), before.label]
    yield [gettext("After"), after.label]
    for kind in KINDS:
        yield [gettext(KIND_NAMES[kind]), found.comparison.counts[kind]]


def figures(before: Sums, after: Sums) -> list[object]:
    pairs = (
        (before.leaves, after.leaves),
        (before.points, after.points),
        (before.survey_leaves, after.survey_leaves),
        (before.survey_points, after.survey_points),
    )
    return [figure for pair in pairs for figure in pair]


def criteria_head(before: Side, after: Side) -> list[object]:
    columns = (
        gettext("Code"),
        gettext("Criterion"),
        gettext("Points"),
        gettext("How it is assessed, where that changed"),
    )
    sided = [f"{column}, {side.name}" for side in (before, after) for column in columns]
    return [gettext("What became of it"), *sided]


def criterion_row(line: Line) -> list[object]:
    became = "; ".join(words for words, _ in line.tags)
    return [became, *cells(line.before), *cells(line.after)]


def cells(cell: Cell | None) -> list[object]:
    if cell is None:
        return ["", "", "", ""]
    points = cell.node.max_points
    said = "\n".join(f"{name}: {words}" for name, words in cell.facts if words)
    return [cell.node.code, cell.title, points if math.isfinite(points) else "", said]
