"""A walk through all paths of a questionnaire with random answers, and what is wrong with the paths."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from random import Random
from statistics import median_low
from typing import Any

from questionnaires.routing import asked
from questionnaires.schema import Question, Questionnaire, Section
from questionnaires.trial.dead_ends import Stuck, dead_ends
from questionnaires.trial.finding import Finding
from questionnaires.trial.places import asked_if
from questionnaires.trial.reaching import Unreached, why_unreached
from questionnaires.trial.respondent import Ground, Respondent
from questionnaires.trial.search import Nothing, Search

TRIES = 3
"""Walks towards a question that random ones missed, once answers that lead there are known."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Length:
    """How many items are asked on a way."""

    least: int
    typical: int
    most: int


@dataclass(frozen=True)
class Route:
    """The questions asked on one way, by code, and how many random walks took it."""

    questions: tuple[str, ...]
    walks: int


@dataclass(frozen=True)
class Walk:
    """What a walk saw. Random answers are no forecast of people's: shares tell rare ways from usual ones.

    `shares`: question code → share of the random walks that asked it. `sections`: the same of sections.
    `items`: how many were asked on a way, `typical` being the median. `routes`: the different ways, those
    found by search with no walks. `findings` stand in the order of the questionnaire.
    """

    paths: int
    seed: int
    shares: Mapping[str, float]
    sections: Mapping[str, float]
    items: Length
    routes: tuple[Route, ...]
    findings: tuple[Finding, ...]


def walk(
    questionnaire: Questionnaire,
    paths: int = 1000,
    seed: int = 1,
    progress: Progress | None = None,
    *,
    today: date | None = None,
) -> Walk:
    """Walk `paths` ways through a questionnaire, a draft too, and search a way to whatever they missed.

    Answers are drawn among choices and values at the constants of conditions, and keep the constraints.
    The same seed on the same day gives the same walk. `progress` is told the walks done and to do.
    """
    walker = _Walker(questionnaire, seed, today or date.today())
    for done in range(1, paths + 1):
        walker.go({})
        if progress:
            progress(done, paths)
    counted = walker.asked.copy(), walker.shown.copy(), walker.routes.copy()
    findings = walker.findings(paths)
    return _summary(questionnaire, paths, seed, counted, walker.routes, findings)


class _Walker:
    """Walks, and remembers what was asked and where it was stuck."""

    def __init__(self, questionnaire: Questionnaire, seed: int, today: date) -> None:
        self._questionnaire, self._today = questionnaire, today
        self._random = Random(seed)
        self._ground = Ground(questionnaire, today)
        self._search = Search(self._ground.places, self._ground.domains, today)
        self._stuck: dict[str, Stuck] = {}
        self.asked: Counter[str] = Counter()
        self.shown: Counter[str] = Counter()
        self.routes: Counter[tuple[str, ...]] = Counter()

    def go(self, wishes: Mapping[str, Any]) -> None:
        """One walk, with the answers wished for where they can be given."""
        respondent = Respondent(self._ground, self._random, wishes)
        way = asked(self._questionnaire, respondent, today=self._today)
        respondent.finish()
        route = tuple(question.code for part in way for question in part.questions)
        self.routes[route] += 1
        self.asked.update(route)
        self.shown.update(part.section.code for part in way)
        for code, before in respondent.stuck.items():
            place = self._ground.places[code]
            self._search.skipped.add(code)
            self._stuck.setdefault(place.question.code, Stuck(place, before)).times += 1

    def findings(self, paths: int) -> tuple[Finding, ...]:
        """Everything found, in the order of the questionnaire."""
        for missed in list(self._missed()):
            self._go_towards(missed)
        ends = dead_ends(self._stuck.values(), self.asked, self._ground.places, self._search)
        found = {(one.of_section, one.place): one for one in (*self._unreached(paths), *ends)}
        return tuple(found[key] for key in _in_order(self._questionnaire) if key in found)

    def _missed(self) -> Iterator[Unreached]:
        """Sections nobody was shown, and questions nobody was asked in those that were."""
        earlier: list[str] = []
        for section in self._questionnaire.sections:
            if section.questions and not self.shown[section.code]:
                nothing = Question(code="", kind="note", text={})
                yield Unreached(section, section.relevant, asked_if(section, nothing, earlier))
            for question in section.questions:
                if not self.asked[question.code]:
                    yield Unreached(question, question.relevant, asked_if(section, question, earlier))
                earlier += (item.code for item in question.items())

    def _go_towards(self, missed: Unreached) -> None:
        wishes = self._search.answers(missed.whole)
        if not isinstance(wishes, Nothing):
            for _ in range(TRIES):
                self.go(wishes)

    def _unreached(self, paths: int) -> Iterator[Finding]:
        """Findings of sections and questions missed; a question says nothing its section says."""
        never: set[str] = set()
        hidden: set[str] = set()
        for missed in self._missed():
            about = missed.about
            if about.code not in hidden:
                yield why_unreached(missed, self._search, self._ground.places, never, paths)
            if isinstance(about, Section):
                hidden.update(question.code for question in about.questions if missed.own is not None)
            else:
                never.update(item.code for item in about.items())


def _in_order(questionnaire: Questionnaire) -> dict[tuple[bool, str], None]:
    """Whether it is a section, and the code, of every section and question."""
    order: dict[tuple[bool, str], None] = {}
    for section in questionnaire.sections:
        order[True, section.code] = None
        order |= {(False, question.code): None for question in section.questions}
    return order


def _summary(
    questionnaire: Questionnaire,
    paths: int,
    seed: int,
    counted: tuple[Counter[str], Counter[str], Counter[tuple[str, ...]]],
    routes: Counter[tuple[str, ...]],
    findings: tuple[Finding, ...],
) -> Walk:
    asked_times, shown_times, walked = counted
    sizes = {question.code: len(question.items()) for question in questionnaire.questions()}
    lengths = {route: sum(sizes[code] for code in route) for route in routes}
    typical = median_low(lengths[route] for route in walked.elements()) if walked else 0
    return Walk(
        paths=paths,
        seed=seed,
        shares={code: asked_times[code] / max(paths, 1) for code in sizes},
        sections={one.code: shown_times[one.code] / max(paths, 1) for one in questionnaire.sections},
        items=Length(min(lengths.values(), default=0), typical, max(lengths.values(), default=0)),
        routes=tuple(Route(route, walked[route]) for route in routes),
        findings=findings,
    )
