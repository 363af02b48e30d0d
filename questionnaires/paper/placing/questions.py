"""Each kind of question in blocks, and the sections they stand in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from questionnaires.paper.layout import ROUND, SQUARE
from questionnaires.paper.placing.choices import choices_blocks
from questionnaires.paper.placing.columns import TEXT_PAD
from questionnaires.paper.placing.grids import matrix_blocks, rank_blocks, scale_blocks
from questionnaires.paper.placing.page import WIDTH
from questionnaires.paper.placing.parts import Block, Shade, Words, at
from questionnaires.paper.placing.rooms import (
    date_blocks,
    decimal_blocks,
    line_blocks,
    lines_blocks,
    note_blocks,
    whole_blocks,
)
from questionnaires.paper.placing.setting import Setting
from questionnaires.paper.placing.typography import WIDE_SPACE, bold, height_of, italic, style
from questionnaires.printing.paper import PaperSection
from questionnaires.schema import Question, Section

HEADING_SIZE = 10

Blocks = Callable[[Setting, Question], list[Block]]


BLOCKS: dict[str, Blocks] = {
    "integer": whole_blocks,
    "decimal": decimal_blocks,
    "text": line_blocks,
    "long_text": lines_blocks,
    "date": date_blocks,
    "note": note_blocks,
    "place": line_blocks,
    "unit": line_blocks,
}
GRIDS: dict[str, Callable[[Setting, Sequence[Question], str], list[Block]]] = {
    "scale": scale_blocks,
    "matrix": matrix_blocks,
    "rank": rank_blocks,
}
"""Kinds in grids, whose header can hold the section's heading."""
SHAPES = {"single": ROUND, "multiple": SQUARE, "place": ROUND, "unit": ROUND}
"""Kinds with boxes to choose from. A place or unit without a list of its own has a line for its name."""


def section_blocks(setting: Setting, section: Section, copy: PaperSection) -> Iterator[Block]:
    """The heading and notes as the plain copy words them, kept with what follows, and the questions.

    A grid that comes first has them in its header.
    """
    in_grid = section.questions[0].kind in GRIDS
    if not in_grid:
        yield from _heading(setting, copy)
    heading = _joined(setting, copy) if in_grid else ""
    for run in _runs(section.questions):
        kind = run[0].kind
        if has_choices(run[0]):
            yield from choices_blocks(setting, [(question, SHAPES[question.kind]) for question in run])
        else:
            yield from GRIDS[kind](setting, run, heading) if kind in GRIDS else BLOCKS[kind](setting, run[0])
        heading = ""


def has_choices(question: Question) -> bool:
    return question.kind in SHAPES and bool(question.choices)


def _runs(questions: Sequence[Question]) -> Iterator[list[Question]]:
    """Neighbours on one scale together, and neighbours with choices, all others singly."""
    for together, alike in groupby(questions, _together):
        run = list(alike)
        yield from [run] if together else ([question] for question in run)


def _together(question: Question) -> str | None:
    if has_choices(question):
        return "choices"
    return question.scale if question.kind == "scale" else None


def _joined(setting: Setting, copy: PaperSection) -> str:
    """Title and notes in markup."""
    return setting.density.between.join([_title(copy), *map(italic, copy.notes)])


def _title(copy: PaperSection) -> str:
    return f'<font size="{HEADING_SIZE}">{bold(copy.title)}</font>'


def _heading(setting: Setting, copy: PaperSection) -> Iterator[Block]:
    """A band with the title, and the notes behind it where they fit, else below it."""
    notes = " ".join(map(italic, copy.notes))
    beside = f'{_title(copy)}{WIDE_SPACE}<font size="{setting.density.text}">{notes}</font>'
    look = style(HEADING_SIZE)
    if height_of(beside, look, WIDTH - 2 * TEXT_PAD) <= height_of("x", look, WIDTH):
        yield _band(beside)
        return
    yield _band(_title(copy))
    for note in map(italic, copy.notes):
        height = height_of(note, setting.look, WIDTH)
        yield Block(height + 0.6, (Words(at(0, 0, WIDTH, height), note, setting.look),), keep=True)


def _band(title: str) -> Block:
    look = style(HEADING_SIZE)
    height = height_of(title, look, WIDTH - 2 * TEXT_PAD)
    words = Words(at(TEXT_PAD, 0.9, WIDTH - 2 * TEXT_PAD, height), title, look)
    return Block(height + 2.6, (Shade(at(0, 0.4, WIDTH, height + 1.2)), words), keep=True)
