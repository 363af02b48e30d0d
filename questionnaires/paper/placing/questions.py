"""Each kind of question in blocks, and the sections they stand in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby

from questionnaires.paper.layout import ROUND, SQUARE
from questionnaires.paper.placing.choices import choice_blocks
from questionnaires.paper.placing.grids import matrix_blocks, rank_blocks, scale_blocks
from questionnaires.paper.placing.page import WIDTH
from questionnaires.paper.placing.parts import Block, Shade, Words, at
from questionnaires.paper.placing.rooms import (
    date_blocks,
    line_blocks,
    lines_blocks,
    note_blocks,
    number_blocks,
)
from questionnaires.paper.placing.setting import Setting
from questionnaires.paper.placing.typography import height_of, italic, style
from questionnaires.printing.fonts import markup
from questionnaires.printing.paper import PaperSection
from questionnaires.schema import Question, Section

Blocks = Callable[[Setting, Question], list[Block]]


def _one(setting: Setting, question: Question) -> list[Block]:
    return choice_blocks(setting, question, ROUND)


def _several(setting: Setting, question: Question) -> list[Block]:
    return choice_blocks(setting, question, SQUARE)


def _pick(setting: Setting, question: Question) -> list[Block]:
    """A place or unit: boxes for a list of its own, else a line for its name."""
    return _one(setting, question) if question.choices else line_blocks(setting, question)


def _scale(setting: Setting, question: Question) -> list[Block]:
    return scale_blocks(setting, [question])


BLOCKS: dict[str, Blocks] = {
    "single": _one,
    "multiple": _several,
    "scale": _scale,
    "matrix": matrix_blocks,
    "integer": number_blocks,
    "decimal": number_blocks,
    "text": line_blocks,
    "long_text": lines_blocks,
    "date": date_blocks,
    "rank": rank_blocks,
    "note": note_blocks,
    "place": _pick,
    "unit": _pick,
}


def section_blocks(setting: Setting, section: Section, copy: PaperSection) -> Iterator[Block]:
    """The heading and notes as the plain copy words them, kept with what follows, and the questions."""
    yield _heading(copy.title)
    yield from (_note(setting, note) for note in copy.notes)
    for scale, alike in groupby(section.questions, _shared_scale):
        if scale:
            yield from scale_blocks(setting, list(alike))
        else:
            for question in alike:
                yield from BLOCKS[question.kind](setting, question)


def _shared_scale(question: Question) -> str | None:
    return question.scale if question.kind == "scale" else None


def _heading(title: str) -> Block:
    look = style(10, "Bold")
    height = height_of(markup(title), look, WIDTH - 3)
    band = at(0, 0.6, WIDTH, height + 0.6)
    words = Words(at(1.5, 0.7, WIDTH - 3, height), markup(title), look)
    return Block(height + 2.2, (Shade(band), words), keep=True)


def _note(setting: Setting, note: str) -> Block:
    height = height_of(italic(note), setting.look, WIDTH)
    return Block(height + 0.6, (Words(at(0, 0, WIDTH, height), italic(note), setting.look),), keep=True)
