"""One answer: its box, the digit that keys it, its words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from questionnaires.paper.layout import Box
from questionnaires.paper.placing.parts import Part, Words, at
from questionnaires.paper.placing.setting import Setting
from questionnaires.paper.placing.typography import BOX, centred, height_of, width_of
from questionnaires.printing.answers import choice_keys
from questionnaires.printing.fonts import markup
from questionnaires.schema import Question

KEY_SIZE, KEY_GAP, KEY_DIGIT, LABEL_GAP = 6.5, 0.7, 1.7, 0.7
BETWEEN = 2.0
"""From the end of an answer to the next box, at least."""


@dataclass(frozen=True)
class Answer:
    """A choice to print; `shape` is its box's."""

    setting: Setting
    item: str
    value: str
    shape: str
    label: str
    key: str

    @property
    def indent(self) -> float:
        """Millimetres from the box's left edge to the answer's words."""
        return BOX + KEY_GAP + KEY_DIGIT * len(self.key) + LABEL_GAP

    @cached_property
    def width(self) -> float:
        """Millimetres it takes on one line, the gap to the next box included."""
        return self.indent + width_of(self.label, self.setting.look) + BETWEEN

    def height(self, width: float) -> float:
        """Of its words in a column of this width."""
        return height_of(markup(self.label), self.setting.look, self._room(width))

    def parts(self, x: float, middle: float, width: float) -> Iterator[Part]:
        """Box, key and words around the height of their middle."""
        yield Box(self.item, self.value, at(x, middle - BOX / 2, BOX, BOX), self.shape)
        yield key_words(self.key, x + BOX + KEY_GAP, middle)
        height = self.height(width)
        place = at(x + self.indent, middle - height / 2, self._room(width), height)
        yield Words(place, markup(self.label), self.setting.look)

    def _room(self, width: float) -> float:
        return width - self.indent - BETWEEN / 4


def answers_of(setting: Setting, question: Question, shape: str) -> list[Answer]:
    keys = choice_keys(len(question.choices))
    return [
        Answer(setting, question.code, choice.code, shape, setting.text(choice.text), key)
        for choice, key in zip(question.choices, keys, strict=True)
    ]


def key_words(key: str, x: float, middle: float) -> Words:
    """The digit that chooses an answer, small, around the height of its middle."""
    look = centred(KEY_SIZE)
    height = height_of(key, look, KEY_DIGIT * 20)
    return Words(at(x, middle - height / 2, KEY_DIGIT * len(key), height), key, look)
