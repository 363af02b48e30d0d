"""The frame of every page, in millimetres: corner marks, QR code, number, and where the questions stand."""

from __future__ import annotations

from questionnaires.paper.layout import PAGE_HEIGHT, PAGE_WIDTH, CornerMark, Place

EDGE, MARK = 8.0, 8.0
"""From the paper's edge to the corner marks, and their side."""

QUIET = 2.0
"""White around a mark or a code; for the code, its own margin of four modules is a little more."""

LEFT, RIGHT = 12.0, PAGE_WIDTH - 12.0
WIDTH = RIGHT - LEFT
TOP, BOTTOM = 26.8, PAGE_HEIGHT - EDGE - MARK - QUIET

CODE = 16.0
CODE_X = PAGE_WIDTH - EDGE - MARK - QUIET - 2.5 - CODE
NUMBER_WIDTH = 36.0
TITLE_X = EDGE + MARK + QUIET + 1.0
TITLE_WIDTH = CODE_X - 3.0 - NUMBER_WIDTH - 2.0 - TITLE_X
FOOT_X, FOOT_WIDTH = TITLE_X, PAGE_WIDTH - 2 * TITLE_X


def corner_marks(page: int) -> tuple[CornerMark, ...]:
    """Patterns 0 to 3 clockwise from the upper left."""
    right, low = PAGE_WIDTH - EDGE - MARK, PAGE_HEIGHT - EDGE - MARK
    corners = ((EDGE, EDGE), (right, EDGE), (right, low), (EDGE, low))
    return tuple(CornerMark(number, Place(page, x, y, MARK, MARK)) for number, (x, y) in enumerate(corners))


def code_place(page: int) -> Place:
    return Place(page, CODE_X, EDGE, CODE, CODE)


def number_place(page: int) -> Place:
    """Left of the code: the form's number, and which page of how many."""
    return Place(page, CODE_X - 3.0 - NUMBER_WIDTH, EDGE, NUMBER_WIDTH, CODE)


def foot_place(page: int) -> Place:
    return Place(page, FOOT_X, PAGE_HEIGHT - EDGE - 5.5, FOOT_WIDTH, 5.5)
