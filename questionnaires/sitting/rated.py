"""What is asked once per unit, and what keeps a questionnaire from being asked that way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from questionnaires.codes import TWICE
from questionnaires.expression import Tree, names
from questionnaires.faults import N_, Fault, Words
from questionnaires.kinds import KINDS, is_rated
from questionnaires.schema import Item, Question, Questionnaire, levels

Units: TypeAlias = Sequence[tuple[str, str]]
"""Code and name of each unit, in the order people see them."""

NOTHING_RATED = N_("No question of this form is asked unit by unit, so it cannot rate several units at once.")
DEPENDS = N_(
    "This depends on the answer to “%(text)s”, which differs from unit to unit when several units are rated "
    "at once. Let it depend on a question that is asked once, or remove it."
)
FEW_LEVELS = N_(
    "“%(text)s” is rated unit by unit, so it needs %(least)s or more answers to choose from, not counting "
    "“don't know” and the like."
)
NO_UNITS = N_("There is no unit to rate.")


def is_per_unit(question: Question) -> bool:
    """Whether the question's items are asked once per unit rather than once per person."""
    return question.unit_of_rating is not None and is_rated(question.kind) and not question.profile


def rates_units(questionnaire: Questionnaire) -> bool:
    """Whether anything is asked once per unit."""
    return any(map(is_per_unit, questionnaire.questions()))


def items_per_unit(questionnaire: Questionnaire) -> dict[str, Item]:
    """Code → item of all that is asked once per unit, in the order asked."""
    return {item.code: item for item in questionnaire.items() if is_per_unit(item.question)}


def sitting_faults(questionnaire: Questionnaire, units: Units | None = None) -> list[Fault]:
    """What keeps several units from being rated in one sitting; places as in the definition.

    A condition can't depend on an answer that is one per unit: the form has one way through it, whichever
    unit is thought of. With `units`, they are looked at too.
    """
    if not rates_units(questionnaire):
        return [Fault("", NOTHING_RATED), *_unit_faults(units)]
    return [*_question_faults(questionnaire), *_unit_faults(units)]


def _question_faults(questionnaire: Questionnaire) -> Iterator[Fault]:
    rated, least = items_per_unit(questionnaire), KINDS["matrix"].levels or 0
    for number, section in enumerate(questionnaire.sections, 1):
        yield from _dependence(f"sections.{number}.relevant", section.relevant, rated)
        for position, question in enumerate(section.questions, 1):
            place = f"sections.{number}.questions.{position}"
            yield from _dependence(f"{place}.relevant", question.relevant, rated)
            yield from _dependence(f"{place}.constraint", question.constraint, rated)
            if is_per_unit(question) and len(levels(question.choices)) < least:
                yield Fault(f"{place}.choices", FEW_LEVELS, {"text": Words(question.text), "least": least})


def _dependence(place: str, condition: Tree | None, rated: Mapping[str, Item]) -> Iterator[Fault]:
    named = names(condition) if condition is not None else frozenset()
    return (
        Fault(place, DEPENDS, {"text": Words(item.text)}) for code, item in rated.items() if code in named
    )


def _unit_faults(units: Units | None) -> Iterator[Fault]:
    if units is None:
        return
    if not units:
        yield Fault("units", NO_UNITS)
    for code, count in Counter(code for code, _name in units).items():
        if count > 1:
            yield Fault("units", TWICE, {"code": code})
