"""A layout as plain JSON, to be stored as long as its forms are, and back; and its digest, which names it.

Format 1: lengths in millimetres on A4 from the upper left corner; corner marks from OpenCV's DICT_4X4_50.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from questionnaires.faults import N_, DefinitionError, Fault
from questionnaires.paper.layout import (
    BOX_SHAPES,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    ROUND,
    Box,
    CornerMark,
    Layout,
    Place,
    Written,
)
from questionnaires.paper.refused import PaperError
from questionnaires.table import Table, read_definition

FORMAT = 1
MARKS_A_PAGE = 4
LENGTHS = ("x", "y", "width", "height")

UNKNOWN_FORMAT = N_("Layouts of format %(format)s are not known here.")
NO_PAGES = N_("A layout has at least one page.")
OFF_PAGE = N_("This place does not lie on a page of the form.")
UNKNOWN_SHAPE = N_("“%(shape)s” is no shape of a box.")
MARKS = N_("Page %(page)s needs four corner marks; it has %(count)s.")
TWICE = N_("“%(item)s” has two boxes for the answer “%(value)s”.")
NO_RANK = N_("A rank counts from 1, and is 0 where nothing is ranked.")


def dump_layout(layout: Layout) -> dict[str, Any]:
    """The layout in the types JSON knows: `parse_layout(dump_layout(layout)) == layout`."""
    return json.loads(json.dumps({"format": FORMAT, **asdict(layout, dict_factory=_with_lengths)}))


def _with_lengths(fields: list[tuple[str, Any]]) -> dict[str, Any]:
    """A record's table; its lengths as fractions, so that 3 and 3.0 have one digest."""
    return {name: float(value) if name in LENGTHS else value for name, value in fields}


def layout_digest(layout: Layout) -> str:
    """SHA-256 in hexadecimal digits of the layout as canonical JSON: keys sorted, no spaces, UTF-8."""
    text = json.dumps(dump_layout(layout), ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def parse_layout(stored: Mapping[str, Any]) -> Layout:
    """The layout that was stored; raises PaperError, which names every fault at once."""
    formats: list[int] = []

    def read(table: Table) -> Layout:
        formats.append(table.whole("format"))
        return _read_layout(table)

    try:
        return read_definition(stored, read, lambda layout: [*_format_faults(formats[0]), *_faults(layout)])
    except DefinitionError as error:
        raise PaperError(error.faults) from error


def _read_layout(table: Table) -> Layout:
    return Layout(
        questionnaire=table.text("questionnaire"),
        version=table.text("version"),
        language=table.text("language"),
        pages=table.whole("pages"),
        marks=table.each("marks", lambda mark: CornerMark(mark.whole("pattern"), _place_of(mark))),
        codes=table.each("codes", _read_place),
        boxes=table.each("boxes", _read_box),
        written=table.each(
            "written", lambda room: Written(room.text("item"), room.text("kind"), _place_of(room))
        ),
    )


def _read_box(table: Table) -> Box:
    shape, rank = table.text("shape", ROUND), table.whole("rank", 0)
    return Box(table.text("item"), table.text("value"), _place_of(table), shape, rank)


def _place_of(table: Table) -> Place:
    return table.one("place", _read_place)


def _read_place(table: Table) -> Place:
    lengths = (table.number(name) for name in LENGTHS)
    return Place(table.whole("page"), *lengths)


def _format_faults(number: int) -> Iterator[Fault]:
    if number != FORMAT:
        yield Fault("format", UNKNOWN_FORMAT, {"format": number})


def _faults(layout: Layout) -> Iterator[Fault]:
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
