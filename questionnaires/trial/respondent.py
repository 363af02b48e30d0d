"""Somebody who answers at random whatever is asked, but nothing the questionnaire would refuse."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from questionnaires.expression import Tree, evaluate, names, truth
from questionnaires.schema import Questionnaire
from questionnaires.trial.domains import Domain, domain
from questionnaires.trial.mentions import mentions
from questionnaires.trial.places import Place, places
from questionnaires.trial.turning import turning_points

LEFT_BLANK = 0.1
"""How often a question that may be left blank is."""


class Ground:
    """What all respondents to a questionnaire share: the places, the answers to try, the demands on them.

    `demands` stand under the item whose answer decides them; `late` are those that the answer to a later
    item decides, which may not be asked at all.
    """

    def __init__(self, questionnaire: Questionnaire, today: date) -> None:
        self.today = today
        self.places: dict[str, Place] = places(questionnaire)
        conditions = [tree for place in self.places.values() for tree in (place.asked_if, place.accepted_if)]
        said = mentions(conditions)
        self.domains: dict[str, Domain] = {
            code: domain(place.question, said.get(code), today) for code, place in self.places.items()
        }
        self.demands: dict[str, list[Demand]] = defaultdict(list)
        self.late: dict[str, list[Demand]] = defaultdict(list)
        for place in self.places.values():
            if place.accepted_if is not None:
                demand, decider = Demand(place.code, place.accepted_if), self._last_named(place)
                self.demands[decider].append(demand)
                if decider != place.code:
                    self.late[decider].append(demand)

    def _last_named(self, place: Place) -> str:
        """The item whose answer decides a constraint: the last one it names."""
        assert place.accepted_if is not None
        return max((place.code, *names(place.accepted_if)), key=lambda code: self.places[code].order)


@dataclass(frozen=True)
class Demand:
    """The constraint on an item, which holds for any other answer than a blank."""

    owner: str
    condition: Tree

    def met(self, given: Mapping[str, Any], today: date) -> bool:
        blank = given.get(self.owner) is None
        return blank or truth(evaluate(self.condition, given, today=today))


class Respondent(Mapping[str, Any]):
    """Answers that come into being as routing asks for them.

    `wishes` are answers to give rather than random ones. `stuck` holds, for each item whose constraint
    no answer tried could meet, the answers given before; the item at hand is then left blank.
    """

    def __init__(self, ground: Ground, random: Random, wishes: Mapping[str, Any] | None = None) -> None:
        self._ground, self._random, self._wishes = ground, random, wishes or {}
        self.given: dict[str, Any] = {}
        self.stuck: dict[str, dict[str, Any]] = {}

    def __getitem__(self, code: str) -> Any:
        if code not in self.given:
            self.given[code] = self._answer(code)
        return self.given[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self.given)

    def __len__(self) -> int:
        return len(self.given)

    def _answer(self, code: str) -> Any:
        demands = self._ground.demands.get(code, ())
        for value in self._in_turn(code, demands):
            if all(demand.met(self.given | {code: value}, self._ground.today) for demand in demands):
                return value
        owners = [demand.owner for demand in demands]
        self._note(code if code in owners or not owners else owners[0])
        return None

    def finish(self) -> None:
        """Look at the constraints that were left open, as the item to decide them was not asked."""
        for decider, demands in self._ground.late.items():
            for demand in demands if decider not in self.given else ():
                if not demand.met(self.given, self._ground.today):
                    self._note(demand.owner)

    def _note(self, stuck_at: str) -> None:
        before = {item: value for item, value in self.given.items() if value is not None}
        self.stuck.setdefault(stuck_at, before)

    def _in_turn(self, code: str, demands: Iterable[Demand]) -> Iterator[Any]:
        """Answers to try: the wish, random ones, those at which a condition turns, at last a blank."""
        values = self._ground.domains[code].values
        required = self._ground.places[code].question.required
        if self._wishes.get(code) is not None or (code in self._wishes and not required):
            yield self._wishes[code]
        if not required and self._random.random() < LEFT_BLANK:
            yield None
        if values:
            yield self._random.choice(values)
        yield from self._random.sample(values, len(values)) if demands else ()
        kind = self._ground.places[code].question.kind
        for demand in demands:
            yield from turning_points(demand.condition, code, kind, self.given, self._ground.today)
        if not values and not required:
            yield None
