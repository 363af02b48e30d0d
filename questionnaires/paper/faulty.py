"""What is wrong with a layout: places off the page, missing marks, boxes that cannot be told apart."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator

from questionnaires.faults import N_, Fault
from questionnaires.paper.layout import BOX_SHAPES, PAGE_HEIGHT, PAGE_WIDTH, Layout, Place

MARKS_A_PAGE = 4

NO_PAGES = N_("A layout has at least one page.")
OFF_PAGE = N_("This place does not lie on a page of the form.")
UNKNOWN_SHAPE = N_("“%(shape)s” is no shape of a box.")
MARKS = N_("Page %(page)s needs four corner marks; it has %(count)s.")
TWICE = N_("“%(item)s” has two boxes for the answer “%(value)s”.")
NO_RANK = N_("A rank counts from 1, and is 0 where nothing is ranked.")


def layout_faults(layout: Layout) -> Iterator[Fault]:
    """Each fault at its place in the layout's table."""
    if layout.pages < 1:
        yield Fault("pages", NO_PAGES)
    for place, spot in _places(layout):
        if not _is_on_page(spot, layout.pages):
            yield Fault(place, OFF_PAGE)
    yield from _mark_faults(layout)
    yield from _box_faults(layout)


def _places(layout: Layout) -> Iterator[tuple[str, Place]]:
    yield from ((f"codes.{number}", code) for number, code in enumerate(layout.codes, 1))
    yield from ((f"marks.{number}.place", mark.place) for number, mark in enumerate(layout.marks, 1))
    yield from ((f"boxes.{number}.place", box.place) for number, box in enumerate(layout.boxes, 1))
    yield from ((f"written.{number}.place", room.place) for number, room in enumerate(layout.written, 1))


def _is_on_page(place: Place, pages: int) -> bool:
    """Also true of a place that could not be read: that has its own fault."""
    if math.isnan(place.x + place.y + place.width + place.height):
        return True
    across = place.x >= 0 and place.width > 0 and place.x + place.width <= PAGE_WIDTH
    down = place.y >= 0 and place.height > 0 and place.y + place.height <= PAGE_HEIGHT
    return 1 <= place.page <= pages and across and down


def _mark_faults(layout: Layout) -> Iterator[Fault]:
    patterns = {(mark.place.page, mark.pattern) for mark in layout.marks}
    counts = Counter(page for page, _pattern in patterns)
    for page in range(1, min(layout.pages, len(layout.marks) + 1) + 1):
        if counts[page] != MARKS_A_PAGE:
            yield Fault("marks", MARKS, {"page": page, "count": counts[page]})


def _box_faults(layout: Layout) -> Iterator[Fault]:
    seen: set[tuple[str, str, int]] = set()
    for number, box in enumerate(layout.boxes, 1):
        if box.shape not in BOX_SHAPES:
            yield Fault(f"boxes.{number}.shape", UNKNOWN_SHAPE, {"shape": box.shape})
        if box.rank < 0:
            yield Fault(f"boxes.{number}.rank", NO_RANK)
        if (box.item, box.value, box.rank) in seen:
            yield Fault(f"boxes.{number}", TWICE, {"item": box.item, "value": box.value})
        seen.add((box.item, box.value, box.rank))
