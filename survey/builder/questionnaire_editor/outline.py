"""The outline of a draft: each section and question in a line, with what stands in its way."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext

from questionnaires.editing.coded import tables
from survey.builder.questionnaire_editor.reading import Reading
from survey.builder.terms import QUESTION_KINDS
from survey.language import text

UNTITLED = "…"


@dataclass(frozen=True)
class QuestionLine:
    """`number` counts through the form; `faults` those of the question."""

    number: int
    code: str
    words: str
    kind: str
    rows: int
    required: bool
    routed: bool
    criterion: str
    faults: int


@dataclass(frozen=True)
class SectionLine:
    number: int
    code: str
    title: str
    routed: bool
    faults: int
    questions: tuple[QuestionLine, ...]


def outline(reading: Reading) -> list[SectionLine]:
    faults = Counter(owner(fault.place) for fault in reading.faults)
    lines: list[SectionLine] = []
    asked = 0
    for place, section in enumerate(tables(reading.content, "sections"), 1):
        questions = tables(section, "questions")
        numbers = range(asked + 1, asked + len(questions) + 1)
        asked += len(questions)
        own = tuple(
            question_line(number, question, faults[f"sections.{place}.questions.{position}"])
            for position, (number, question) in enumerate(zip(numbers, questions, strict=True), 1)
        )
        lines.append(
            SectionLine(
                number=place,
                code=str(section.get("code", "")),
                title=words(section.get("title")),
                routed=bool(section.get("relevant")),
                faults=faults[f"sections.{place}"],
                questions=own,
            )
        )
    return lines


def question_line(number: int, question: dict[str, Any], faults: int) -> QuestionLine:
    kind = str(question.get("kind", ""))
    rows = tables(question, "rows")
    criteria = {str(each["criterion"]) for each in (question, *rows) if each.get("criterion")}
    return QuestionLine(
        number=number,
        code=str(question.get("code", "")),
        words=words(question.get("text")),
        kind=gettext(QUESTION_KINDS[kind]) if kind in QUESTION_KINDS else kind,
        rows=len(rows),
        required=bool(question.get("required")),
        routed=bool(question.get("relevant")),
        criterion=", ".join(sorted(criteria)),
        faults=faults,
    )


def words(value: Any) -> str:
    """A text of a draft in the reader's language; dots where nothing is written yet."""
    return (text(value) if isinstance(value, dict | str) else "") or UNTITLED


def owner(place: str) -> str:
    """The question a fault's place lies in, else its section, else its first part."""
    parts = place.split(".")
    depth = 4 if parts[2:3] == ["questions"] and len(parts) > 3 else 2
    return ".".join(parts[:depth])
