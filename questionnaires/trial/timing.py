"""How long a questionnaire takes to answer, by a model simple enough to print beside the estimate."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from operator import attrgetter
from statistics import median_low

from questionnaires.schema import Choice, Question, Questionnaire, Section, Text, in_language
from questionnaires.trial.pace import PACE, Assumption, Pace, Spread
from questionnaires.trial.syllables import syllables
from questionnaires.trial.walking import Route, Walk
from questionnaires.trial.walking import walk as walk_through

WALKS = 200
MINUTE = 60
FREE_TEXT = ("text", "long_text")

Reader = Callable[[Spread], float]
QUICK: Reader = attrgetter("quick")
TYPICAL: Reader = attrgetter("typical")
SLOW: Reader = attrgetter("slow")


@dataclass(frozen=True)
class Estimate:
    """Seconds to answer. `least`: quick people on the shortest way, who leave texts blank where they may.

    `typical`: typical people on the median of the ways walked. `most`: slow people on the longest way.
    """

    least: float
    typical: float
    most: float
    language: str
    assumptions: tuple[Assumption, ...]

    @property
    def minutes(self) -> int:
        """What people are promised: the typical time in whole minutes, rounded up, at least one."""
        return max(math.ceil(self.typical / MINUTE), 1)


def answering_time(
    questionnaire: Questionnaire,
    walk: Walk | None = None,
    *,
    language: str | None = None,
    pace: Pace = PACE,
) -> Estimate:
    """The time to answer, in seconds: what is read at a reading speed, and a time for each answer.

    Read are the questionnaire's introduction, and of what is asked: section titles and introductions,
    questions, hints, rows and choices; those of a named scale once. Each answer adds the seconds of its kind.
    Speeds and seconds stand in `pace`; those nobody has published are assumptions, and the estimate lists
    them all. Its ways are those of `walk`, or of a short walk of its own. `language` is the first of
    the questionnaire's unless given.
    """
    seen = walk or walk_through(questionnaire, WALKS)
    spoken = language or next(iter(questionnaire.languages), "vi")
    model = _Model(questionnaire, spoken, pace)
    typical = [model.seconds(route, TYPICAL) for route in seen.routes]
    walked = [one for one, route in zip(typical, seen.routes, strict=True) for _ in range(route.walks)]
    kinds = list(dict.fromkeys(question.kind for question in questionnaire.questions()))
    return Estimate(
        least=min((model.seconds(route, QUICK) for route in seen.routes), default=0),
        typical=median_low(walked or typical or [0]),
        most=max((model.seconds(route, SLOW) for route in seen.routes), default=0),
        language=spoken,
        assumptions=pace.assumptions(spoken, kinds),
    )


class _Model:
    """Words to read and answers to give of each question, counted once for all ways."""

    def __init__(self, questionnaire: Questionnaire, language: str, pace: Pace) -> None:
        self._language, self._pace = language, pace
        self._opening = self._words(questionnaire.title, questionnaire.intro)
        self._sections: dict[str, Section] = {}
        self._questions: dict[str, Question] = {}
        for section in questionnaire.sections:
            for question in section.questions:
                self._questions[question.code] = question
                self._sections[question.code] = section
        self._own_words = {code: self._words(*_texts(one)) for code, one in self._questions.items()}
        self._choice_words = {code: self._choices(one.choices) for code, one in self._questions.items()}
        self._heading_words = {
            section.code: self._words(section.title, section.intro) for section in questionnaire.sections
        }

    def seconds(self, route: Route, reader: Reader) -> float:
        """The time of one kind of reader on one way."""
        words = self._opening
        answering = 0.0
        headings = {self._sections[code].code for code in route.questions}
        scales: set[str] = set()
        for code in route.questions:
            question = self._questions[code]
            words += self._own_words[code]
            if question.scale is None or question.scale not in scales:
                words += self._choice_words[code]
            scales.add(question.scale or "")
            answering += self._answering(question, reader)
        words += sum(self._heading_words[code] for code in headings)
        return MINUTE * words / reader(self._pace.read(self._language)) + answering

    def _answering(self, question: Question, reader: Reader) -> float:
        if question.kind in FREE_TEXT and not question.required and reader is QUICK:
            return 0
        spread = self._pace.answering.get(question.kind)
        return reader(spread) * ANSWERS.get(question.kind, _once)(question) if spread else 0

    def _choices(self, choices: Iterable[Choice]) -> int:
        read = tuple(choices)[: self._pace.most_choices]
        return self._words(*(choice.text for choice in read))

    def _words(self, *texts: Text) -> int:
        return sum(syllables(in_language(text, self._language)) for text in texts)


def _texts(question: Question) -> list[Text]:
    return [question.text, question.hint, *(row.text for row in question.rows)]


def _once(question: Question) -> int:
    return 1


ANSWERS: Mapping[str, Callable[[Question], int]] = {
    "matrix": lambda question: len(question.rows),
    "rank": lambda question: len(question.choices),
}
"""How many answers a question takes, where it is not one."""
