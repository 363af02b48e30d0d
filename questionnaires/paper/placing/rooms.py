"""Room for handwriting: cells for the digits of a number or a date, lines for words."""

from __future__ import annotations

from questionnaires.expression import Tree
from questionnaires.paper import words
from questionnaires.paper.layout import Place, Written
from questionnaires.paper.placing.answers import BETWEEN, KEY_SIZE
from questionnaires.paper.placing.choices import INDENT
from questionnaires.paper.placing.page import WIDTH
from questionnaires.paper.placing.parts import COMB_GAP, Block, Comb, Lines, Words, at
from questionnaires.paper.placing.setting import Setting
from questionnaires.paper.placing.typography import height_of, style
from questionnaires.schema import Question

CELL, CELL_HEIGHT, CELL_PAD = 5.5, 6.4, 0.3
ADVICE, ADVICE_GAP = 32.0, 1.5
USUAL_CELLS = 10
DATE_CELLS = (2, 2, 4)


def whole_blocks(setting: Setting, question: Question) -> list[Block]:
    return [_comb(setting, question, (_digits(question.constraint),), setting.say(words.ONE_A_CELL))]


def decimal_blocks(setting: Setting, question: Question) -> list[Block]:
    return [_comb(setting, question, (USUAL_CELLS,), setting.say(words.ONE_SIGN_A_CELL))]


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
    largest = _largest(constraint)
    return USUAL_CELLS if largest is None else len(str(int(min(largest, 10**USUAL_CELLS - 1))))


def _largest(tree: Tree | None) -> int | float | None:
    if not isinstance(tree, list):
        return None
    if tree[0] == "and":
        bounds = [bound for side in tree[1:] if (bound := _largest(side)) is not None]
        return min(bounds, default=None)
    if tree[0] in ("<", "<=") and tree[1] == ["."] and isinstance(tree[2], int | float):
        return max(tree[2], 0)
    return None


def _comb(setting: Setting, question: Question, groups: tuple[int, ...], advice: str) -> Block:
    """Cells at the right of the question where it has room for it in two lines, else below it."""
    text, look = setting.question(question), setting.look
    width = sum(groups) * CELL + (len(groups) - 1) * COMB_GAP
    left = WIDTH - width - ADVICE
    tall = height_of(text, look, left - BETWEEN)
    if tall <= 2 * height_of("x", look, WIDTH):
        height = max(tall, CELL_HEIGHT + 2 * CELL_PAD)
        asked = Words(at(0, (height - tall) / 2, left - BETWEEN, tall), text, look)
        place = at(left, (height - CELL_HEIGHT) / 2, width, CELL_HEIGHT)
    else:
        tall = height_of(text, look, WIDTH)
        height = tall + CELL_HEIGHT + 3 * CELL_PAD
        asked = Words(at(0, 0, WIDTH, tall), text, look)
        place = at(INDENT, tall + 2 * CELL_PAD, width, CELL_HEIGHT)
    room = Written(question.code, question.kind, place)
    parts = (asked, room, Comb(place, groups), _advice(advice, place))
    return Block(height + setting.density.gap, parts)


def _advice(advice: str, cells: Place) -> Words:
    """How to fill the cells, at their right."""
    small, width = style(KEY_SIZE + 0.5, "Italic"), ADVICE - 2 * ADVICE_GAP
    height = height_of(advice, small, width)
    y = cells.y + (cells.height - height) / 2
    return Words(at(cells.x + cells.width + ADVICE_GAP, y, width, height), advice, small)


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
