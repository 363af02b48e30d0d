"""The table of scores to download: a row for each unit and criterion, as it is stored now."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence

import xlsxwriter

from questionnaires.framework import Framework, Node
from survey.language import text
from survey.models import EvidenceScore, RoundUnit
from survey.scoring.columns import NO, TABLE, YES, headings
from survey.scoring.criteria import evidence_leaves
from survey.scoring.values import values_of

SAFE = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


def table_workbook(
    framework: Framework,
    members: Sequence[RoundUnit],
    scores: Mapping[tuple[int, str], EvidenceScore],
    title: str,
    language: str,
) -> bytes:
    """An XLSX file with one sheet, named `title`, that can be filled in and uploaded again."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, SAFE) as book:
        page = book.add_worksheet(title[:31])
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        page.write_row(0, 0, headings(language).values(), head)
        last = 0
        for last, cells in enumerate(rows(framework, members, scores, language), start=1):
            page.write_row(last, 0, [cells[column.name] for column in TABLE])
        for place, column in enumerate(TABLE):
            page.set_column(place, place, column.width, wrap)
        offer_yes_and_no(page, last, language)
        page.freeze_panes(1, 3)
        page.autofilter(0, 0, last, len(TABLE) - 1)
    return buffer.getvalue()


def offer_yes_and_no(page: xlsxwriter.worksheet.Worksheet, last: int, language: str) -> None:
    place = [column.name for column in TABLE].index("applicable")
    choice = {"validate": "list", "source": [YES[language], NO[language]]}
    page.data_validation(1, place, max(last, 1), place, choice)


def rows(
    framework: Framework,
    members: Sequence[RoundUnit],
    scores: Mapping[tuple[int, str], EvidenceScore],
    language: str,
) -> Iterator[dict[str, object]]:
    """Column → cell."""
    for member in members:
        for leaf in evidence_leaves(framework, member.unit.type):
            yield row_of(member, leaf, scores.get((member.unit_id, leaf.code)), language)


def row_of(member: RoundUnit, leaf: Node, score: EvidenceScore | None, language: str) -> dict[str, object]:
    values = values_of(score)
    return {
        **values,
        "applicable": (YES if values["applicable"] else NO)[language],
        "unit": member.unit.code,
        "unit_name": member.unit.name,
        "criterion": leaf.code,
        "title": text(leaf.title),
        "max_points": leaf.max_points,
        "revision": score.revision if score else 0,
    }
