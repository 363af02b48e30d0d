"""The columns of a grid and the labels above them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from questionnaires.paper.placing.answers import KEY_DIGIT, key_words
from questionnaires.paper.placing.page import WIDTH
from questionnaires.paper.placing.parts import Part, Rule, Words, at
from questionnaires.paper.placing.typography import Density, centred, height_of, width_of
from questionnaires.printing.fonts import markup

LABEL_PAD, KEY_ROOM, NO_KEY = 0.3, 2.8, 0.4
PAD, TEXT_PAD = 0.7, 1.2
"""Above and below the text of a line, and at its left."""


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

    def line_height(self, density: Density, text: str) -> float:
        """Of a line of boxes with this text in markup."""
        return max(density.line, height_of(text, density.look, self.text) + 2 * PAD)

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
