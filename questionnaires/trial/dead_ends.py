"""Questions at which no answer is accepted: always, or after some earlier answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from questionnaires.expression import names
from questionnaires.trial.finding import (
    NO_CHOICES,
    NONE_FOUND,
    NONE_GOOD,
    NONE_GOOD_REQUIRED,
    SOMETIMES_NONE,
    SOMETIMES_NONE_REQUIRED,
    Finding,
    finding,
)
from questionnaires.trial.places import Place, both
from questionnaires.trial.search import Nothing, Search, answered


@dataclass
class Stuck:
    """An item at which walks were stuck: after which answers the first was, and how many were."""

    place: Place
    before: Mapping[str, Any]
    times: int = 0


def dead_ends(
    stuck: Iterable[Stuck], walks_asked: Mapping[str, int], places: Mapping[str, Place], search: Search
) -> Iterator[Finding]:
    """A finding for each question; `walks_asked` counts the walks that asked it."""
    for one in stuck:
        needed = _needed(one.place, places)
        example = {code: value for code, value in one.before.items() if code in needed}
        yield _dead_end(one, example, walks_asked[one.place.question.code], search)


def _needed(place: Place, places: Mapping[str, Place]) -> set[str]:
    """The items on whose answers it depends, in the end, whether the item is asked and accepted."""
    needed: set[str] = set()
    new = _named(place)
    while new:
        needed |= new
        new = {name for code in new for name in _named(places[code])} - needed
    return needed - {place.code}


def _named(place: Place) -> set[str]:
    trees = [tree for tree in (place.asked_if, place.accepted_if) if tree is not None]
    return {name for tree in trees for name in names(tree)}


def _dead_end(stuck: Stuck, example: Mapping[str, Any], walks: int, search: Search) -> Finding:
    place, question = stuck.place, stuck.place.question
    demand = place.accepted_if
    if demand is None:
        return finding(question, NO_CHOICES, example=example, certain=True)
    written = question.constraint if question.constraint is not None else demand
    possible = search.answers(both(place.asked_if, demand, answered(place.code)))
    if possible is Nothing.NEVER:
        template = NONE_GOOD_REQUIRED if question.required else NONE_GOOD
        return finding(question, template, condition=written, example=example, certain=True)
    if possible is Nothing.UNKNOWN and stuck.times >= walks * max(1, len(question.items())):
        return finding(question, NONE_FOUND, condition=written, example=example, walks=walks)
    template = SOMETIMES_NONE_REQUIRED if question.required else SOMETIMES_NONE
    return finding(question, template, condition=written, example=example)
