"""A walk as its page shows it: findings with examples in words, and how often each question was asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from questionnaires.answers import show
from questionnaires.schema import Question, Questionnaire
from questionnaires.trial import Finding
from survey.builder.trial.subject import Tried
from survey.builder.trial.walk_job import Walked
from survey.language import language, text


@dataclass(frozen=True)
class Told:
    """A finding, where it is mended, and answers that lead there: question and answer in words."""

    finding: Finding
    address: str
    example: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class AskedTimes:
    code: str
    words: str
    address: str
    percent: float


@dataclass(frozen=True)
class ShownTimes:
    """A section, the percentage of walks it was shown in, and its questions."""

    words: str
    percent: float
    questions: tuple[AskedTimes, ...]


def findings(walked: Walked, tried: Tried) -> list[Told]:
    return [told(finding, walked.questionnaire, tried) for finding in walked.walk.findings]


def told(finding: Finding, questionnaire: Questionnaire, tried: Tried) -> Told:
    sort = "section" if finding.of_section else "question"
    return Told(
        finding,
        tried.address(f"{sort}:{finding.place}"),
        tuple(in_words(finding.example, questionnaire)),
    )


def in_words(answers: Mapping[str, Any], questionnaire: Questionnaire) -> Iterator[tuple[str, str]]:
    """Answers in the order of the questionnaire, as people read them before they send."""
    for item in questionnaire.items():
        if item.code in answers:
            yield text(item.text) or item.code, show(item.question, answers[item.code], language())


def shares(walked: Walked, tried: Tried) -> list[ShownTimes]:
    return [
        ShownTimes(
            text(section.title) or section.code,
            100 * walked.walk.sections.get(section.code, 0),
            tuple(asked_times(question, walked, tried) for question in section.questions),
        )
        for section in walked.questionnaire.sections
    ]


def asked_times(question: Question, walked: Walked, tried: Tried) -> AskedTimes:
    return AskedTimes(
        question.code,
        text(question.text) or question.code,
        tried.address(f"question:{question.code}"),
        100 * walked.walk.shares.get(question.code, 0),
    )
