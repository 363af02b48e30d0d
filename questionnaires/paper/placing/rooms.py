"""Room for handwriting: cells for the digits of a number or a date, lines for words."""

from __future__ import annotations

from questionnaires.expression import Tree
from questionnaires.paper import words
from questionnaires.paper.layout import Written
from questionnaires.paper.placing.answers import KEY_SIZE
from questionnaires.paper.placing.choices import INDENT
from questionnaires.paper.placing.page import WIDTH
from questionnaires.paper.placing.parts import Block, Comb, Lines, Part, Words, at
from questionnaires.paper.placing.setting import Setting
from questionnaires.paper.placing.typography import height_of, style
from questionnaires.schema import Question

CELL, CELL_HEIGHT, CELL_GAP = 5.5, 6.4, 2.5
USUAL_CELLS = 10
DATE_CELLS = (2, 2, 4)


def number_blocks(setting: Setting, question: Question) -> list[Block]:
    cells = USUAL_CELLS if question.kind == "decimal" else _digits(question.constraint)
    return [_comb(setting, question, (cells,), setting.say(words.ONE_A_CELL))]


def date_blocks(setting: Setting, question: Question) -> list[Block]:
    return [_comb(setting, question, DATE_CELLS, setting.say(words.DAY))]


def line_blocks(setting: Setting, question: Question) -> list[Block]:
    return [_lines(setting, question, 1)]


def lines_blocks(setting: Setting, question: Question) -> list[Block]:
    return [_lines(setting, question, setting.density.writing)]


def note_blocks(setting: Setting, question: Question) -> list[Block]:
    text = setting.question(question)
    height = height_of(text, setting.look, WIDTH)
    note = Words(at(0, 0, WIDTH, height), text, setting.look)
    return [Block(height + setting.density.gap, (note,))]


def _digits(constraint: Tree | None) -> int:
    """The digits of the largest number that a constraint such as `. <= 30` allows; else the usual number."""
    most = _largest(constraint)
    return USUAL_CELLS if most is None else min(len(str(int(most))), USUAL_CELLS)


def _largest(tree: Tree | None) -> float | None:
    if not isinstance(tree, list):
        return None
    if tree[0] == "and":
        bounds = [bound for side in tree[1:] if (bound := _largest(side)) is not None]
        return min(bounds, default=None)
    is_bound = tree[0] in ("<", "<=") and tree[1] == ["."] and isinstance(tree[2], int | float)
    return max(float(tree[2]), 0) if is_bound else None  # type: ignore[arg-type]


def _comb(setting: Setting, question: Question, groups: tuple[int, ...], advice: str) -> Block:
    """The question, and cells beside its last line if it is short, else below it."""
    text, look = setting.question(question), setting.look
    width = sum(groups) * CELL + (len(groups) - 1) * CELL_GAP
    advice_width = 32.0
    left = WIDTH - width - advice_width
    beside = height_of(text, look, left - 4)
    if beside <= 2 * height_of("x", look, WIDTH):
        x, top, height, room = left, 0.3, max(beside, CELL_HEIGHT + 0.6), left - 4
    else:
        beside = height_of(text, look, WIDTH)
        x, top, height, room = INDENT, beside + 0.8, beside + CELL_HEIGHT + 1.4, WIDTH
    place = at(x, top, width, CELL_HEIGHT)
    small = style(KEY_SIZE + 0.5, "Italic")
    tall = height_of(advice, small, advice_width - 2)
    parts: list[Part] = [
        Words(at(0, 0 if room == WIDTH else (height - beside) / 2, room, beside), text, look),
        Written(question.code, question.kind, place),
        Comb(place, groups),
        Words(at(x + width + 2, top + (CELL_HEIGHT - tall) / 2, advice_width - 2, tall), advice, small),
    ]
    return Block(height + setting.density.gap, tuple(parts))


def _lines(setting: Setting, question: Question, count: int) -> Block:
    text, look = setting.question(question), setting.look
    height = height_of(text, look, WIDTH)
    place = at(0, height + 0.5, WIDTH, count * setting.density.written)
    parts = (
        Words(at(0, 0, WIDTH, height), text, look),
        Written(question.code, question.kind, place),
        Lines(place, count),
    )
    return Block(place.y + place.height + setting.density.gap, parts)
