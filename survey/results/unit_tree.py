"""One agency's criteria: every figure of the index with where it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from analysis.notes import split_notes
from analysis.round.result import RunResult
from analysis.scoring.feeds import find_feeds
from questionnaires.framework import Framework, Node
from questionnaires.schema import Questionnaire
from survey.builder.tree import lines
from survey.results.figures import Interval, Row, percent, rows_of


@dataclass(frozen=True)
class Asked:
    """What one survey asks about a criterion: the codes of its items, in which version of its form."""

    survey: str
    questionnaire: Questionnaire
    items: tuple[str, ...]


@dataclass(frozen=True)
class Rated:
    """A survey-assessed criterion's estimate; rates in percent, points out of the criterion's.

    `alternative`: the points if the groups were put together the other way.
    """

    rate: Interval
    unweighted_rate: float | None
    points: Interval
    unweighted: float | None
    alternative: float | None
    n: int
    asked: tuple[Asked, ...]
    notes: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Figures:
    """What a node gave one agency, of the most it could give (0 where it does not apply)."""

    points: float | None
    most: float
    percent: float | None
    applies: bool = True
    self_score: float | None = None
    rated: Rated | None = None


@dataclass(frozen=True)
class Line:
    """A node of the tree. `rule` and `groups`: how answers become points. Fields and leaves have figures."""

    node: Node
    level: int
    rule: str
    groups: str
    figures: Figures | None


def unit_lines(
    result: RunResult, framework: Framework, questionnaires: Mapping[str, Questionnaire], unit: str
) -> list[Line]:
    """The framework's nodes in the order of the tree. `questionnaires`: by the code of their survey."""
    figures = dict(node_figures(result, framework, questionnaires, unit))
    tree = lines(framework, list(questionnaires.values()))
    return [Line(line.node, line.level, line.rule, line.groups, figures.get(line.node.code)) for line in tree]


def node_figures(
    result: RunResult, framework: Framework, questionnaires: Mapping[str, Questionnaire], unit: str
) -> Iterator[tuple[str, Figures]]:
    asked = asked_about(framework, questionnaires)
    scores = {row["criterion"]: row for row in rows_of(result, "sub_scores", unit=unit)}
    for row in rows_of(result, "criteria", unit=unit):
        code = row["criterion"]
        rated = rated_figures(scores[code], asked.get(code, ())) if code in scores else None
        yield code, leaf_figures(row, rated)
    for row in rows_of(result, "fields", unit=unit):
        yield row["field"], Figures(row["points"], row["max_applicable"], row["percent"])


def leaf_figures(row: Row, rated: Rated | None) -> Figures:
    most = row["max_points"] if row["applicable"] else 0.0
    known = most > 0 and row["points"] is not None
    share = 100 * row["points"] / most if known else None
    return Figures(row["points"], most, share, row["applicable"], row["self_score"], rated)


def rated_figures(row: Row, asked: tuple[Asked, ...]) -> Rated:
    return Rated(
        rate=Interval(*(percent(row[column]) for column in ("rate", "lower", "upper"))),
        unweighted_rate=percent(row["unweighted_rate"]),
        points=Interval(row["points"], row["points_lower"], row["points_upper"]),
        unweighted=row["unweighted_points"],
        alternative=row["alternative_points"],
        n=row["n"],
        asked=asked,
        notes=tuple(split_notes(row["note"] or "")),
    )


def asked_about(
    framework: Framework, questionnaires: Mapping[str, Questionnaire]
) -> dict[str, tuple[Asked, ...]]:
    """Leaf code → the surveys that ask about it."""
    found: dict[str, tuple[Asked, ...]] = {}
    for survey, questionnaire in questionnaires.items():
        items: dict[str, tuple[str, ...]] = {}
        for feed in find_feeds(framework, questionnaire):
            items[feed.leaf.code] = (*items.get(feed.leaf.code, ()), feed.item.code)
        for leaf, codes in items.items():
            found[leaf] = (*found.get(leaf, ()), Asked(survey, questionnaire, codes))
    return found
