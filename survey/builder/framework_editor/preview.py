"""A rule tried out: made-up answers of each group → its points, by the functions that score real rounds."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from analysis.recipe import Recipe
from analysis.scoring.feeds import Feed
from analysis.scoring.item_means import ItemMeans
from analysis.scoring.rules import answer_values, points_of, reading_of
from analysis.scoring.unit_rates import Panel, leaf_rates
from questionnaires import Fault
from questionnaires.check_rules import check_rule
from questionnaires.faults import N_
from questionnaires.framework import COMBINE, Node, Rule
from questionnaires.schema import Choice, Item, Question
from questionnaires.written import Unreadable, read_number

FIELD = "preview."
EVERYBODY = ""
"""The group of a rule that asks nobody, or whose groups nobody has named yet."""

TYPICAL_RATE = "82"
TYPICAL_PEOPLE = "100"
RATES = (0, 25, 50, 65, 80, 90, 100)
"""Percentages of the table, beside those where a rule changes its course."""

PERCENT = N_("A percentage from 0 to 100 is expected here; found %(found)s.")
SHARE = N_("A number from 0 on is expected here; found %(found)s.")

Texts = Mapping[str, str]
QUESTION = Question("preview", "scale", {})


@dataclass(frozen=True)
class Asked:
    """The fields for one group: its rate in percent, or the shares of its answers; how many people answer.

    Each is a name on the form with its text.
    """

    group: str
    rate: tuple[str, str] | None
    shares: Mapping[str, tuple[str, str]]
    people: tuple[str, str] | None


@dataclass(frozen=True)
class Figure:
    """A rate in percent and its points; NaN for none."""

    rate: float
    points: float


@dataclass(frozen=True)
class Preview:
    """`groups`: the figure of each; `combined` as the leaf says, `alternative` the other way, if there are
    several groups. `table`: points at some rates.
    """

    reading: str
    most: float
    asked: Sequence[Asked]
    faults: Sequence[Fault]
    groups: Mapping[str, Figure]
    combined: Figure
    alternative: Figure | None
    table: Sequence[Figure]


def preview(leaf: Node, texts: Texts) -> Preview | None:
    """What a leaf's rule makes of made-up answers; None while the rule or the points are not complete."""
    rule = leaf.rule
    if rule is None or not 0 < leaf.max_points < math.inf or check_rule("", rule, leaf.max_points):
        return None
    asked = [fields_of(rule, group, texts, len(leaf.groups)) for group in leaf.groups or (EVERYBODY,)]
    faults: list[Fault] = []
    panels = [panel_of(leaf, rule, each, faults) for each in asked]
    both = leaf_rates([leaf, leaf], panels, Recipe(), [leaf.combine, other_way(leaf.combine)]).rate
    return Preview(
        reading=reading_of(rule),
        most=leaf.max_points,
        asked=asked,
        faults=faults,
        groups={panel.group: figure(leaf, rate_of(panel)) for panel in panels},
        combined=figure(leaf, float(both[0])),
        alternative=figure(leaf, float(both[1])) if len(leaf.groups) > 1 else None,
        table=[figure(leaf, percent / 100) for percent in sorted({*RATES, *turning_points(rule)})],
    )


def other_way(combine: str) -> str:
    return next(other for other in COMBINE if other != combine)


def fields_of(rule: Rule, group: str, texts: Texts, groups: int) -> Asked:
    prefix = f"{FIELD}{group or 'all'}."

    def field(name: str, typical: str) -> tuple[str, str]:
        return f"{prefix}{name}", texts.get(f"{prefix}{name}", typical)

    answers = rule.parameters["weights"] if reading_of(rule) == "option_weights" else ()
    even = str(100 // len(answers)) if answers else ""
    return Asked(
        group=group,
        rate=None if answers else field("rate", TYPICAL_RATE),
        shares={answer: field(f"share.{answer}", even) for answer in answers},
        people=field("people", TYPICAL_PEOPLE) if groups > 1 else None,
    )


def panel_of(leaf: Node, rule: Rule, asked: Asked, faults: list[Fault]) -> Panel:
    """The group as if its people had answered one question; without a rate nobody answered."""
    rate = read_share(*asked.rate, faults, most=100) / 100 if asked.rate else mean_worth(rule, asked, faults)
    people = read_share(*asked.people, faults) if asked.people else 1.0
    feed = Feed(leaf, Item("preview", {}, QUESTION, leaf.code, None))
    if math.isnan(rate) or not people > 0:
        return Panel(asked.group, [feed], None)
    counted = np.array([people])
    return Panel(
        asked.group, [feed], ItemMeans(np.array([rate]), np.zeros((1, 1)), counted, counted, math.inf)
    )


def mean_worth(rule: Rule, asked: Asked, faults: list[Fault]) -> float:
    """The mean of what the answers are worth; shares may be percentages or numbers of answers."""
    values = answer_values(rule, [Choice(answer, {}) for answer in asked.shares])
    shares = {answer: read_share(*field, faults) for answer, field in asked.shares.items()}
    given = {answer: share for answer, share in shares.items() if share > 0}
    total = math.fsum(given.values())
    return math.fsum(values[answer] * share for answer, share in given.items()) / total if total else math.nan


def read_share(name: str, text: str, faults: list[Fault], most: float = math.inf) -> float:
    """What is typed in a field; NaN for a blank one and for what cannot be read, which is a fault."""
    if not text.strip():
        return math.nan
    try:
        number = float(read_number(text.strip().removesuffix("%")))
    except Unreadable as unreadable:
        faults.append(Fault(name, unreadable.template, unreadable.values))
        return math.nan
    if not 0 <= number <= most:
        faults.append(Fault(name, PERCENT if most < math.inf else SHARE, {"found": number}))
        return math.nan
    return number


def rate_of(panel: Panel) -> float:
    return math.nan if panel.means is None else float(panel.means.means[0])


def figure(leaf: Node, rate: float) -> Figure:
    assert leaf.rule is not None
    return Figure(100 * rate, float(points_of(leaf.rule, rate, leaf.max_points)))


def turning_points(rule: Rule) -> list[float]:
    """The percentages from which a rule gives points otherwise."""
    levels = [level["at_least"] for level in rule.parameters.get("levels", ())]
    return [*levels, *(rule.parameters[key] for key in ("full", "zero") if key in rule.parameters)]
