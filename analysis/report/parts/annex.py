"""The annex: every sub-score, the sample, the questionnaires, and what the run was made from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from analysis.report.blocks import Block, Facts, Heading, Paragraph, Part, Table
from analysis.report.page import Page

SUB_SCORES = (
    *("unit", "score_rate", "interval", "points", "points_interval", "n"),
    *("unweighted_points", "alternative_points", "note"),
)


def annex(page: Page) -> Part:
    return Part("annex", page.words("annex.part"), list(_blocks(page)))


def _blocks(page: Page) -> Iterator[Block]:
    say = page.words
    if not page.table("sub_scores").empty:
        yield Heading(say("annex.sub_scores"))
        yield from _sub_scores(page)
    if page.manifest["surveys"]:
        yield Heading(say("annex.sample"))
        yield from _samples(page)
        yield Heading(say("annex.questionnaires"))
        yield _questionnaires(page)
    yield Heading(say("annex.run"))
    yield Paragraph(say("annex.evidence_intro"))
    yield Facts([(say("annex.code_version"), page.manifest["code_version"])])
    yield Paragraph(say("annex.run_intro"))
    yield Table(
        say("annex.run"),
        [say("columns.input"), say("columns.hash")],
        sorted(page.manifest["hashes"].items()),
    )


def _sub_scores(page: Page) -> Iterator[Block]:
    say = page.words
    most = page.table("framework").set_index("node")["max_points"]
    for criterion in dict.fromkeys(page.table("sub_scores")["criterion"]):
        names = {"criterion": page.node(criterion), "most": say.number(most[criterion])}
        rows = [_sub_score(page, row) for row in page.rows("sub_scores", criterion=criterion)]
        shown = SUB_SCORES if any(row[-1] for row in rows) else SUB_SCORES[:-1]
        head = [say(f"columns.{name}") for name in shown]
        cells = [row[: len(shown)] for row in rows]
        yield Table(say("annex.sub_scores_of", **names), head, cells, range(1, 8))


def _sub_score(page: Page, row: Any) -> list[str]:
    say = page.words
    return [
        page.unit(row.unit),
        say.share(row.rate),
        page.interval(row),
        say.number(row.points),
        say.range(say.number(row.points_lower), say.number(row.points_upper)),
        say.count(row.n),
        say.number(row.unweighted_points),
        say.number(row.alternative_points),
        page.note(row.note),
    ]


def _samples(page: Page) -> Iterator[Block]:
    say = page.words
    counts = ("population", "selected", "valid", *(["by_open_link"] if page.has_uninvited else []))
    columns = ("stratum", "unit", *counts, "response_rate", "weight")
    for code, group in page.groups.items():
        rows = [
            [
                row.stratum,
                page.unit(row.unit),
                *(say.count(getattr(row, name)) for name in counts),
                say.share(row.response_rate, 1),
                say.number(row.weight),
            ]
            for row in page.rows("sample", survey=code)
        ]
        yield Table(group, [say(f"columns.{name}") for name in columns], rows, range(2, len(columns)))


def _questionnaires(page: Page) -> Table:
    say = page.words
    columns = ("questionnaire", "group", "version", "code", "note")
    rows = [
        [
            say.text(survey["title"]),
            page.groups[survey["code"]],
            survey["version"],
            survey["questionnaire"],
            say("general.illustrative") if survey["illustrative"] else "",
        ]
        for survey in page.manifest["surveys"]
    ]
    return Table(say("annex.questionnaires"), [say(f"columns.{name}") for name in columns], rows)
