"""Every kind of scan, over 10,000 rows from 150 dpi: nothing wrong is accepted, and clean scans are read."""

import numpy as np
import pytest

from questionnaires import library
from questionnaires.scanning import BLANK, SURE, ScannedPage, read_page
from tests.degraded.filled import FilledPage, filled_page
from tests.degraded.kinds import KINDS, UNDAMAGED
from tests.degraded.people import CLEAN, HASTY, Hand
from tests.degraded.printed import PrintedForm, citizens_form, printed

FORM = citizens_form()
SCANS, CLEAN_SCANS = 30, 12
"""Of each kind, the pages of the form in turn; and of each undamaged kind with ordinary marks alone."""
MOST_ASKED = 0.02
"""Of rows with ordinary marks on undamaged scans, the share that may be left to a person."""


def filled_and_read(
    kind: str, hands: dict[str, Hand], number: int, form: PrintedForm = FORM
) -> tuple[FilledPage, dict]:
    random, page = np.random.default_rng([list(KINDS).index(kind), number]), page_of(number, form)
    filled = filled_page(form.pages[page - 1], form.layout, page, hands, random)
    reading = read_page(ScannedPage(kind, page, KINDS[kind].scan(filled.image, random)), form.layouts)
    return filled, {item.item: item for item in reading.items}


def page_of(number: int, form: PrintedForm = FORM) -> int:
    return number % form.layout.pages + 1


def accepted_though_wrong(filled: FilledPage, items: dict) -> list[str]:
    return [
        f"{filled.hands[name]}: {item}"
        for name, item in items.items()
        if item.state in (SURE, BLANK) and filled.meant[name].is_contradicted_by(item.values)
    ]


def test_they_are_more_than_ten_thousand_rows():
    items = [{box.item for box in FORM.layout.boxes if box.place.page == page_of(n)} for n in range(SCANS)]
    assert sum(map(len, items)) * sum(kind.dpi >= 150 for kind in KINDS.values()) > 10_000


@pytest.mark.parametrize("kind", KINDS)
def test_no_wrong_answer_is_accepted(kind: str):
    for number in range(SCANS):
        filled, items = filled_and_read(kind, CLEAN | HASTY, number)
        assert accepted_though_wrong(filled, items) == [], number


@pytest.mark.parametrize("kind", UNDAMAGED)
def test_ordinary_marks_on_clean_scans_are_read(kind: str):
    asked = rows = 0
    for number in range(CLEAN_SCANS):
        filled, items = filled_and_read(kind, CLEAN, number)
        assert set(items) == set(filled.meant)
        assert accepted_though_wrong(filled, items) == []
        asked += sum(item.state not in (SURE, BLANK) for item in items.values())
        rows += len(items)
    assert asked <= MOST_ASKED * rows


def test_answers_in_one_column_are_read_as_surely():
    form = printed(library.load("citizen-satisfaction-2024"))
    asked = rows = 0
    for number, kind in enumerate(KINDS):
        filled, items = filled_and_read(kind, CLEAN, number, form)
        assert accepted_though_wrong(filled, items) == [], kind
        if kind in UNDAMAGED:
            asked += sum(item.state not in (SURE, BLANK) for item in items.values())
            rows += len(items)
    assert asked <= MOST_ASKED * rows


def test_the_same_seed_gives_the_same_scan():
    first, second = (filled_and_read("photograph", HASTY, number=0) for _ in range(2))
    assert np.array_equal(first[0].image, second[0].image)
    assert first[1] == second[1]
