"""A questionnaire as one screen to key it on: every item one line, with the quickest control for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from questionnaires.faults import Fault
from questionnaires.kinds import KINDS
from questionnaires.printing.paper import roman
from questionnaires.schema import Item, Question, Questionnaire, Section
from survey.collection.paper import Noted

RATING_KINDS = ("scale", "matrix")
DIGITS = 10
"""Choices that a digit can pick: 1 to 9, then 0."""
STEPS, SHORT = 7, 8
"""As many steps of a scale stand in one row of a desk's screen; more where none has more signs than that."""

CONTROLS = {
    "single": "radios",
    "scale": "radios",
    "matrix": "radios",
    "multiple": "ticks",
    "integer": "number",
    "decimal": "number",
    "text": "line",
    "long_text": "lines",
    "date": "day",
    "rank": "ranks",
    "place": "pick",
    "unit": "pick",
}


@dataclass(frozen=True)
class Line:
    """One item; `number` as printed on the form: 5, or 5.2 for a row of question 5."""

    number: str
    item: Item
    control: str

    @property
    def is_scale(self) -> bool:
        """Whether its choices are the steps of a scale, few or short enough to stand in one row as on the
        paper.
        """
        choices = self.item.question.choices
        is_short = all(len(text) <= SHORT for choice in choices for text in choice.text.values())
        return self.item.question.kind in RATING_KINDS and len(choices) <= (DIGITS if is_short else STEPS)


@dataclass(frozen=True)
class Block:
    """Lines under one heading: the rows of a question, nothing (a note), or plain questions (no heading).
    `number` is the heading's, as printed on the form; notes have none.
    """

    heading: Question | None
    lines: Sequence[Line]
    number: str = ""


@dataclass(frozen=True)
class Part:
    """A section under its Roman numeral, as printed on the form."""

    numeral: str
    section: Section
    blocks: Sequence[Block]


@dataclass(frozen=True)
class Filled:
    """What stands on the screen: raw texts by item code, the faults found in them, and by item code what the
    paper says beyond the record.
    """

    texts: Mapping[str, Sequence[str]]
    faults: Sequence[Fault] = ()
    noted: Mapping[str, Noted] = field(default_factory=dict)

    @property
    def fault_at(self) -> dict[str, Fault]:
        return {fault.place: fault for fault in self.faults}


def screen(questionnaire: Questionnaire) -> list[Part]:
    numbers = numbered(questionnaire)
    return [
        Part(roman(place), section, list(blocks_of(section, numbers)))
        for place, section in enumerate(questionnaire.sections, start=1)
    ]


def lines_of(questionnaire: Questionnaire) -> list[Line]:
    return [line for part in screen(questionnaire) for block in part.blocks for line in block.lines]


def numbered(questionnaire: Questionnaire) -> dict[str, int]:
    """Question code → its number on the printed form; notes have none."""
    asking = (question.code for question in questionnaire.questions() if KINDS[question.kind].answered)
    return {code: number for number, code in enumerate(asking, start=1)}


def blocks_of(section: Section, numbers: Mapping[str, int]) -> Iterator[Block]:
    plain: list[Line] = []
    for question in section.questions:
        kind = KINDS[question.kind]
        if kind.answered and not kind.rows:
            plain += lines(question, numbers)
            continue
        if plain:
            yield Block(None, plain)
            plain = []
        yield Block(question, lines(question, numbers), str(numbers.get(question.code, "")))
    if plain:
        yield Block(None, plain)


def lines(question: Question, numbers: Mapping[str, int]) -> list[Line]:
    has_rows = KINDS[question.kind].rows
    return [
        Line(
            f"{numbers[question.code]}.{place}" if has_rows else str(numbers[question.code]),
            item,
            control(question),
        )
        for place, item in enumerate(question.items(), start=1)
    ]


def control(question: Question) -> str:
    """Long lists are picked by typing their number; a place or unit of no list is typed."""
    if question.kind in {"place", "unit"} and not question.choices:
        return "line"
    name = CONTROLS[question.kind]
    return "pick" if name == "radios" and len(question.choices) > DIGITS else name


def changes(before: Mapping[str, Any], after: Mapping[str, Any], lines: Sequence[Line]) -> list[Line]:
    """The lines whose answers differ between two versions."""
    return [line for line in lines if before.get(line.item.code) != after.get(line.item.code)]
