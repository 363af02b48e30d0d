"""A sample of every kind of scan: nothing wrong is accepted, and clean scans are read."""

import numpy as np
import pytest

from questionnaires.scanning import BLANK, SURE, ScannedPage, read_page
from tests.degraded.filled import FilledPage, filled_page
from tests.degraded.kinds import KINDS, UNDAMAGED
from tests.degraded.people import CLEAN, HASTY, Hand
from tests.degraded.printed import citizens_form

FORM = citizens_form()


def filled_and_read(kind: str, hands: dict[str, Hand], page: int) -> tuple[FilledPage, dict]:
    random = np.random.default_rng([list(KINDS).index(kind), page])
    filled = filled_page(FORM.pages[page - 1], FORM.layout, page, hands, random)
    reading = read_page(ScannedPage(kind, page, KINDS[kind].scan(filled.image, random)), FORM.layouts)
    return filled, {item.item: item for item in reading.items}


def accepted_though_wrong(filled: FilledPage, items: dict) -> list[str]:
    return [
        f"{filled.hands[name]}: {item}"
        for name, item in items.items()
        if item.state in (SURE, BLANK) and filled.meant[name].is_contradicted_by(item.values)
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_no_wrong_answer_is_accepted(kind: str):
    filled, items = filled_and_read(kind, CLEAN | HASTY, page=1)
    assert accepted_though_wrong(filled, items) == []


@pytest.mark.parametrize("kind", UNDAMAGED)
def test_ordinary_marks_on_clean_scans_are_read(kind: str):
    filled, items = filled_and_read(kind, CLEAN, page=2)
    assert set(items) == set(filled.meant)
    assert accepted_though_wrong(filled, items) == []
    assert sum(item.state in (SURE, BLANK) for item in items.values()) >= len(items) - 1


def test_the_same_seed_gives_the_same_scan():
    first, second = (filled_and_read("photograph", HASTY, page=1) for _ in range(2))
    assert np.array_equal(first[0].image, second[0].image)
    assert first[1] == second[1]
