"""Boxes with their answers beside them: line by line, in columns that stand at equal distances."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

from questionnaires.paper.layout import Box
from questionnaires.paper.placing.page import WIDTH
from questionnaires.paper.placing.parts import Block, Part, Words, at, kept_whole
from questionnaires.paper.placing.setting import Setting, choice_keys
from questionnaires.paper.placing.typography import BOX, centred, height_of, width_of
from questionnaires.printing.fonts import markup
from questionnaires.schema import Question

INDENT = 5.0
MOST_COLUMNS = 6
STEP = WIDTH / 16
KEY_SIZE, KEY_GAP, KEY_DIGIT, LABEL_GAP = 6.5, 0.7, 1.7, 0.7
BETWEEN = 2.0
"""From the end of an answer to the next box, at least."""

KEPT_WHOLE = 14
"""Lines; a longer list of answers may go on over the page."""


@dataclass(frozen=True)
class _Choice:
    value: str
    label: str
    key: str

    @property
    def indent(self) -> float:
        """From the box's left edge to the answer's words."""
        return BOX + KEY_GAP + KEY_DIGIT * len(self.key) + LABEL_GAP

    def width(self, setting: Setting) -> float:
        return self.indent + width_of(self.label, setting.look) + BETWEEN


def choice_blocks(setting: Setting, question: Question, shape: str) -> list[Block]:
    """The question with its answers: on one line where they fit, else below it."""
    choices = _choices(setting, question)
    text = setting.question(question)
    if width := _width_beside(setting, text, choices):
        line = _line(setting, question.code, shape, choices, width, WIDTH - width * len(choices))
        height = height_of(text, setting.look, WIDTH)
        words = Words(at(0, (line.height - height) / 2, WIDTH, height), text, setting.look)
        return [Block(line.height + setting.density.gap, (words, *line.parts))]
    return _below(setting, question, shape, choices, text)


def _choices(setting: Setting, question: Question) -> list[_Choice]:
    keys = choice_keys(len(question.choices))
    return [
        _Choice(choice.code, setting.text(choice.text), key)
        for choice, key in zip(question.choices, keys, strict=True)
    ]


def _width_beside(setting: Setting, text: str, choices: list[_Choice]) -> float:
    """Millimetres of each answer if question and answers share a line, in steps that put the boxes of
    neighbouring questions one below the other; 0 where they don't fit one line.
    """
    widest = max(choice.width(setting) for choice in choices)
    width = math.ceil(widest / STEP) * STEP
    needed = _text_width(setting, text) + BETWEEN
    return width if needed + width * len(choices) <= WIDTH else 0


def _text_width(setting: Setting, text: str) -> float:
    """Millimetres of marked-up text on one line; more than the page where it needs a second."""
    one_line = height_of("x", setting.look, WIDTH)
    if height_of(text, setting.look, WIDTH) > one_line:
        return 2 * WIDTH
    narrow, wide = 0.0, WIDTH
    while wide - narrow > 1:
        middle = (narrow + wide) / 2
        if height_of(text, setting.look, middle) > one_line:
            narrow = middle
        else:
            wide = middle
    return wide


def _below(
    setting: Setting, question: Question, shape: str, choices: list[_Choice], text: str
) -> list[Block]:
    height = height_of(text, setting.look, WIDTH)
    head = Block(height + 0.4, (Words(at(0, 0, WIDTH, height), text, setting.look),), keep=True)
    columns = _columns(setting, choices)
    width = (WIDTH - INDENT) / columns
    lines = [
        _line(setting, question.code, shape, choices[start : start + columns], width, INDENT)
        for start in range(0, len(choices), columns)
    ]
    lines[-1] = replace(lines[-1], height=lines[-1].height + setting.density.gap)
    return kept_whole([head, *lines]) if len(lines) <= KEPT_WHOLE else [head, *lines]


def _columns(setting: Setting, choices: list[_Choice]) -> int:
    """As few columns as need no more lines than the most that fit."""
    widest = max(choice.width(setting) for choice in choices)
    most = max(1, min(MOST_COLUMNS, int((WIDTH - INDENT) / widest)))
    lines = -(-len(choices) // most)
    return -(-len(choices) // lines)


def _line(
    setting: Setting, item: str, shape: str, choices: list[_Choice], width: float, left: float
) -> Block:
    """One line of boxes, `width` apart from `left` on; a long answer takes more than one line of words."""
    rooms = [width - choice.indent - 0.5 for choice in choices]
    heights = [
        height_of(markup(choice.label), setting.look, room)
        for choice, room in zip(choices, rooms, strict=True)
    ]
    height = max(setting.density.line, *(words + 1.0 for words in heights))
    parts: list[Part] = []
    for number, choice in enumerate(choices):
        place = (left + number * width, height / 2)
        parts += _answer(setting, item, shape, choice, place, rooms[number], heights[number])
    return Block(height, tuple(parts))


def _answer(
    setting: Setting,
    item: str,
    shape: str,
    choice: _Choice,
    place: tuple[float, float],
    room: float,
    height: float,
) -> Iterator[Part]:
    x, middle = place
    yield Box(item, choice.value, at(x, middle - BOX / 2, BOX, BOX), shape)
    yield key_words(choice.key, x + BOX + KEY_GAP, middle)
    words = at(x + choice.indent, middle - height / 2, room, height)
    yield Words(words, markup(choice.label), setting.look)


def key_words(key: str, x: float, middle: float) -> Words:
    """The digit that chooses an answer, small, around the height of its middle."""
    look = centred(KEY_SIZE)
    height = height_of(key, look, 20)
    return Words(at(x, middle - height / 2, KEY_DIGIT * len(key), height), key, look)
