"""Synthetic answers to any questionnaire: one small generator a kind of question."""

from __future__ import annotations

import datetime
from collections.abc import Callable
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


class Respondent:
    """Answers question after question with one person's leaning."""

    def __init__(self, person: Person, quality: float, rng: np.random.Generator) -> None:
        self.person = person
        self.leaning = quality + person.leaning + rng.normal(0, 0.7)
        self.rng = rng

    def level(self, choices: tuple[Choice, ...]) -> str:
        """A level of a scale, worst first, by a latent leaning with noise; sometimes a special answer."""
        special = [choice.code for choice in choices if choice.missing]
        if special and self.rng.random() < DONT_KNOW:
            return str(self.rng.choice(special))
        levels = [choice.code for choice in choices if not choice.missing]
        steps = np.linspace(-2.6, 0.3, len(levels) - 1)
        return levels[int(np.searchsorted(steps, self.leaning + self.rng.normal(0, 0.6)))]

    def scale(self, question: Question) -> dict[str, Any]:
        return {question.code: self.level(question.choices)}

    def matrix(self, question: Question) -> dict[str, Any]:
        return {row.code: self.level(question.choices) for row in question.rows}

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
    quality: float,
    rng: np.random.Generator,
    today: datetime.date,
) -> dict[str, Any]:
    """A complete, valid answers document of one synthetic person."""
    respondent = Respondent(person, quality, rng)
    answers: dict[str, Any] = {}
    for question in questionnaire.questions():
        if question.kind in ANSWER and (question.required or rng.random() > SKIPS_OPTIONAL):
            answers |= ANSWER[question.kind](respondent, question)
    return on_route(questionnaire, answers, today=today)
