"""A layout as plain JSON, to be stored as long as its forms are, and back; and its digest, which names it.

Format 1: lengths in millimetres on A4 from the upper left corner; corner marks from OpenCV's DICT_4X4_50.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from questionnaires.definition import read_definition
from questionnaires.faults import N_, DefinitionError
from questionnaires.paper.faulty import layout_faults
from questionnaires.paper.layout import ROUND, Box, CornerMark, Layout, Place, Written
from questionnaires.paper.refused import PaperError
from questionnaires.table import Table

FORMAT = 1
LENGTHS = ("x", "y", "width", "height")

UNKNOWN_FORMAT = N_("Layouts of format %(format)s are not known here.")


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
    try:
        return read_definition(stored, _read_layout, lambda layout: list(layout_faults(layout)))
    except DefinitionError as error:
        raise PaperError(error.faults) from error


def _read_layout(table: Table) -> Layout:
    if (number := table.whole("format")) != FORMAT:
        table.refuse("format", UNKNOWN_FORMAT, format=number)
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
