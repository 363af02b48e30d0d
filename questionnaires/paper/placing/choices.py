"""Boxes with their answers beside them: one column a question, short questions side by side."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace

from questionnaires.paper.placing.answers import BETWEEN, Answer, answers_of
from questionnaires.paper.placing.asked import ALWAYS_WHOLE, INDENT, LEAST_TEXT, STEP, Asked
from questionnaires.paper.placing.close_choices import close_choice_blocks
from questionnaires.paper.placing.page import WIDTH
from questionnaires.paper.placing.parts import Block, Part, kept_whole, moved
from questionnaires.paper.placing.setting import Setting
from questionnaires.paper.placing.typography import height_of
from questionnaires.schema import Question

GUTTER = 6.0
MOST_ABREAST = 4
LONGEST = 20
"""Answers in one column; longer lists, as of places, stand in several."""

Shaped = tuple[Question, str]
"""A question with choices, and the shape of its boxes."""


def choices_blocks(setting: Setting, questions: Sequence[Shaped]) -> Iterator[Block]:
    """Neighbours with choices, in rows of as many as together take the least height."""
    best: list[tuple[float, list[Block]]] = [(0.0, [])]
    for end in range(1, len(questions) + 1):
        rows = (
            (best[start], row)
            for start in range(max(0, end - MOST_ABREAST), end)
            if (row := _row(setting, questions[start:end]))
        )
        ways = [(height + _height(row), [*blocks, *row]) for (height, blocks), row in rows]
        best.append(min(ways, key=lambda way: way[0]))
    yield from best[-1][1]


def _height(blocks: Sequence[Block]) -> float:
    return sum(block.height for block in blocks)


def _row(setting: Setting, questions: Sequence[Shaped]) -> list[Block]:
    """One question by itself, or several side by side; nothing where an answer would not fit on its line."""
    is_close = setting.closely or any(len(one.choices) > LONGEST for one, _shape in questions)
    if is_close:
        return close_choice_blocks(setting, *questions[0]) if len(questions) == 1 else []
    asked = [_Asked(setting, setting.question(one), answers_of(setting, one, box)) for one, box in questions]
    if len(asked) == 1:
        return asked[0].alone()
    widths = _widths(asked)
    if not widths:
        return []
    x, height, parts = 0.0, 0.0, []
    for each, width in zip(asked, widths, strict=True):
        column = each.column(width)
        parts += [moved(part, 0, x, 0) for part in column.parts]
        x, height = x + width + GUTTER, max(height, column.height)
    return [Block(height + setting.density.gap, tuple(parts))]


def _widths(asked: Sequence[_Asked]) -> list[float]:
    """As wide as the answers need; what is left goes to those whose text is long. Nothing where it lacks."""
    needed = [max(each.widest + INDENT, LEAST_TEXT) for each in asked]
    spare = WIDTH - GUTTER * (len(asked) - 1) - sum(needed)
    long = sum(len(each.text) for each in asked)
    shared = (need + spare * len(each.text) / long for need, each in zip(needed, asked, strict=True))
    return list(shared) if spare >= 0 else []


class _Asked(Asked):
    def alone(self) -> list[Block]:
        """With its answers at its right where that saves room, else below it."""
        ways = [way for way in (self._beside(), self._below()) if way]
        return min(ways, key=_height)

    def column(self, width: float) -> Block:
        """In one block of this width, the answers below the text."""
        words = self.words(width)
        y, parts = words.place.height + 0.4, list[Part]((words,))
        for line in self._lines(width, INDENT):
            parts += [moved(part, 0, 0, y) for part in line.parts]
            y += line.height
        return Block(y, tuple(parts))

    def _below(self) -> list[Block]:
        words, lines = self.words(WIDTH), self._spaced(self._lines(WIDTH, INDENT))
        blocks = [Block(words.place.height + 0.4, (words,), keep=True), *lines]
        return kept_whole(blocks) if self._stays_whole else blocks

    def _beside(self) -> list[Block]:
        """From a step on, so that boxes of neighbouring questions stand in line; nothing where the text would
        be taller than the answers.
        """
        left = WIDTH - math.ceil(self.widest / STEP) * STEP
        lines = self._lines(WIDTH, left)
        if left < LEAST_TEXT or self.words(left - BETWEEN).place.height > _height(lines):
            return []
        words = self.words(left - BETWEEN)
        one_line = height_of("x", self.setting.look, WIDTH)
        down = (self.setting.density.line - min(words.place.height, one_line)) / 2
        words = replace(words, place=replace(words.place, y=down))
        lines = self._spaced([replace(lines[0], parts=(words, *lines[0].parts)), *lines[1:]])
        return kept_whole(lines)

    @property
    def _stays_whole(self) -> bool:
        return len(self.answers) <= max(self.setting.density.whole, ALWAYS_WHOLE)

    def _lines(self, width: float, left: float) -> list[Block]:
        """The answers one below the other, from `left` to `width`."""
        return [self._line(answer, width - left, left) for answer in self.answers]

    def _line(self, answer: Answer, width: float, left: float) -> Block:
        """A long answer takes more than one line of words."""
        height = max(self.setting.density.line, answer.height(width) + 1.0)
        parts: tuple[Part, ...] = tuple(answer.parts(left, height / 2, width))
        return Block(height, parts)

    def _spaced(self, lines: list[Block]) -> list[Block]:
        """Below the last, the gap to the next question."""
        return [*lines[:-1], replace(lines[-1], height=lines[-1].height + self.setting.density.gap)]
