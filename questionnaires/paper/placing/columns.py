"""The columns of a grid: how wide, in which type their labels stand, and the labels themselves."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from questionnaires.faults import N_
from questionnaires.faults import Words as SpokenWords
from questionnaires.paper.placing.answers import KEY_DIGIT, key_words
from questionnaires.paper.placing.page import WIDTH
from questionnaires.paper.placing.parts import Part, Rule, Words, at
from questionnaires.paper.placing.setting import Setting, choice_keys
from questionnaires.paper.placing.typography import BOX, centred, height_of, width_of
from questionnaires.paper.refused import refusal
from questionnaires.printing.fonts import markup
from questionnaires.schema import Question

NARROWEST, LEAST_TEXT = BOX + 2.3, 60.0
USUAL, WIDEST, STEP = 11.5, 20.0, 0.5
LABEL_SIZES = (7.5, 7.0, 6.5)
LABEL_PAD, KEY_ROOM, NO_KEY = 0.3, 2.8, 0.4
TEXT_PAD = 1.2
PAD = 0.7

TOO_MANY = N_(
    "“%(text)s” has %(count)s answers side by side; a printed line has room for %(most)s. "
    "Print it with fewer, or ask it another way."
)


@dataclass(frozen=True)
class Column:
    """`key` is the digit printed under the label."""

    label: str
    key: str = ""


@dataclass(frozen=True)
class Columns:
    """Columns of one width, in millimetres, at the right of the page; `size` is the labels' in points.

    Where `levels` of them are followed by "don't know" and the like, a line parts the two.
    """

    columns: tuple[Column, ...]
    width: float
    size: float
    levels: int

    @property
    def room(self) -> float:
        """For a label."""
        return self.width - 2 * LABEL_PAD

    @property
    def text(self) -> float:
        """For the lines' texts."""
        return WIDTH - self.width * len(self.columns) - TEXT_PAD - 2

    @property
    def below(self) -> float:
        """Under the labels."""
        return KEY_ROOM if any(column.key for column in self.columns) else NO_KEY

    def left(self, number: int) -> float:
        return WIDTH - self.width * (len(self.columns) - number)

    def broken(self, column: Column) -> str:
        """The label in markup, broken behind a comma where that costs no line."""
        parts = re.split(r"(?<=[,;]) ", column.label)
        lines, plain = [line for part in parts for line in self._lines(part)], self._lines(column.label)
        return "<br/>".join(map(markup, lines if len(lines) <= len(plain) else plain))

    def _lines(self, label: str) -> list[str]:
        """Filled from the last line up: “Very / dissatisfied”, for the words that carry the meaning stand
        last in Vietnamese and in English.
        """
        lines: list[str] = []
        for word in reversed(label.split()):
            longer = f"{word} {lines[0]}" if lines else ""
            if lines and width_of(longer, centred(self.size)) <= self.room:
                lines[0] = longer
            else:
                lines.insert(0, word)
        return lines

    def label_height(self, column: Column) -> float:
        return height_of(self.broken(column), centred(self.size), self.room)

    def height(self) -> float:
        return max(map(self.label_height, self.columns)) + self.below + 2 * LABEL_PAD

    def parting(self, height: float) -> list[Part]:
        """The line behind the levels, on a line of boxes."""
        is_parted = 0 < self.levels < len(self.columns)
        return [Rule(at(self.left(self.levels), 0, 0, height))] if is_parted else []

    def labels(self, height: float) -> list[Part]:
        """The labels and key digits, standing on the lower edge of a header."""
        parts: list[Part] = []
        for number, column in enumerate(self.columns):
            tall = self.label_height(column)
            place = at(self.left(number) + LABEL_PAD, height - self.below - tall, self.room, tall)
            parts.append(Words(place, self.broken(column), centred(self.size)))
            if column.key:
                x = self.left(number) + (self.width - KEY_DIGIT * len(column.key)) / 2
                parts.append(key_words(column.key, x, height - KEY_ROOM / 2 - 0.15))
        return parts


def answer_columns(setting: Setting, question: Question) -> Columns:
    """The same columns for all questions of the form with the same answers, so that they stand in line: those
    that make the grids lowest; of these the largest type, then the widest columns.
    """
    keys = choice_keys(len(question.choices))
    columns = tuple(
        Column(setting.text(choice.text), key) for choice, key in zip(question.choices, keys, strict=True)
    )
    grids = [one for one in setting.questionnaire.questions() if one.choices == question.choices]
    texts = [text for one in grids for text in _lines(setting, one)]

    def total(candidate: Columns) -> float:
        heights = (line_height(setting, candidate, text) for text in texts)
        return round(sum(heights) + len(grids) * candidate.height(), 1)

    candidates = [each for size in LABEL_SIZES for each in _candidates(question, columns, size)]
    return min(candidates, key=lambda each: (total(each), -each.size, -each.width))


def rank_columns(question: Question, count: int) -> Columns:
    """A column for each rank."""
    columns = tuple(Column(str(rank)) for rank in range(1, count + 1))
    return Columns(columns, min(NARROWEST + 2, _most(question, count)), LABEL_SIZES[0], count)


def line_height(setting: Setting, columns: Columns, text: str) -> float:
    return max(setting.density.line, height_of(text, setting.look, columns.text) + 2 * PAD)


def _lines(setting: Setting, question: Question) -> Sequence[str]:
    rows = [setting.row(row) for row in question.rows]
    return rows or [setting.question(question)]


def _candidates(question: Question, columns: tuple[Column, ...], size: float) -> list[Columns]:
    """From the width that holds the longest word of the labels on, as far as the texts have room."""
    most = _most(question, len(columns))
    words = (word for column in columns for word in column.label.split())
    longest = max((width_of(word, centred(size)) for word in words), default=0) + 2 * LABEL_PAD
    least = min(most, max(USUAL, math.ceil(longest / STEP) * STEP))
    steps = range(max(0, int((min(most, WIDEST) - least) / STEP)) + 1)
    return [Columns(columns, least + step * STEP, size, _levels(question)) for step in steps]


def _levels(question: Question) -> int:
    """How many levels stand before "don't know" and the like; all where the two are mixed."""
    is_level = [choice.missing is None for choice in question.choices]
    count = sum(is_level)
    return count if all(is_level[:count]) else len(is_level)


def _most(question: Question, count: int) -> float:
    """The widest that so many columns can be."""
    most = (WIDTH - LEAST_TEXT) / count
    if most < NARROWEST:
        room = int((WIDTH - LEAST_TEXT) / NARROWEST)
        raise refusal(TOO_MANY, text=SpokenWords(question.text), count=count, most=room)
    return most
