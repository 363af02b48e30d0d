"""What of a page is shown with an item."""

from __future__ import annotations

import pytest

from questionnaires.paper.layout import Box, Layout, Place
from survey.entry.scanning.cropping import AROUND, answered_on, close_up, framed, row_on


def layout(*rows: float) -> Layout:
    """Items of one box each, so many millimetres below each other."""
    boxes = (Box(f"q{y:g}", "1", Place(1, 100, y, 4.2, 4.2)) for y in rows)
    return Layout("small", "1", "vi", 1, (), (), tuple(boxes), ())


def test_no_neighbour_is_half_in_the_picture():
    rows = layout(50, 55.5, 61)
    shown = framed(rows, "q55.5", row_on(rows, "q55.5", answered_on(rows, "q55.5", 1)))
    assert shown.y > 50 + 4.2
    assert shown.y + shown.height < 61
    assert shown.y < 55.5 < 55.5 + 4.2 < shown.y + shown.height


def test_alone_an_item_has_the_page_around_it():
    rows = layout(50)
    shown = framed(rows, "q50", answered_on(rows, "q50", 1))
    assert (shown.y, shown.height) == (50 - AROUND, pytest.approx(4.2 + 2 * AROUND))


def test_of_questions_side_by_side_only_the_asked_one_is_shown():
    boxes = [Box(f"q{x}", str(y), Place(1, x, y, 4.2, 4.2)) for x in (20, 80, 140) for y in (50, 56)]
    abreast = Layout("small", "1", "vi", 1, (), (), tuple(boxes), ())
    shown = {
        item: framed(abreast, item, row_on(abreast, item, answered_on(abreast, item, 1)))
        for item in ("q20", "q80", "q140")
    }
    assert shown["q20"].x < 20 < shown["q20"].x + shown["q20"].width < 80
    assert 24.2 < shown["q80"].x < 80 < shown["q80"].x + shown["q80"].width < 140
    assert 84.2 < shown["q140"].x < 140 < 200 < shown["q140"].x + shown["q140"].width
    assert {place.y for place in shown.values()} == {50 - AROUND}
    assert close_up(abreast, "q80", 1).width < 60
