"""Part 3: the index, its fields and the ranking."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from analysis.charts import Bar, bar_chart
from analysis.report.blocks import Block, Heading, Paragraph, Part, Table
from analysis.report.page import Page

RANKING = ("rank", "unit", "index", "interval", "possible_ranks", "band", "note")


def index(page: Page) -> Part:
    return Part("index", page.words("index.part"), list(_blocks(page)))


def _blocks(page: Page) -> Iterator[Block]:
    say = page.words
    rows = list(page.rows("ranking"))
    yield Heading(say("index.ranking"))
    yield page.figure(_chart(page, rows), say("index.ranking_chart"))
    for group in dict.fromkeys(row.ranking_group for row in rows):
        yield _ranking(page, group, [row for row in rows if row.ranking_group == group])
    yield Paragraph(say("index.ranking_note"))
    yield Heading(say("index.fields"))
    yield _fields(page)
    yield Paragraph(say("index.fields_note"))
    yield Heading(say("index.beside"))
    yield _beside(page)


def _chart(page: Page, rows: list[Any]) -> bytes:
    bars = [
        Bar(page.unit(row.unit), row.index, row.index_lower, row.index_upper, page.index(row.index))
        for row in rows
    ]
    return bar_chart(bars, page.manifest["framework"]["scale"])


def _ranking(page: Page, group: str, rows: list[Any]) -> Table:
    """A group's units in the order of their places; a group that is only scored has none."""
    ranked = any(row.ranked for row in rows)
    caption = page.words(
        f"index.{'ranking' if ranked else 'scored'}_of", group=page.label("ranking_group", group)
    )
    shown = [name for name in RANKING if ranked or name not in ("rank", "possible_ranks")]
    if not any(row.note for row in rows):
        shown.remove("note")
    cells = [[text for name, text in _ranking_cells(page, row).items() if name in shown] for row in rows]
    numbers = [shown.index(name) for name in ("index", "interval", "possible_ranks") if name in shown]
    head = [page.words(f"columns.{name}") for name in shown]
    return Table(caption, head, cells, numbers, naming=shown.index("unit"))


def _ranking_cells(page: Page, row: Any) -> dict[str, str]:
    say = page.words
    return {
        "rank": _rank(page, row),
        "unit": page.unit(row.unit),
        "index": page.index(row.index),
        "interval": page.index_interval(row),
        "possible_ranks": say.range(say.count(row.rank_lower), say.count(row.rank_upper)),
        "band": page.label("band", row.band),
        "note": page.note(row.note),
    }


def _rank(page: Page, row: Any) -> str:
    return page.words.count(row.rank) + (" =" if row.rank_shared else "")


def _fields(page: Page) -> Table:
    say = page.words
    table = page.table("fields")
    codes = list(dict.fromkeys(table["field"]))
    percents = table.pivot(index="unit", columns="field", values="percent")
    head = [say("columns.unit"), *(page.node(code) for code in codes), say("columns.index")]
    rows = [
        [
            page.unit(row.unit),
            *(say.number(percents.loc[row.unit, code]) for code in codes),
            page.index(row.index),
        ]
        for row in page.rows("ranking")
    ]
    return Table(say("index.fields"), head, rows, range(1, len(head)))


def _beside(page: Page) -> Table:
    say = page.words
    columns = ("unit", "points", "max_applicable", "index", "weighted_index", "unweighted_index")
    by_unit = page.table("index").set_index("unit")
    rows = [
        [
            page.unit(code),
            *(say.number(by_unit.loc[code, name]) for name in columns[1:3]),
            *(page.index(by_unit.loc[code, name]) for name in columns[3:]),
        ]
        for code in page.table("ranking")["unit"]
    ]
    return Table(say("index.beside"), [say(f"columns.{name}") for name in columns], rows, range(1, 6))
