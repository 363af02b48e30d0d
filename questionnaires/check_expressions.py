"""Faults of a questionnaire's expressions: unknown names, and routes that depend on what comes later."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from questionnaires.codes import near_name
from questionnaires.expression import Tree, names
from questionnaires.faults import N_, Fault
from questionnaires.schema import Questionnaire

UNKNOWN_NAME = N_("The expression names “%(name)s”, which takes no answer in this questionnaire.")
NEAR_NAME = N_("The expression names “%(name)s”, which takes no answer here. Did you mean “%(near)s”?")
LATER_NAME = N_("The expression depends on “%(name)s”, which is asked only here or later.")
NO_MESSAGE = N_("A constraint needs a message for people who break it.")
NO_CONSTRAINT = N_("There is a message but no constraint.")


def check_expressions(questionnaire: Questionnaire) -> Iterator[Fault]:
    """Every fault of `relevant` and `constraint`, in the order people are asked."""
    items = [item.code for item in questionnaire.items()]
    earlier: set[str] = set()
    for number, section in enumerate(questionnaire.sections, 1):
        yield from check_names(f"sections.{number}.relevant", section.relevant, items, earlier)
        for position, question in enumerate(section.questions, 1):
            place = f"sections.{number}.questions.{position}"
            yield from check_names(f"{place}.relevant", question.relevant, items, earlier)
            yield from check_names(f"{place}.constraint", question.constraint, items, items)
            if question.constraint is not None and not question.constraint_message:
                yield Fault(f"{place}.constraint_message", NO_MESSAGE)
            if question.constraint is None and question.constraint_message:
                yield Fault(f"{place}.constraint", NO_CONSTRAINT)
            earlier.update(item.code for item in question.items())


def check_names(
    place: str, tree: Tree | None, items: Collection[str], answered: Collection[str]
) -> Iterator[Fault]:
    """Every name must be an item, and one of those answered by then."""
    for name in sorted(names(tree)) if tree is not None else ():
        if name not in items:
            near = near_name(name, items)
            yield Fault(place, NEAR_NAME if near else UNKNOWN_NAME, {"name": name, "near": near})
        elif name not in answered:
            yield Fault(place, LATER_NAME, {"name": name})
