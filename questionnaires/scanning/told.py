"""Whether a page is the one that a person says it is: its printed boxes tell, where no QR code does."""

from __future__ import annotations

from dataclasses import dataclass

from questionnaires.paper.layout import Layout
from questionnaires.scanning.grid import View
from questionnaires.scanning.rings import find_borders

LEAST_SEEN = 0.5
"""Of the boxes of a page; where fewer are seen in their place, it is not that page."""


@dataclass(frozen=True)
class Seen:
    """How many boxes of a page are seen where they should be, and what share of all its boxes."""

    boxes: int
    share: float


def likelier_page(view: View, layout: Layout, told: int) -> int | None:
    """The page of the form whose boxes are seen, and no fewer of them than of the page told; None where there
    is none. Pages with their boxes in the same places cannot be told apart: then too it is the other one.
    """
    others = {page: boxes_seen(view, layout, page) for page in range(1, layout.pages + 1) if page != told}
    wanted = boxes_seen(view, layout, told).boxes
    fitting = [page for page, seen in others.items() if seen.share >= LEAST_SEEN and seen.boxes >= wanted]
    return max(fitting, key=lambda page: others[page].boxes, default=None)


def boxes_seen(view: View, layout: Layout, page: int) -> Seen:
    boxes = [box for box in layout.boxes if box.place.page == page]
    if not boxes:
        return Seen(0, 0.0)
    clear = find_borders(view, boxes).clear
    return Seen(int(clear.sum()), float(clear.mean()))
