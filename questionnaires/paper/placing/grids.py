"""Grids: one line an item, one column an answer, its words and key digit above."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from questionnaires.faults import N_
from questionnaires.faults import Words as SpokenWords
from questionnaires.paper import words
from questionnaires.paper.layout import ROUND, SQUARE, Box
from questionnaires.paper.placing.choices import KEY_DIGIT, key_words
from questionnaires.paper.placing.page import WIDTH
from questionnaires.paper.placing.parts import Block, Part, Rule, Words, at, kept_whole
from questionnaires.paper.placing.setting import Setting, choice_keys
from questionnaires.paper.placing.typography import BOX, centred, height_of, style, width_of
from questionnaires.paper.refused import refusal
from questionnaires.printing.fonts import markup
from questionnaires.schema import Question

NARROWEST, WIDEST, LEAST_TEXT = 6.5, 14.5, 50.0
LABEL_SIZES = (7.5, 7.0, 6.5, 6.0)
KEPT_WHOLE = 14
PAD, LABEL_PAD = 0.8, 0.3
KEY_ROOM, NO_KEY = 2.8, 0.4

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
class Line:
    """A line of the grid: its text in markup, and the boxes by column; None where a column has none."""

    text: str
    boxes: tuple[Box | None, ...]


@dataclass(frozen=True)
class _Columns:
    columns: tuple[Column, ...]
    width: float
    size: float

    @property
    def text(self) -> float:
        """Millimetres for the lines' texts."""
        return WIDTH - self.width * len(self.columns)

    def left(self, number: int) -> float:
        return self.text + number * self.width


def matrix_blocks(setting: Setting, question: Question) -> list[Block]:
    lines = [Line(setting.row(row), _rating(row.code, question)) for row in question.rows]
    return _grid(setting, setting.question(question), _answers(setting, question), lines)


def scale_blocks(setting: Setting, questions: Sequence[Question]) -> list[Block]:
    """Neighbours on one scale under one header; a question alone has its text beside the header."""
    lines = [Line(setting.question(one), _rating(one.code, one)) for one in questions]
    columns = _answers(setting, questions[0])
    if len(lines) == 1:
        return [_alone(setting, columns, lines[0])]
    return _grid(setting, "", columns, lines)


def rank_blocks(setting: Setting, question: Question) -> list[Block]:
    """Choices by ranks; "don't know" and the like have one box, for they stand alone."""
    ranked = [choice for choice in question.choices if choice.missing is None]
    keys = choice_keys(len(question.choices))
    lines = []
    for choice, key in zip(question.choices, keys, strict=True):
        ranks = range(1, len(ranked) + 1) if choice.missing is None else range(1, 2)
        boxes = tuple(Box(question.code, choice.code, at(0, 0, BOX, BOX), SQUARE, rank) for rank in ranks)
        text = f'<font size="6.5">{key}</font> {markup(setting.text(choice.text))}'
        lines.append(Line(text, boxes + (None,) * (len(ranked) - len(boxes))))
    columns = _fitted(question, tuple(Column(str(rank)) for rank in range(1, len(ranked) + 1)))
    asked = setting.question(question, setting.say(words.ONE_A_RANK))
    return _grid(setting, asked, columns, lines)


def _rating(item: str, question: Question) -> tuple[Box, ...]:
    return tuple(Box(item, choice.code, at(0, 0, BOX, BOX), ROUND) for choice in question.choices)


def _answers(setting: Setting, question: Question) -> _Columns:
    keys = choice_keys(len(question.choices))
    columns = (
        Column(setting.text(choice.text), key) for choice, key in zip(question.choices, keys, strict=True)
    )
    return _fitted(question, tuple(columns))


def _fitted(question: Question, columns: tuple[Column, ...]) -> _Columns:
    """As wide as the longest word of the labels needs, in the largest type for which there is room."""
    most = (WIDTH - LEAST_TEXT) / len(columns)
    if most < NARROWEST:
        values = {"text": SpokenWords(question.text), "count": len(columns)}
        raise refusal(TOO_MANY, **values, most=int((WIDTH - LEAST_TEXT) / NARROWEST))
    for size in LABEL_SIZES:
        longest = max(_longest_word(column.label, size) for column in columns) + 2 * 0.5
        if longest <= min(most, WIDEST):
            break
    usual = NARROWEST if all(len(column.label) <= 2 for column in columns) else 12.0
    return _Columns(columns, min(most, max(usual, longest)), size)


def _longest_word(label: str, size: float) -> float:
    return max((width_of(word, style(size)) for word in label.split()), default=0)


def _grid(setting: Setting, text: str, columns: _Columns, lines: list[Line]) -> list[Block]:
    header = _header(setting, columns, text)
    rows = [replace(_row(setting, columns, line), again=_header(setting, columns, "")) for line in lines]
    rows[-1] = _closed(setting, rows[-1])
    blocks = [replace(header, keep=True), *rows]
    return kept_whole(blocks) if len(rows) <= KEPT_WHOLE else blocks


def _closed(setting: Setting, row: Block) -> Block:
    """The last row, with a line under it."""
    rule = Rule(at(0, row.height, WIDTH, 0))
    return replace(row, height=row.height + setting.density.gap, parts=(*row.parts, rule))


def _header(setting: Setting, columns: _Columns, text: str) -> Block:
    words = _words(setting, columns, text)
    height = max(words.place.height + PAD, _labels_height(columns))
    return Block(height, (*_centred([words] if text else [], height), *_labels(columns, height)))


def _words(setting: Setting, columns: _Columns, text: str) -> Words:
    width = columns.text - 2
    height = height_of(text, setting.look, width) if text else 0
    return Words(at(0, 0, width, height), text, setting.look)


def _centred(words: list[Words], height: float) -> list[Words]:
    """The words in the middle of a height."""
    return [replace(each, place=replace(each.place, y=(height - each.place.height) / 2)) for each in words]


def _labels_height(columns: _Columns) -> float:
    keys = KEY_ROOM if any(column.key for column in columns.columns) else NO_KEY
    return max(_label_height(columns, column) for column in columns.columns) + keys + 0.4


def _label_height(columns: _Columns, column: Column) -> float:
    return height_of(markup(column.label), centred(columns.size), columns.width - 2 * LABEL_PAD)


def _labels(columns: _Columns, height: float) -> list[Part]:
    """The labels and key digits, standing on the header's lower edge."""
    parts: list[Part] = []
    for number, column in enumerate(columns.columns):
        tall, below = _label_height(columns, column), KEY_ROOM if column.key else NO_KEY
        x = columns.left(number)
        place = at(x + LABEL_PAD, height - below - tall, columns.width - 2 * LABEL_PAD, tall)
        parts.append(Words(place, markup(column.label), centred(columns.size)))
        if column.key:
            half = KEY_DIGIT * len(column.key) / 2
            parts.append(key_words(column.key, x + columns.width / 2 - half, height - KEY_ROOM / 2))
    return parts


def _row(setting: Setting, columns: _Columns, line: Line) -> Block:
    words = _words(setting, columns, line.text)
    height = max(setting.density.line, words.place.height + 2 * PAD)
    rule = Rule(at(0, 0, WIDTH, 0))
    return Block(height, (rule, *_centred([words], height), *_boxes(columns, line, height / 2)))


def _boxes(columns: _Columns, line: Line, middle: float) -> list[Box]:
    return [
        replace(box, place=at(columns.left(number) + (columns.width - BOX) / 2, middle - BOX / 2, BOX, BOX))
        for number, box in enumerate(line.boxes)
        if box
    ]


def _alone(setting: Setting, columns: _Columns, line: Line) -> Block:
    """A question on a scale of its own: its text beside the header and the boxes."""
    words = _words(setting, columns, line.text)
    height = max(_labels_height(columns) + setting.density.line, words.place.height)
    top = height - setting.density.line
    boxes = _boxes(columns, line, top + setting.density.line / 2)
    parts = (*_centred([words], height), *_labels(columns, top), *boxes)
    return Block(height + setting.density.gap, parts)
