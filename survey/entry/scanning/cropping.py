"""What of a page shows the answer to an item: its row on a wide screen, on a narrow one what was written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from questionnaires.paper.layout import PAGE_WIDTH, Layout, Place

AROUND = 3.0
"""Millimetres of the page shown around the boxes of an item; less where another item is closer."""
MARGIN = 8.0
"""Millimetres beside the page's edge where nothing is printed."""
FITS = 115.0
"""Millimetres of the page that can be read on a telephone held upright, without moving the picture."""


def places_of(layout: Layout, item: str) -> list[Place]:
    """Where an item is answered: its boxes, its room for handwriting."""
    return [*(box.place for box in layout.boxes_of(item)), *rooms_of(layout, item)]


def rooms_of(layout: Layout, item: str) -> list[Place]:
    return [room.place for room in layout.written if room.item == item]


def answered_on(layout: Layout, item: str, page: int | None) -> Place | None:
    """The least rectangle around all that answers an item on a page."""
    places = [place for place in places_of(layout, item) if place.page == page]
    return around(places) if places else None


def close_up(layout: Layout, item: str, page: int | None) -> Place | None:
    """What a person marked or wrote there: the room for handwriting, or boxes with the words beside them."""
    answered = answered_on(layout, item, page)
    if answered is None or rooms_of(layout, item):
        return answered
    return replace(answered, width=PAGE_WIDTH - MARGIN - answered.x)


def framed(layout: Layout, item: str, place: Place) -> Place:
    """A place with the page around it, up and down to half the way to what answers other items at most."""
    others = [
        each.place
        for each in (*layout.boxes, *layout.written)
        if each.item != item and each.place.page == place.page
    ]
    lower_edge = place.y + place.height
    above = min((place.y - (each.y + each.height) for each in others if each.y < place.y), default=2 * AROUND)
    below = min(
        (each.y - lower_edge for each in others if each.y + each.height > lower_edge), default=2 * AROUND
    )
    upper, lower = (min(AROUND, max(0.0, gap / 2)) for gap in (above, below))
    return replace(
        place,
        x=place.x - AROUND,
        width=place.width + 2 * AROUND,
        y=place.y - upper,
        height=place.height + upper + lower,
    )


def is_wide(place: Place) -> bool:
    return place.width > FITS


def around(places: Sequence[Place]) -> Place:
    """The least rectangle around places of one page."""
    x, y = min(place.x for place in places), min(place.y for place in places)
    right = max(place.x + place.width for place in places)
    lower = max(place.y + place.height for place in places)
    return Place(places[0].page, x, y, right - x, lower - y)
