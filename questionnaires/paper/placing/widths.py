"""How wide the columns of a grid are, and in which type their labels stand."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import lru_cache

from questionnaires.faults import N_
from questionnaires.faults import Words as SpokenWords
from questionnaires.paper.placing.columns import LABEL_PAD, Column, Columns
from questionnaires.paper.placing.page import WIDTH
from questionnaires.paper.placing.setting import Setting
from questionnaires.paper.placing.typography import BOX, Density, centred, width_of
from questionnaires.paper.refused import refusal
from questionnaires.printing.answers import choice_keys
from questionnaires.schema import Question

NARROWEST, LEAST_TEXT = BOX + 2.3, 60.0
USUAL, WIDEST, STEP = 11.5, 20.0, 0.5
RANK = BOX + 4.3
LABEL_SIZES = (7.5, 7.0, 6.5)

TOO_MANY = N_(
    "“%(text)s” has %(count)s answers side by side; a printed line has room for %(most)s. "
    "Print it with fewer, or ask it another way."
)


def answer_columns(setting: Setting, question: Question) -> Columns:
    """The same columns for all questions of the form with the same answers, so that they stand in line: those
    that make the grids lowest; of these the largest type, then the widest columns.
    """
    keys = choice_keys(len(question.choices))
    columns = tuple(
        Column(setting.text(choice.text), key) for choice, key in zip(question.choices, keys, strict=True)
    )
    grids = [one for one in setting.questionnaire.questions() if one.choices == question.choices]
    texts = tuple(text for one in grids for text in _lines(setting, one))
    most, levels = _most(question, len(columns)), _levels(question)
    candidates = (each for size in LABEL_SIZES for each in _candidates(columns, size, most, levels))
    return _lowest(tuple(candidates), texts, len(grids), setting.density)


def rank_columns(question: Question, count: int) -> Columns:
    """A column for each rank."""
    columns = tuple(Column(str(rank)) for rank in range(1, count + 1))
    return Columns(columns, min(RANK, _most(question, count)), LABEL_SIZES[0], count)


@lru_cache(maxsize=200)  # a form asks for the columns of one scale again and again
def _lowest(
    candidates: tuple[Columns, ...], texts: tuple[str, ...], headers: int, density: Density
) -> Columns:
    def height(columns: Columns) -> float:
        lines = sum(columns.line_height(density, text) for text in texts)
        return round(lines + headers * columns.height(), 1)

    return min(candidates, key=lambda each: (height(each), -each.size, -each.width))


def _lines(setting: Setting, question: Question) -> list[str]:
    return [setting.row(row) for row in question.rows] or [setting.question(question)]


def _candidates(columns: tuple[Column, ...], size: float, most: float, levels: int) -> Iterator[Columns]:
    """From the width that holds the longest word of the labels on, as far as the texts have room."""
    words = (word for column in columns for word in column.label.split())
    longest = max((width_of(word, centred(size)) for word in words), default=0) + 2 * LABEL_PAD
    least = min(most, max(USUAL, math.ceil(longest / STEP) * STEP))
    steps = range(max(0, int((min(most, WIDEST) - least) / STEP)) + 1)
    return (Columns(columns, least + step * STEP, size, levels) for step in steps)


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
