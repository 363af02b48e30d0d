"""Within part 2: what moves overall satisfaction, and how well the factors are measured."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from analysis.report.blocks import Block, Heading, Paragraph, Table
from analysis.report.page import Page
from analysis.report.words import DASH

DRIVERS = ("factor", "relative", "explained", "interval", "mean", "quadrant", "note")
RELIABILITY = ("factor", "items", "n", "alpha", "interval", "omega", "note")


def scales(page: Page) -> Iterator[Block]:
    if len(page.table("drivers")):
        yield Heading(page.words("survey.drivers"))
        yield Paragraph(page.words("survey.drivers_note"))
        for code in page.table("drivers")["survey"].unique():
            yield _drivers(page, code)
    if len(page.table("reliability")):
        yield Heading(page.words("survey.reliability"))
        yield Paragraph(page.words("survey.reliability_note"))
        for code in page.table("reliability")["survey"].unique():
            yield _reliability(page, code)


def _drivers(page: Page, code: str) -> Table:
    say, rows = page.words, list(page.rows("drivers", survey=code))
    values = {
        "group": page.groups[code],
        "n": say.count(rows[0].n),
        "explained": say.share(rows[0].r_squared, 0),
    }
    cells = [
        [
            page.label("factor", row.factor, code),
            say.share(row.relative, 0),
            say.share(row.share, 1),
            _interval(page, row.share_lower, row.share_upper),
            say.share(row.mean),
            DASH if pd.isna(row.quadrant) else say.name("quadrants", row.quadrant),
            page.note(row.note),
        ]
        for row in sorted(rows, key=lambda row: (pd.isna(row.rank), row.rank))
    ]
    return _table(page, say("survey.drivers_of", **values), DRIVERS, cells, range(1, 5))


def _reliability(page: Page, code: str) -> Table:
    say = page.words
    cells = [
        [
            page.label("factor", row.factor, code),
            say.count(row.items),
            say.count(row.n),
            say.number(row.alpha),
            say.range(say.number(row.alpha_lower), say.number(row.alpha_upper)),
            say.number(row.omega),
            page.note(row.note),
        ]
        for row in page.rows("reliability", survey=code)
    ]
    caption = say("survey.reliability_of", group=page.groups[code])
    return _table(page, caption, RELIABILITY, cells, range(1, 6))


def _table(
    page: Page, caption: str, columns: Sequence[str], cells: list[list[str]], numbers: Sequence[int]
) -> Table:
    """The last column holds remarks, and goes where there are none."""
    if not any(row[-1] for row in cells):
        columns, cells = columns[:-1], [row[:-1] for row in cells]
    return Table(caption, [page.words(f"columns.{name}") for name in columns], cells, numbers)


def _interval(page: Page, lower: Any, upper: Any) -> str:
    return page.words.range(*(page.words.number(100 * end, 1) for end in (lower, upper)))
