"""Whether a set of questionnaires asks, and of whom, what a framework's survey-assessed criteria need."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from questionnaires.faults import N_, Fault, Term, Words
from questionnaires.framework import Framework, Node
from questionnaires.schema import Questionnaire

GROUP_NAMES = {
    "citizen": N_("citizens"),
    "business": N_("businesses"),
    "official": N_("officials"),
    "deputy": N_("deputies"),
    "leader": N_("leaders"),
}
"""Respondent groups as a sentence names them."""

UNASKED = N_("“%(title)s” (%(code)s) counts answers of %(group)s, but no question asks them.")
TWICE = N_("“%(title)s” (%(code)s) is asked of %(group)s by more than one questionnaire: %(questionnaires)s.")
UNWEIGHED = N_(
    "“%(title)s” (%(code)s) is asked of %(group)s by %(questionnaires)s, but their answers do not count."
)


@dataclass(frozen=True)
class Asking:
    """What one group is asked about one leaf: by which questionnaires, with which items (none: not asked)."""

    leaf: Node
    group: str
    questionnaires: tuple[Questionnaire, ...]
    items: tuple[str, ...]

    @property
    def weighed(self) -> bool:
        return self.group in self.leaf.groups

    def fault(self, template: str) -> Fault:
        forms = (f"{questionnaire.code} ({questionnaire.version})" for questionnaire in self.questionnaires)
        values = {
            "code": self.leaf.code,
            "title": Words(self.leaf.title),
            "group": Term(GROUP_NAMES[self.group]),
            "questionnaires": ", ".join(forms),
        }
        return Fault(self.leaf.code, template, values)


@dataclass(frozen=True)
class Coverage:
    """Who is asked about what, leaf by leaf in the framework's order.

    `asked`: the leaf weighs the group, and the group is asked. `unasked`: weighed and not asked. `twice`:
    asked of a group by two questionnaires, so that answers would count double. `unweighed`: asked of a group
    whose answers the leaf does not count.
    """

    asked: tuple[Asking, ...]
    unasked: tuple[Asking, ...]
    twice: tuple[Asking, ...]
    unweighed: tuple[Asking, ...]

    def faults(self) -> list[Fault]:
        """What keeps these questionnaires from serving the framework, each at the code of its leaf."""
        return [
            *(asking.fault(UNASKED) for asking in self.unasked),
            *(asking.fault(TWICE) for asking in self.twice),
            *(asking.fault(UNWEIGHED) for asking in self.unweighed),
        ]


def coverage(framework: Framework, questionnaires: Iterable[Questionnaire]) -> Coverage:
    """What the questionnaires ask of the framework's survey-assessed leaves.

    An item asks about the leaf whose code or subject is its criterion. Criteria of other frameworks are no
    business of this one: a questionnaire may serve several.
    """
    by_group: dict[str, list[Questionnaire]] = {group: [] for group in GROUP_NAMES}
    for questionnaire in questionnaires:
        if questionnaire.group in by_group:  # a draft may not say yet whom it asks
            by_group[questionnaire.group].append(questionnaire)
    leaves = [leaf for leaf in framework.survey_leaves if leaf.rule is None or not leaf.rule.takes_fact]
    askings = [_asking(leaf, group, by_group[group]) for leaf in leaves for group in by_group]
    return Coverage(
        asked=tuple(asking for asking in askings if asking.weighed and asking.items),
        unasked=tuple(asking for asking in askings if asking.weighed and not asking.items),
        twice=tuple(asking for asking in askings if len(asking.questionnaires) > 1),
        unweighed=tuple(asking for asking in askings if asking.items and not asking.weighed),
    )


def _asking(leaf: Node, group: str, questionnaires: Iterable[Questionnaire]) -> Asking:
    """What the questionnaires of a group ask about a leaf; an item names it by code or subject."""
    asking = [questionnaire for questionnaire in questionnaires if _items_about(leaf, questionnaire)]
    items = (code for questionnaire in asking for code in _items_about(leaf, questionnaire))
    return Asking(leaf, group, tuple(asking), tuple(items))


def _items_about(leaf: Node, questionnaire: Questionnaire) -> list[str]:
    names = {leaf.code, leaf.subject} - {None}
    return [item.code for item in questionnaire.items() if item.criterion in names]
