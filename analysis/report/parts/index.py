"""Part 3: the index, its fields and the ranking."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from analysis.charts import Bar, bar_chart
from analysis.report.blocks import Block, Heading, Paragraph, Part, Table
from analysis.report.page import Page

RANKING = ("rank", "unit", "index", "interval", "possible_ranks", "joint_ranks", "top_share", "band", "note")
OF_PLACES = ("rank", "possible_ranks", "joint_ranks", "top_share")
NEIGHBOURS = ("better", "worse", "difference", "difference_se", "p_adjusted", "distinguishable")


def index(page: Page) -> Part:
    return Part("index", page.words("index.part"), list(_blocks(page)))


def _blocks(page: Page) -> Iterator[Block]:
    say = page.words
    rows = list(page.rows("ranking"))
    yield Heading(say("index.ranking"))
    yield page.figure(_chart(page, rows), say("index.ranking_chart"))
    for group in dict.fromkeys(row.ranking_group for row in rows):
        yield _ranking(page, group, [row for row in rows if row.ranking_group == group])
    yield Paragraph(say("index.ranking_note", level=say.share(page.manifest["recipe"]["level"], 0)))
    yield from _neighbours(page)
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
    shown = [name for name in RANKING if ranked or name not in OF_PLACES]
    if not any(row.note for row in rows):
        shown.remove("note")
    cells = [[text for name, text in _ranking_cells(page, row).items() if name in shown] for row in rows]
    figures = ("index", "interval", "possible_ranks", "joint_ranks", "top_share")
    numbers = [shown.index(name) for name in figures if name in shown]
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
        "joint_ranks": say.range(say.count(row.joint_lower), say.count(row.joint_upper)),
        "top_share": say.share(row.top_share, 0),
        "band": page.label("band", row.band),
        "note": page.note(row.note),
    }


def _rank(page: Page, row: Any) -> str:
    return page.words.count(row.rank) + (" =" if row.rank_shared else "")


def _neighbours(page: Page) -> Iterator[Block]:
    """Each unit beside the next below it, and whether the sample can tell them apart."""
    say, table = page.words, page.table("neighbours")
    if table.empty:
        return
    yield Heading(say("index.neighbours"))
    yield Paragraph(say("index.neighbours_note", apart=int(table["distinguishable"].sum()), pairs=len(table)))
    head = [say(f"columns.{name}") for name in NEIGHBOURS]
    for group in dict.fromkeys(table["ranking_group"]):
        caption = say("index.neighbours_of", group=page.label("ranking_group", group))
        rows = [_neighbour_cells(page, row) for row in page.rows("neighbours", ranking_group=group)]
        yield Table(caption, head, rows, range(2, 5))


def _neighbour_cells(page: Page, row: Any) -> list[str]:
    say = page.words
    verdict = say("index.apart" if row.distinguishable else "index.not_apart")
    figures = [say.number(value, page.decimals) for value in (row.difference, row.difference_se)]
    return [page.unit(row.better), page.unit(row.worse), *figures, say.p_value(row.p_adjusted), verdict]


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
