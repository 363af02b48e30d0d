"""A criterion in a comparison, told in words: what it is called, what it counts, how it is assessed."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import format_decimal, gettext

from questionnaires.comparison.record import (
    ADDED,
    DROPPED,
    KEPT,
    MOVED,
    REASSESSED,
    RENAMED,
    REWEIGHTED,
)
from questionnaires.comparison.tree import fields_of_nodes
from questionnaires.comparison.words import DIFFERENCE_NAMES, KIND_NAMES
from questionnaires.faults import N_
from questionnaires.framework import Framework, Node
from questionnaires.schema import Questionnaire
from survey.builder import terms
from survey.builder.rule_words import rule_in_words
from survey.builder.tree import answers_about, groups_in_words
from survey.language import NO_FIGURE, text

COLOURS = {
    KEPT: "grey",
    RENAMED: "blue",
    REWEIGHTED: "yellow",
    MOVED: "purple",
    REASSESSED: "orange",
    DROPPED: "red",
    ADDED: "green",
}
KIND_OF_POINTS = {"points": N_("points within the whole"), "bonus": N_("bonus"), "penalty": N_("penalty")}

Facts = tuple[tuple[str, str], ...]
"""What is said of a criterion: its name and the words for it."""


@dataclass(frozen=True)
class Cell:
    """A criterion on one side. `field` is the title of the field it lies in, blank for a field itself."""

    node: Node
    title: str
    points: str
    field: str
    facts: Facts = ()


class Cells:
    """Makes the cells of one framework; answers stand in the words of these questionnaires."""

    def __init__(self, framework: Framework, questionnaires: Sequence[Questionnaire]) -> None:
        self.framework, self.questionnaires = framework, questionnaires
        self.fields = fields_of_nodes(framework)

    def of(self, node: Node | None, facts: Collection[str] = ()) -> Cell | None:
        """The cell of a node with the facts that are named, as nodes name them; none for no node."""
        if node is None:
            return None
        said = self.facts_of(node, facts)
        return Cell(node, text(node.title), points_in_words(node), self.field_of(node), said)

    def facts_of(self, node: Node, keys: Collection[str]) -> Facts:
        answers = answers_about(node, self.questionnaires)
        said = dict.fromkeys(SAID_BY.get(key, key) for key in keys)
        return tuple((gettext(DIFFERENCE_NAMES[key]), FACTS[key](node, answers)) for key in said)

    def field_of(self, node: Node) -> str:
        field = self.framework.by_code.get(self.fields.get(node.code, node.code), node)
        return "" if field.code == node.code else text(field.title)

    def everything(self, node: Node | None) -> Cell | None:
        """The cell with all that says how a leaf is assessed; points within the whole go without saying."""
        if node is None or node.code in self.framework.children:
            return self.of(node)
        return self.of(node, [key for key in FACTS if key != "kind" or node.kind != "points"])


def points_in_words(node: Node) -> str:
    return format_decimal(node.max_points) if math.isfinite(node.max_points) else NO_FIGURE


FACTS: dict[str, Callable[[Node, Mapping[str, str]], str]] = {
    "assessed_by": lambda node, answers: terms.assessed_by(node.assessed_by),
    "kind": lambda node, answers: gettext(KIND_OF_POINTS.get(node.kind, node.kind)),
    "rule": rule_in_words,
    "groups": lambda node, answers: groups_in_words(node),
    "applies_to": lambda node, answers: "; ".join(map(terms.unit_type, node.applies_to)),
    "evidence": lambda node, answers: text(node.evidence),
}
SAID_BY = {"combine": "groups"}
"""What has no words of its own → the fact whose words say it."""


def tags(kinds: Collection[str]) -> Sequence[tuple[str, str]]:
    """Words and colour of each kind of change."""
    return [(gettext(words), COLOURS[kind]) for kind, words in KIND_NAMES.items() if kind in kinds]
