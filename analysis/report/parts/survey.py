"""Part 2: what people said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from analysis.charts import Bar, Stack, bar_chart, radar_chart, stacked_chart
from analysis.report.blocks import Block, Figure, Heading, Paragraph, Part, Table
from analysis.report.page import Page
from analysis.report.parts.scales import scales

FIGURES = ("interval", "n", "unweighted_rate")


def survey(page: Page) -> Part:
    blocks = _blocks(page) if page.manifest["surveys"] else [Paragraph(page.words("survey.none"))]
    return Part("survey", page.words("survey.part"), list(blocks))


def _blocks(page: Page) -> Iterator[Block]:
    yield from _overall(page)
    yield from _factors(page)
    yield from scales(page)
    for title, section in (("items", _items), ("units", _units), ("breakdown", _breakdown)):
        yield Heading(page.words(f"survey.{title}"))
        for code in page.groups:
            yield from section(page, code)
    for title in ("profile", "answers"):
        yield Heading(page.words(f"survey.{title}"))
        for code in page.groups:
            yield from _shares(page, title, code)


def _bars(page: Page, labelled: list[tuple[str, Any]]) -> bytes:
    return bar_chart(
        [Bar(label, row.rate, row.lower, row.upper, page.rate(row)) for label, row in labelled], 1.0
    )


def _rate_table(page: Page, caption: str, first: str, labelled: list[tuple[str, Any]]) -> Table:
    """Rate, interval, n and unweighted rate of each labelled row."""
    head = [page.words(f"columns.{name}") for name in (first, "rate", *FIGURES)]
    rows = [
        [label, page.rate(row), page.interval(row), page.answers(row), page.words.share(row.unweighted_rate)]
        for label, row in labelled
    ]
    return Table(caption, head, rows, range(1, 5))


def _overall(page: Page) -> Iterator[Block]:
    caption = page.words("survey.overall_chart")
    labelled = [(page.groups[row.survey], row) for row in page.rows("satisfaction_overall")]
    yield Heading(page.words("survey.overall"))
    yield page.figure(_bars(page, labelled), caption)
    table = _rate_table(page, caption, "group", labelled)
    other = [page.words.share(row.alternative_rate) for _, row in labelled]
    rows = [[*cells, beside] for cells, beside in zip(table.rows, other, strict=True)]
    yield Table(table.caption, [*table.head, page.words("columns.alternative_rate")], rows, range(1, 6))


def _factors(page: Page) -> Iterator[Block]:
    table = page.table("satisfaction_factors")
    if table.empty:
        return
    yield Heading(page.words("survey.factors"))
    yield from _radar(page, table)
    for code in table["survey"].unique():
        labelled = [
            (page.label("factor", row.factor, code), row)
            for row in page.rows("satisfaction_factors", survey=code)
        ]
        caption = page.words("survey.factors_chart", group=page.groups[code])
        yield page.figure(_bars(page, labelled), caption)
        yield _rate_table(page, caption, "factor", labelled)


def _radar(page: Page, table: pd.DataFrame) -> Iterator[Figure]:
    """Surveys that share the first one's factors, over those factors; none where a rate is not shown."""
    surveys = list(table["survey"].unique())
    rates = table.pivot(index="factor", columns="survey", values="rate")
    factors = list(table.loc[table["survey"] == surveys[0], "factor"])
    comparable = [code for code in surveys if rates.loc[factors, code].notna().all()]
    series = [(page.groups[code], rates.loc[factors, code].to_list()) for code in comparable]
    labels = [page.label("factor", factor, surveys[0]) for factor in factors]
    if series:
        yield page.figure(radar_chart(labels, series), page.words("survey.radar_chart"))


def _items(page: Page, code: str) -> Iterator[Block]:
    """A chart for the items of each factor (and scale), and one table of them all."""
    rows = page.rows("satisfaction_items", survey=code)
    labelled = [(page.label("item", row.item, code), row) for row in rows]
    shares = page.table("satisfaction_levels")
    shares = shares[shares["survey"] == code]
    together: dict[tuple[str, ...], list[tuple[str, Any]]] = {}
    for label, row in labelled:
        levels = shares.loc[shares["item"] == row.item, "level"]
        together.setdefault((row.factor, *levels), []).append((label, row))
    for (factor, *levels), of_factor in together.items():
        subject = (
            f"{page.groups[code]}, {page.label('factor', factor, code)}" if factor else page.groups[code]
        )
        caption = page.words("survey.items_chart", group=subject)
        yield page.figure(_stacks(page, code, levels, of_factor, shares), caption)
    if labelled:
        yield _item_table(page, page.words("survey.items_table", group=page.groups[code]), labelled, shares)


def _stacks(
    page: Page, code: str, levels: Sequence[str], labelled: list[tuple[str, Any]], shares: pd.DataFrame
) -> bytes:
    scope = f"{code}.{labelled[0][1].item}"
    stacks = [
        Stack(label, shares.loc[shares["item"] == row.item, "share"].to_list(), page.rate(row))
        for label, row in labelled
    ]
    words = [page.label("choice", level, scope) for level in levels]
    return stacked_chart(stacks, words, lambda share: page.words.number(share * 100, 0))


def _item_table(page: Page, caption: str, labelled: list[tuple[str, Any]], shares: pd.DataFrame) -> Table:
    """The rates, and the share of every level; scales differ, so levels go by their place, 1 the worst."""
    table = _rate_table(page, caption, "item", labelled)
    places = sorted(shares["place"].unique())
    wide = shares.pivot(index="item", columns="place", values="share")
    rows = [
        [*cells, *(page.words.share(wide.loc[row.item, place], 1) for place in places)]
        for cells, (_, row) in zip(table.rows, labelled, strict=True)
    ]
    head = [*table.head, *(f"{page.words('columns.level')} {place}" for place in places)]
    return Table(caption, head, rows, range(1, len(head)))


def _units(page: Page, code: str) -> Iterator[Block]:
    rows = page.rows("satisfaction_units", survey=code, factor="")
    shown = sorted(rows, key=lambda row: (pd.isna(row.rate), -row.rate))
    labelled = [(page.unit(row.unit), row) for row in shown]
    if labelled:
        caption = page.words("survey.units_chart", group=page.groups[code])
        yield page.figure(_bars(page, labelled), caption)
        yield _rate_table(page, caption, "unit", labelled)


def _breakdown(page: Page, code: str) -> Iterator[Block]:
    rows = list(page.rows("satisfaction_groups", survey=code))
    for question in dict.fromkeys(row.question for row in rows):
        scope = f"{code}.{question}"
        labelled = [
            (page.label("choice", row.choice, scope), row) for row in rows if row.question == question
        ]
        caption = f"{page.groups[code]}: {page.label('item', question, code)}"
        yield _rate_table(page, caption, "choice", labelled)


def _shares(page: Page, name: str, code: str) -> Iterator[Block]:
    say, rows = page.words, list(page.rows(name, survey=code))
    head = [
        say(f"columns.{column}") for column in ("choice", "share", "interval", "count", "unweighted_share")
    ]
    for question in dict.fromkeys(row.question for row in rows):
        of_question = [row for row in rows if row.question == question]
        caption = f"{page.groups[code]}: {page.label('item', question, code)}"
        if name == "answers" and of_question[0].several:
            caption = f"{caption} ({say('survey.several')})"
        cells = [
            [
                page.label("choice", row.choice, f"{code}.{question}"),
                page.rate(row, "share"),
                page.interval(row),
                page.too_few if pd.isna(row.count) else say.count(row.count),
                say.share(row.unweighted_share),
            ]
            for row in of_question
        ]
        yield Table(caption, head, cells, range(1, 5))
