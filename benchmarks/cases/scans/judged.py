"""One synthetic scan, read and held against what its people meant."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import numpy as np

from questionnaires.scanning import BLANK, SURE, ItemReading, PageReading, ScannedPage, read_page
from tests.degraded.filled import FilledPage, filled_page
from tests.degraded.kinds import KINDS
from tests.degraded.people import CLEAN, HASTY, Hand, Meant
from tests.degraded.printed import citizens_form

WRONG, RIGHT, ASKED, LOST = "wrong", "right", "asked", "lost"
"""Of a row: accepted though wrong; accepted and right; given to a person; on a page that was not read."""


@dataclass(frozen=True)
class Judged:
    """`rows`: (how the row was filled in, what became of it) → how many."""

    kind: str
    is_clean: bool
    rows: Counter[tuple[str, str]] = field(default_factory=Counter)


def marked_page(
    kind: str, number: int, seed: int, hands: dict[str, Hand], *, closely: bool = True
) -> tuple[FilledPage, np.ndarray]:
    """Scan `number` of a kind: the filled page, and the picture of it."""
    random = np.random.default_rng([seed, list(KINDS).index(kind), number])
    form = citizens_form(closely=closely)
    page = number // 2 % len(form.pages) + 1
    filled = filled_page(form.pages[page - 1], form.layout, page, hands, random)
    return filled, KINDS[kind].scan(filled.image, random)


def judged(task: tuple[str, int, int, bool]) -> Judged:
    """`task`: kind, number, seed, set closely. People with ordinary marks and hasty ones take turns."""
    kind, number, seed, closely = task
    is_clean = number % 2 == 0
    filled, image = marked_page(kind, number, seed, CLEAN if is_clean else HASTY, closely=closely)
    reading = read_page(ScannedPage(kind, number + 1, image), citizens_form(closely=closely).layouts)
    return Judged(kind, is_clean, Counter(_rows(filled, reading)))


def _rows(filled: FilledPage, reading: PageReading) -> list[tuple[str, str]]:
    items = {item.item: item for item in reading.items}
    return [
        (filled.hands[item], LOST if item not in items else _outcome(items[item], meant))
        for item, meant in filled.meant.items()
    ]


def _outcome(item: ItemReading, meant: Meant) -> str:
    if item.state not in (SURE, BLANK):
        return ASKED
    return WRONG if meant.is_contradicted_by(item.values) else RIGHT
