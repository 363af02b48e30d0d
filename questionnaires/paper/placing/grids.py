"""Grids: one line an item, one column an answer, its words and key digit above."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from questionnaires.paper import words
from questionnaires.paper.layout import ROUND, SQUARE, Box
from questionnaires.paper.placing.columns import (
    PAD,
    TEXT_PAD,
    Columns,
)
from questionnaires.paper.placing.page import WIDTH
from questionnaires.paper.placing.parts import Block, Rule, Shade, Words, at, kept_whole
from questionnaires.paper.placing.setting import Setting
from questionnaires.paper.placing.typography import BOX, height_of
from questionnaires.paper.placing.widths import answer_columns, rank_columns
from questionnaires.printing.answers import choice_keys
from questionnaires.printing.fonts import markup
from questionnaires.schema import Question


@dataclass(frozen=True)
class Line:
    """A line of the grid: its text in markup, and the boxes by column; None where a column has none."""

    text: str
    boxes: tuple[Box | None, ...]


def matrix_blocks(setting: Setting, questions: Sequence[Question], heading: str = "") -> list[Block]:
    """The rows of one question under a header that holds the question, and above it a section's heading."""
    (question,) = questions
    lines = [Line(setting.row(row), _rating(row.code, question)) for row in question.rows]
    asked = _joined(setting, heading, setting.question(question))
    return _grid(setting, asked, answer_columns(setting, question), lines)


def scale_blocks(setting: Setting, questions: Sequence[Question], heading: str = "") -> list[Block]:
    """Neighbours on one scale under one header; a question alone has its text beside the header."""
    lines = [Line(setting.question(one), _rating(one.code, one)) for one in questions]
    columns = answer_columns(setting, questions[0])
    if len(lines) == 1 and not heading:
        return [_alone(setting, columns, lines[0])]
    return _grid(setting, heading, columns, lines)


def rank_blocks(setting: Setting, questions: Sequence[Question], heading: str = "") -> list[Block]:
    """One question's choices by ranks; "don't know" and the like have one box, for they stand alone."""
    (question,) = questions
    count = sum(choice.missing is None for choice in question.choices)
    keys = choice_keys(len(question.choices))
    lines = []
    for choice, key in zip(question.choices, keys, strict=True):
        ranks = range(1, count + 1) if choice.missing is None else range(1, 2)
        boxes = tuple(Box(question.code, choice.code, at(0, 0, BOX, BOX), SQUARE, rank) for rank in ranks)
        text = f'<font size="6.5">{key}</font> {markup(setting.text(choice.text))}'
        lines.append(Line(text, boxes + (None,) * (count - len(boxes))))
    asked = setting.question(question, setting.say(words.ONE_A_RANK))
    return _grid(setting, _joined(setting, heading, asked), rank_columns(question, count), lines)


def _joined(setting: Setting, *texts: str) -> str:
    return setting.density.between.join(filter(None, texts))


def _rating(item: str, question: Question) -> tuple[Box, ...]:
    return tuple(Box(item, choice.code, at(0, 0, BOX, BOX), ROUND) for choice in question.choices)


def _grid(setting: Setting, text: str, columns: Columns, lines: list[Line]) -> list[Block]:
    """The header keeps with the first two rows, and the last two keep together, on whatever page."""
    header = _header(setting, columns, text)
    again = _header(setting, columns, "")
    rows = [replace(_row(setting, columns, line), again=again) for line in lines]
    rows[-1] = _closed(setting, rows[-1])
    if len(rows) <= setting.density.whole:
        return kept_whole([header, *rows])
    return [*(replace(each, keep=True) for each in (header, rows[0])), *rows[1:-2], *kept_whole(rows[-2:])]


def _closed(setting: Setting, row: Block) -> Block:
    """The last row, with a line under it."""
    rule = Rule(at(0, row.height, WIDTH, 0))
    return replace(row, height=row.height + setting.density.gap, parts=(*row.parts, rule))


def _header(setting: Setting, columns: Columns, text: str) -> Block:
    words = _words(setting, columns, text)
    height = max(words.place.height + 2 * PAD, columns.height())
    parts = (*_centred([words] if text else [], height), *columns.labels(height))
    return Block(height, (Shade(at(0, 0, WIDTH, height)), *parts))


def _words(setting: Setting, columns: Columns, text: str) -> Words:
    height = height_of(text, setting.look, columns.text) if text else 0
    return Words(at(TEXT_PAD, 0, columns.text, height), text, setting.look)


def _centred(words: list[Words], height: float) -> list[Words]:
    """The words in the middle of a height."""
    return [replace(each, place=replace(each.place, y=(height - each.place.height) / 2)) for each in words]


def _row(setting: Setting, columns: Columns, line: Line) -> Block:
    words = _words(setting, columns, line.text)
    height = columns.line_height(setting.density, line.text)
    rule = Rule(at(0, 0, WIDTH, 0))
    parts = (rule, *columns.parting(height), *_centred([words], height), *_boxes(columns, line, height / 2))
    return Block(height, parts)


def _boxes(columns: Columns, line: Line, middle: float) -> list[Box]:
    return [
        replace(box, place=at(columns.left(number) + (columns.width - BOX) / 2, middle - BOX / 2, BOX, BOX))
        for number, box in enumerate(line.boxes)
        if box
    ]


def _alone(setting: Setting, columns: Columns, line: Line) -> Block:
    """A question on a scale of its own: its text beside the labels and the boxes."""
    words = _words(setting, columns, line.text)
    height = max(columns.height() + setting.density.line, words.place.height)
    top = height - setting.density.line
    boxes = _boxes(columns, line, top + setting.density.line / 2)
    parts = (*_centred([words], height), *columns.labels(top), *boxes)
    return Block(height + setting.density.gap, parts)
