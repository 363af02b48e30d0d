"""A framework as the page shows it: the tree line by line, its figures, and what people asked stand for."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from flask_babel import gettext

from questionnaires.faults import N_
from questionnaires.framework import Band, Framework, Node
from questionnaires.schema import Questionnaire
from survey.builder import terms
from survey.builder.conditions import Wording
from survey.builder.rule_words import rule_in_words
from survey.language import text

COMBINED = {
    "group_means": N_("the groups' means, weighted: %(groups)s"),
    "pooled": N_("all answers together, each weighted by its group: %(groups)s"),
}
BAND_FIGURES = {"index": N_("the index in percent"), "lowest_field": N_("the lowest field in percent")}
FIELD = N_("the field “%(title)s” in percent")
UNIT_FACT = N_("the unit's figure “%(name)s”")


@dataclass(frozen=True)
class Line:
    """A node in the tree: `level` 1 for a field; `rule` and `groups` in words for a survey-assessed leaf."""

    node: Node
    level: int
    rule: str
    groups: str


@dataclass(frozen=True)
class Figures:
    """What a framework counts and adds up to. `scale` is what its fields' points should make."""

    fields: int
    evidence_leaves: int
    survey_leaves: int
    points: float
    survey_points: float
    scale: float

    @property
    def adds_up(self) -> bool:
        return abs(self.points - self.scale) < 1e-9


def lines(framework: Framework, questionnaires: Sequence[Questionnaire]) -> list[Line]:
    """The nodes in the order of the tree, each below its parent; answers in the questionnaires' words.

    In a draft, what hangs nowhere or in a loop comes last.
    """
    shown: set[int] = set()

    def below(nodes: Sequence[Node], level: int) -> Iterator[Line]:
        for node in nodes:
            if id(node) not in shown:
                shown.add(id(node))
                rule = rule_in_words(node, answers_about(node, questionnaires))
                yield Line(node, level, rule, groups_in_words(node))
                yield from below(framework.children.get(node.code, ()), level + 1)

    return [*below(framework.fields, 1), *below(framework.nodes, 1)]


def answers_about(leaf: Node, questionnaires: Sequence[Questionnaire]) -> dict[str, str]:
    """The words of the answers that people choose from when they rate this leaf."""
    if leaf.assessed_by != "survey":
        return {}
    items = (item for questionnaire in questionnaires for item in questionnaire.items())
    asked = (item for item in items if item.criterion in (leaf.code, leaf.subject))
    return {choice.code: text(choice.text) for item in asked for choice in item.levels}


def groups_in_words(node: Node) -> str:
    """Whose answers count for how much, and how they are put together; nothing where a figure decides."""
    if node.rule is not None and node.rule.parameters.get("of") == "fact":
        return ""
    whole = sum(node.groups.values()) or math.nan
    shares = [
        f"{terms.group(group)} {terms.share(100 * weight / whole)}" for group, weight in node.groups.items()
    ]
    if len(shares) < 2 or node.combine not in COMBINED:
        return ", ".join(shares)
    return gettext(COMBINED[node.combine]) % {"groups": ", ".join(shares)}


def figures(framework: Framework) -> Figures:
    counted = [leaf for leaf in framework.leaves if leaf.kind == "points"]
    by_survey = [leaf for leaf in counted if leaf.assessed_by == "survey"]
    return Figures(
        fields=len(framework.fields),
        evidence_leaves=sum(leaf.assessed_by == "evidence" for leaf in framework.leaves),
        survey_leaves=len(framework.survey_leaves),
        points=sum(leaf.max_points for leaf in counted),
        survey_points=sum(leaf.max_points for leaf in by_survey),
        scale=framework.scale,
    )


def band_in_words(framework: Framework, band: Band) -> str:
    """When a unit gets the rating; nothing where a draft does not say so yet."""
    return "" if band.when is None else Wording(partial(figure_name, framework)).words(band.when)


def figure_name(framework: Framework, name: str) -> str:
    """What a band looks at: a result of the index, or an outside fact about the unit."""
    if name in BAND_FIGURES:
        return gettext(BAND_FIGURES[name])
    field = framework.by_code.get(name.removeprefix("field_")) if name.startswith("field_") else None
    if field is not None:
        return gettext(FIELD) % {"title": text(field.title)}
    return gettext(UNIT_FACT) % {"name": name}
