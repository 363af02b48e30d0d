"""One synthetic scan, read and held against what its people meant."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cache

import numpy as np

from questionnaires import library
from questionnaires.scanning import BLANK, SURE, PageReading, ScannedPage, read_page
from tests.degraded.filled import FilledPage, filled_page
from tests.degraded.kinds import KINDS
from tests.degraded.people import CLEAN, HASTY
from tests.degraded.printed import PrintedForm, printed

QUESTIONNAIRE = "citizen-satisfaction-2024"
WRONG, RIGHT, ASKED, LOST = "wrong", "right", "asked", "lost"
"""Of a row: accepted though wrong; accepted and right; given to a person; on a page that was not read."""


@dataclass(frozen=True)
class Judged:
    """`rows`: (how the row was filled in, what became of it) → how many."""

    kind: str
    is_clean: bool
    rows: Counter[tuple[str, str]] = field(default_factory=Counter)


@cache
def form() -> PrintedForm:
    return printed(library.load(QUESTIONNAIRE))


def marked_page(kind: str, number: int, seed: int, hands: dict) -> tuple[FilledPage, np.ndarray, int]:
    """Scan `number` of a kind: the filled page, the picture of it, and which page of the form it is."""
    random = np.random.default_rng([seed, list(KINDS).index(kind), number])
    page = number // 2 % len(form().pages) + 1
    filled = filled_page(form().pages[page - 1], form().layout, page, hands, random)
    return filled, KINDS[kind].scan(filled.image, random), page


def judged(task: tuple[str, int, int]) -> Judged:
    """`task`: kind, number and seed. People with ordinary marks and hasty ones take turns."""
    kind, number, seed = task
    is_clean = number % 2 == 0
    filled, image, _page = marked_page(kind, number, seed, CLEAN if is_clean else HASTY)
    reading = read_page(ScannedPage(kind, number + 1, image), form().layouts)
    return Judged(kind, is_clean, Counter(_rows(filled, reading)))


def _rows(filled: FilledPage, reading: PageReading) -> list[tuple[str, str]]:
    items = {item.item: item for item in reading.items}
    return [
        (filled.hands[item], LOST if item not in items else _outcome(items[item], meant))
        for item, meant in filled.meant.items()
    ]


def _outcome(item, meant) -> str:
    if item.state not in (SURE, BLANK):
        return ASKED
    return WRONG if meant.is_contradicted_by(item.values) else RIGHT
