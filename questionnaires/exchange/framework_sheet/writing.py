"""The workbook out: a framework as sheets that people fill and `read_framework_sheet` reads again."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

import xlsxwriter

from questionnaires.exchange.framework_sheet.head import HEAD_NAME
from questionnaires.exchange.framework_sheet.pages import Page, write_head, write_list
from questionnaires.exchange.framework_sheet.styles import A_DAY, styles_of
from questionnaires.exchange.framework_sheet.tables import CRITERIA_SHEET, FURTHER
from questionnaires.framework import Framework
from questionnaires.parse_framework import dump_framework

PLAIN = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
"""Whatever a text begins with, it stays a text."""


def write_framework_sheet(framework: Framework, language: str) -> bytes:
    """An XLSX file with headings and words in Vietnamese ("vi") or English ("en"): the same bytes every time.

    Read again, it gives the same framework.
    """
    definition = dump_framework(framework)
    depths = [framework.depth(node) for node in framework.nodes]
    return workbook({**definition, "nodes": written_nodes(framework, definition)}, depths, language)


def written_nodes(framework: Framework, definition: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The nodes with "-" for the parent of a field."""
    return [{"parent": "-", **without_noise(node, framework)} for node in definition["nodes"]]


def without_noise(node: Mapping[str, Any], framework: Framework) -> dict[str, Any]:
    """A node, without a sum that spreadsheets cannot hold to the last digit: reading adds it up again."""
    points = node["max_points"]
    total = 0.0
    for part in framework.children.get(node["code"], ()):
        total += part.max_points if part.kind == node.get("kind", "points") else 0.0
    left_out = total == points and float(f"{points:.15g}") != points
    return {key: value for key, value in node.items() if not (left_out and key == "max_points")}


def workbook(
    definition: Mapping[str, Any], depths: Sequence[int], language: str, *, example: bool = False
) -> bytes:
    """`depths`: how deep each node stands; `example`: mark its rows as ones to replace."""
    language = language if language in HEAD_NAME else "vi"
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, PLAIN) as book:
        book.set_properties({"created": A_DAY})
        styles = styles_of(book)
        sheets = [book.add_worksheet(name[language]) for name in sheet_names()]
        pages = [Page(sheet, styles, language, example) for sheet in sheets]
        write_list(pages[0], CRITERIA_SHEET, definition["nodes"], depths)
        write_head(pages[1], definition)
        for page, kind in zip(pages[2:], FURTHER, strict=True):
            write_list(page, kind, definition.get(kind.key, ()))
    return buffer.getvalue()


def sheet_names() -> list[Mapping[str, str]]:
    return [CRITERIA_SHEET.name, HEAD_NAME, *(kind.name for kind in FURTHER)]
