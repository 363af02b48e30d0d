"""Whether the figures of a form continue those of an earlier one, item by item."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from flask import render_template

from questionnaires.bank import Comparability, comparable
from questionnaires.bank.trends import ItemTrend
from survey.access import roles
from survey.builder.blueprint import READERS, blueprint
from survey.builder.comparison.sides import Side, chosen
from survey.builder.comparison.trend_words import TREND_NAMES
from survey.builder.shelves import QUESTIONNAIRES


@dataclass(frozen=True)
class Continuity:
    """What became of every item of two forms, those that are the same apart."""

    found: Comparability

    @property
    def same(self) -> list[ItemTrend]:
        return [item for item in self.found.items if item.state == "same"]

    @property
    def changed(self) -> list[ItemTrend]:
        return [item for item in self.found.items if item.state != "same"] + list(self.found.dropped)

    @property
    def counts(self) -> dict[str, int]:
        """State → how many items, in the order in which they are told."""
        counted = Counter(item.state for item in (*self.found.items, *self.found.dropped))
        return {state: counted[state] for state in TREND_NAMES if counted[state]}


def continuity(before: Side, after: Side) -> Continuity:
    return Continuity(comparable(before.definition, after.definition))


@blueprint.get("/questionnaires/compare")
@roles(*READERS)
def compare_questionnaires() -> str:
    choice = chosen(QUESTIONNAIRES)
    return render_template(
        "builder/comparison/questionnaires.html",
        choice=choice,
        continuity=continuity(*choice.both) if choice.both else None,
        names=TREND_NAMES,
    )
