"""The words that mark the template's example, so that none of it passes for a framework's own text."""

from __future__ import annotations

from questionnaires.faults import N_
from questionnaires.text import fold

MARK = "VÍ DỤ – thay bằng nội dung thật: "
MARK_EN = "EXAMPLE – to be replaced: "

STILL_EXAMPLE = N_(
    "The template's example still stands here. Write your own words, or delete the row if there is nothing "
    "to say."
)


def is_example(text: str) -> bool:
    """Whether a cell still holds an example of the template."""
    return fold(text).startswith((fold(MARK), fold(MARK_EN)))
