"""Synthetic answers to any questionnaire: one small generator a kind of question."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from questionnaires.routing import on_route
from questionnaires.schema import Choice, Question, Questionnaire
from survey.demo.people import Person

COMMENTS = (
    "(Giả lập) Đề nghị rút ngắn thời gian giải quyết hồ sơ.",
    "(Giả lập) Cán bộ hướng dẫn nhiệt tình, dễ hiểu.",
    "(Giả lập) Cần thêm ghế chờ và chỗ để xe.",
    "(Giả lập) Nộp hồ sơ trực tuyến còn hay bị lỗi.",
)
DONT_KNOW = 0.05
SKIPS_OPTIONAL = 0.08
HAS_A_COMMENT = 0.06


@dataclass(frozen=True)
class Leanings:
    """What moves everybody's answers about one unit: how well it serves, and how each item is liked."""

    unit: float
    items: dict[str, float]


def item_leanings(questionnaire: Questionnaire, rng: np.random.Generator) -> dict[str, float]:
    """How much more or less people like what each item names: a part shared by its factor, a part its own."""
    items = list(questionnaire.items())
    shared = {factor: rng.normal(0, 0.25) for factor in dict.fromkeys(item.factor for item in items)}
    return {item.code: shared[item.factor] + rng.normal(0, 0.2) for item in items}


class Respondent:
    """Answers question after question with one person's leaning."""

    def __init__(self, person: Person, leanings: Leanings, rng: np.random.Generator) -> None:
        self.person = person
        self.items = leanings.items
        self.leaning = leanings.unit + person.leaning + rng.normal(0, 0.7)
        self.rng = rng

    def level(self, item: str, choices: tuple[Choice, ...]) -> str:
        """A level of a scale, worst first, by a latent leaning with noise; sometimes a special answer."""
        special = [choice.code for choice in choices if choice.missing]
        if special and self.rng.random() < DONT_KNOW:
            return str(self.rng.choice(special))
        levels = [choice.code for choice in choices if not choice.missing]
        steps = np.linspace(-2.6, 0.3, len(levels) - 1)
        return levels[int(np.searchsorted(steps, self.leaning + self.items[item] + self.rng.normal(0, 0.6)))]

    def scale(self, question: Question) -> dict[str, Any]:
        return {question.code: self.level(question.code, question.choices)}

    def matrix(self, question: Question) -> dict[str, Any]:
        return {row.code: self.level(row.code, question.choices) for row in question.rows}

    def single(self, question: Question) -> dict[str, Any]:
        known = self.person.profile.get(question.code)
        plain = [choice.code for choice in question.choices if not choice.missing]
        return {question.code: known or plain[min(self.rng.geometric(0.55), len(plain)) - 1]}

    def multiple(self, question: Question) -> dict[str, Any]:
        codes = [choice.code for choice in question.choices if not choice.missing]
        picked = self.rng.permutation(len(codes))[: self.rng.integers(1, 4)]
        return {question.code: [code for place, code in enumerate(codes) if place in picked]}

    def integer(self, question: Question) -> dict[str, Any]:
        return {question.code: int(min(self.rng.poisson(2), 12))}

    def rank(self, question: Question) -> dict[str, Any]:
        codes = [choice.code for choice in question.choices if not choice.missing]
        return {question.code: [codes[place] for place in self.rng.permutation(len(codes))]}

    def words(self, question: Question) -> dict[str, Any]:
        return {question.code: str(self.rng.choice(COMMENTS))} if self.rng.random() < HAS_A_COMMENT else {}


ANSWER: dict[str, Callable[[Respondent, Question], dict[str, Any]]] = {
    "scale": Respondent.scale,
    "matrix": Respondent.matrix,
    "single": Respondent.single,
    "multiple": Respondent.multiple,
    "integer": Respondent.integer,
    "rank": Respondent.rank,
    "long_text": Respondent.words,
}


def answers_of(
    questionnaire: Questionnaire,
    person: Person,
    leanings: Leanings,
    rng: np.random.Generator,
    today: datetime.date,
) -> dict[str, Any]:
    """A complete, valid answers document of one synthetic person."""
    respondent = Respondent(person, leanings, rng)
    answers: dict[str, Any] = {}
    for question in questionnaire.questions():
        if question.kind in ANSWER and (question.required or rng.random() > SKIPS_OPTIONAL):
            answers |= ANSWER[question.kind](respondent, question)
    return on_route(questionnaire, answers, today=today)
