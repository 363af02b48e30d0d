"""What of a page is shown with an item."""

from __future__ import annotations

import pytest

from questionnaires.paper.layout import Box, Layout, Place
from questionnaires.scanning import row_of
from survey.entry.scanning.cropping import AROUND, answered_on, framed


def layout(*rows: float) -> Layout:
    """Items of one box each, so many millimetres below each other."""
    boxes = (Box(f"q{y:g}", "1", Place(1, 100, y, 4.2, 4.2)) for y in rows)
    return Layout("small", "1", "vi", 1, (), (), tuple(boxes), ())


def test_no_neighbour_is_half_in_the_picture():
    rows = layout(50, 55.5, 61)
    shown = framed(rows, "q55.5", row_of(answered_on(rows, "q55.5", 1)))
    assert shown.y > 50 + 4.2
    assert shown.y + shown.height < 61
    assert shown.y < 55.5 < 55.5 + 4.2 < shown.y + shown.height


def test_alone_an_item_has_the_page_around_it():
    rows = layout(50)
    shown = framed(rows, "q50", answered_on(rows, "q50", 1))
    assert (shown.y, shown.height) == (50 - AROUND, pytest.approx(4.2 + 2 * AROUND))
