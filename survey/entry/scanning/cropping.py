"""What of a page shows the answer to an item: its row on a wide screen, on a narrow one what was written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from questionnaires.paper.layout import Layout, Place
from questionnaires.scanning import row_of

AROUND = 3.0
"""Millimetres of the page shown around the boxes of an item; less where another item is closer."""
GAP = 4.0
"""Millimetres left free before the boxes of a question beside: `AROUND` of it is shown again as the frame."""
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
    row = row_on(layout, item, answered)
    return replace(answered, width=row.x + row.width - answered.x)


def row_on(layout: Layout, item: str, answered: Place) -> Place:
    """The lines of an item from one edge of the page to the other, or to the questions beside it."""
    row = row_of(answered)
    beside = [
        each for each in others_on(layout, item, row) if overlap(each.y, each.height, row.y, row.height)
    ]
    is_first = all(each.x > answered.x for each in beside)
    left = row.x if is_first else answered.x
    right = min((each.x - GAP for each in beside if each.x > answered.x), default=row.x + row.width)
    return replace(row, x=left, width=right - left)


def others_on(layout: Layout, item: str, place: Place) -> list[Place]:
    """What answers the other items of a page."""
    both = (*layout.boxes, *layout.written)
    return [each.place for each in both if each.item != item and each.place.page == place.page]


def overlap(start: float, length: float, other: float, others_length: float) -> bool:
    return start < other + others_length and other < start + length


def framed(layout: Layout, item: str, place: Place) -> Place:
    """A place with the page around it, up and down to half the way to what answers other items at most."""
    others = [
        each for each in others_on(layout, item, place) if overlap(each.x, each.width, place.x, place.width)
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
