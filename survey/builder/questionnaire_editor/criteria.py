"""The criteria that a question may feed: picked from the framework the questionnaire is to cover."""

from __future__ import annotations

from dataclasses import dataclass

from questionnaires.framework import Framework, Node, ancestors
from survey.language import text
from survey.models import DefinitionDraft


@dataclass(frozen=True)
class Pickable:
    """A survey-assessed criterion: `name` is what a question stores, `counts` whether its answers weigh."""

    name: str
    code: str
    title: str
    field: str
    counts: bool


def pickable(draft: DefinitionDraft, group: str) -> list[Pickable]:
    """In the framework's order; empty where the draft has no framework."""
    if draft.framework_version is None:
        return []
    framework = draft.framework_version.framework
    return [
        Pickable(
            name=leaf.subject or leaf.code,
            code=leaf.code,
            title=text(leaf.title),
            field=field_title(framework, leaf),
            counts=group in leaf.groups,
        )
        for leaf in framework.survey_leaves
        if leaf.rule is None or not leaf.rule.takes_fact
    ]


def field_title(framework: Framework, leaf: Node) -> str:
    """The words of the field that a leaf lies in."""
    parents = {node.code: node.parent for node in framework.nodes}
    line = [leaf.code, *ancestors(leaf.code, parents)]
    return text(framework.by_code[line[-1]].title)
