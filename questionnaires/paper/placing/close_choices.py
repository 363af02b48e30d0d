"""Answers set closely: several on a line, in columns that stand at equal distances."""

from __future__ import annotations

import math
from dataclasses import replace

from questionnaires.paper.placing.answers import BETWEEN, Answer, answers_of
from questionnaires.paper.placing.asked import ALWAYS_WHOLE, INDENT, LEAST_TEXT, STEP, Asked
from questionnaires.paper.placing.page import WIDTH
from questionnaires.paper.placing.parts import Block, kept_whole
from questionnaires.paper.placing.setting import Setting
from questionnaires.paper.placing.typography import height_of
from questionnaires.schema import Question

MOST_COLUMNS, MOST_BESIDE = 6, 2
"""Answers on a line; lines of answers at the right of a question."""


def close_choice_blocks(setting: Setting, question: Question, shape: str) -> list[Block]:
    """The question with its answers: at its right where that saves room, else below it."""
    asked = _Asked(setting, setting.question(question), answers_of(setting, question, shape))
    ways = [way for way in (asked.beside(), asked.below()) if way]
    return min(ways, key=lambda blocks: sum(block.height for block in blocks))


class _Asked(Asked):
    def below(self) -> list[Block]:
        """As few columns as need no more lines than the most that fit."""
        most = max(1, min(MOST_COLUMNS, int((WIDTH - INDENT) / self.widest)))
        columns = _whole(len(self.answers), _whole(len(self.answers), most))
        words = self.words(WIDTH)
        lines = self._lines(columns, INDENT)
        blocks = [Block(words.place.height + 0.4, (words,), keep=True), *lines]
        return kept_whole(blocks) if len(lines) <= max(self.setting.density.whole, ALWAYS_WHOLE) else blocks

    def beside(self) -> list[Block]:
        """In columns whose widths are steps, so that boxes of neighbouring questions stand in line; nothing
        where the text would be taller than the answers.
        """
        width = math.ceil(self.widest / STEP) * STEP
        for count in range(1, MOST_BESIDE + 1):
            columns = _whole(len(self.answers), count)
            left = WIDTH - columns * width
            if (
                left >= LEAST_TEXT
                and self.words(left - BETWEEN).place.height <= count * self.setting.density.line
            ):
                return self._beside(columns, left)
        return []

    def _beside(self, columns: int, left: float) -> list[Block]:
        lines, words = self._lines(columns, left), self.words(left - BETWEEN)
        one_line = height_of("x", self.setting.look, WIDTH)
        down = (self.setting.density.line - min(words.place.height, one_line)) / 2
        if len(lines) == 1:
            down = (self.setting.density.line - words.place.height) / 2
        words = replace(words, place=replace(words.place, y=down))
        return kept_whole([replace(lines[0], parts=(words, *lines[0].parts)), *lines[1:]])

    def _lines(self, columns: int, left: float) -> list[Block]:
        """The answers line by line from `left` on; below the last, the gap to the next question."""
        width = (WIDTH - left) / columns
        starts = range(0, len(self.answers), columns)
        lines = [self._line(self.answers[start : start + columns], width, left) for start in starts]
        return [*lines[:-1], replace(lines[-1], height=lines[-1].height + self.setting.density.gap)]

    def _line(self, answers: list[Answer], width: float, left: float) -> Block:
        """A long answer takes more than one line of words."""
        height = max(self.setting.density.line, *(answer.height(width) + 1.0 for answer in answers))
        parts = (
            part
            for number, answer in enumerate(answers)
            for part in answer.parts(left + number * width, height / 2, width)
        )
        return Block(height, tuple(parts))


def _whole(number: int, parts: int) -> int:
    """The number divided, rounded up."""
    return -(-number // parts)
