"""Part 1: on what basis, whom the survey asked, and by which rules answers became points."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from analysis.report.blocks import Block, Facts, Heading, Paragraph, Part, Table
from analysis.report.page import Page
from analysis.report.parts.paper import paper
from analysis.report.parts.rules import rule_sentence
from questionnaires.schema import GROUPS

Fact = tuple[str, str]


def method(page: Page) -> Part:
    return Part("method", page.words("method.part"), list(_blocks(page)))


def _blocks(page: Page) -> Iterator[Block]:
    say = page.words
    yield Facts([*_basis(page), *_choices(page)])
    if notes := say.text(page.manifest["framework"]["notes"]):
        yield Heading(say("method.notes"))
        yield Paragraph(notes)
    if page.manifest["surveys"]:
        yield Heading(say("method.sample"))
        yield _sample(page)
        yield Paragraph(say("method.sample_intro"))
        if page.has_uninvited:
            yield Paragraph(say("method.sample_open"))
        yield from paper(page)
        yield Heading(say("method.weights"))
        yield Paragraph(say("method.weights_intro"))
        yield _weights(page)
    yield Heading(say("method.rules"))
    yield _rules(page)


def _basis(page: Page) -> Iterator[Fact]:
    say, framework = page.words, page.manifest["framework"]
    decision = framework["decision"]
    yield say("method.framework"), say.text(framework["title"])
    yield say("method.decision"), _decision(page, decision)
    if decision.get("replaces"):
        yield say("method.replaces"), decision["replaces"]
    index = page.table("index")
    ranked = int(index["ranked"].sum())
    yield say("method.scope"), say("method.scope_units", count=len(index), ranked=ranked)
    yield say("method.structure"), _structure(page)
    if as_of := page.manifest["round"].get("as_of"):
        yield say("method.as_of"), say.day(as_of)


def _decision(page: Page, decision: dict[str, Any]) -> str:
    if decision.get("date"):
        return page.words("method.decision_of", **{**decision, "date": page.words.day(decision["date"])})
    return page.words("method.decision_undated", **decision)


def _structure(page: Page) -> str:
    tree = page.table("framework")
    leaves = tree[~tree["node"].isin(tree["parent"])]
    surveyed = leaves[leaves["assessed_by"] == "survey"]
    return page.words(
        "method.structure_counts",
        fields=len(tree[tree["depth"] == 1]),
        leaves=len(leaves),
        survey=len(surveyed),
        points=page.words.number(surveyed["max_points"].sum(), 0),
    )


def _choices(page: Page) -> Iterator[Fact]:
    """What the recipe settles, in sentences."""
    say, recipe = page.words, page.manifest["recipe"]
    reading = recipe["satisfaction"]
    if reading == "scaled_mean" and recipe["origin"] == "one":
        reading = "scaled_mean_one"
    yield say("method.official"), say(f"method.official_{recipe['official']}")
    yield say("method.aggregation"), say(f"method.aggregation_{recipe['aggregation']}")
    yield say("method.reading"), say(f"method.reading_{reading}")
    yield say("method.absent"), say(f"method.absent_{recipe['absent_group']}")
    level, draws = say.share(recipe["level"], 0), say.count(recipe["draws"])
    yield say("method.precision"), say("method.precision_text", level=level, draws=draws)
    yield say("method.privacy"), say("method.privacy_text", least=recipe["minimum_cell"])


def _sample(page: Page) -> Table:
    say = page.words
    columns = ("group", *_counts(page), "response_rate", "mode")
    rows = [_sample_row(page, survey) for survey in page.manifest["surveys"]]
    headings = [say(f"columns.{name}") for name in columns]
    return Table(say("method.sample"), headings, rows, range(1, len(columns) - 1))


def _counts(page: Page) -> tuple[str, ...]:
    return ("population", "selected", "valid", *(["by_open_link"] if page.has_uninvited else []))


def _sample_row(page: Page, survey: dict[str, Any]) -> list[str]:
    say = page.words
    modes = [f"{say.name('modes', mode)}: {say.count(n)}" for mode, n in sorted(survey["modes"].items())]
    return [
        page.groups[survey["code"]],
        *(say.count(survey[name]) for name in _counts(page)),
        say.share(survey["response_rate"], 1),
        "; ".join(modes),
    ]


def _weights(page: Page) -> Table:
    say = page.words
    columns = ("group", "step", "before", "after", "smallest", "largest", "kish_deff", "n_effective")
    rows = [
        [
            page.groups[row.survey],
            _step(page, row),
            *(say.count(value) for value in (row.before, row.after)),
            *(say.number(value) for value in (row.smallest, row.largest, row.kish_deff)),
            say.count(row.n_effective),
        ]
        for row in page.rows("weights")
    ]
    return Table(say("method.weights"), [say(f"columns.{name}") for name in columns], rows, range(2, 8))


def _step(page: Page, row: Any) -> str:
    if row.step == "start":
        return page.words("steps.start")
    survey = next(survey for survey in page.manifest["surveys"] if survey["code"] == row.survey)
    margins = [
        " × ".join(page.label("item", code, row.survey) for code in margin) for margin in survey["margins"]
    ]
    return page.words("steps.poststratify" if len(margins) == 1 else "steps.rake", by="; ".join(margins))


def _rules(page: Page) -> Table:
    say = page.words
    columns = ("criterion", "max_points", "rule", "groups", "combine")
    rows = [
        [
            page.node(row.node) + (f" ({say('general.illustrative')})" if row.illustrative else ""),
            say.number(row.max_points),
            rule_sentence(page, row.rule, row.parameters),
            _group_weights(page, row.groups),
            say(f"combine.{row.combine}"),
        ]
        for row in page.rows("framework", assessed_by="survey")
    ]
    return Table(say("method.rules"), [say(f"columns.{name}") for name in columns], rows, [1])


def _group_weights(page: Page, written: str) -> str:
    weights = json.loads(written or "{}")
    ordered = sorted(weights, key=GROUPS.index)
    return "; ".join(f"{page.group(code)} {page.words.number(weights[code])}" for code in ordered)
