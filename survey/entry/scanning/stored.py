"""What the machine read of a page, and what is wrong with it, as JSON in the row of the page, and back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from questionnaires.faults import Fault
from questionnaires.paper.layout import Layout, Place
from questionnaires.scanning import BoxReading, ItemReading, PageReading
from survey.models import ScanPage

LENGTHS = ("page", "x", "y", "width", "height")


def dump_faults(faults: Iterable[Fault]) -> str:
    """Faults as the text of a `reason`; nothing for none. Each reader gets them in their own language."""
    listed = [_dump_fault(fault) for fault in faults]
    return json.dumps(listed, ensure_ascii=False) if listed else ""


def read_faults(reason: str) -> list[Fault]:
    return [_read_fault(each) for each in json.loads(reason)] if reason else []


def _dump_fault(fault: Fault) -> dict[str, Any]:
    return {"place": fault.place, "template": fault.template, "values": dict(fault.values)}


def _read_fault(stored: Mapping[str, Any]) -> Fault:
    return Fault(stored["place"], stored["template"], stored["values"])


def dump_reading(reading: PageReading) -> dict[str, Any]:
    """Everything but the picture, and how dark each box is."""
    return {
        "digest": reading.digest,
        "serial": reading.serial,
        "turned": reading.turned,
        "dpi": reading.dpi,
        "items": {item.item: _dump_item(item) for item in reading.items},
        "empty": list(reading.empty),
    }


def _dump_item(item: ItemReading) -> dict[str, Any]:
    place = item.place
    return {
        "state": item.state,
        "values": list(item.values),
        "likely": list(item.likely),
        "reason": _dump_fault(item.reason) if item.reason else None,
        "place": [getattr(place, name) for name in LENGTHS] if place else None,
        "boxes": [[each.box.value, each.box.rank, each.state] for each in item.boxes],
    }


def read_reading(sheet: ScanPage, layout: Layout) -> PageReading:
    """The reading of a stored page; `layout` is the one that it was read by."""
    stored = sheet.readings
    return PageReading(
        file=sheet.scan.name,
        number=sheet.position,
        digest=stored["digest"],
        serial=stored["serial"],
        page=sheet.page or 0,
        turned=stored["turned"],
        dpi=stored["dpi"],
        items=tuple(_read_item(code, item, layout) for code, item in stored["items"].items()),
        empty=tuple(stored.get("empty", ())),
    )


def _read_item(code: str, stored: Mapping[str, Any], layout: Layout) -> ItemReading:
    return ItemReading(
        code,
        stored["state"],
        tuple(stored["values"]),
        tuple(stored["likely"]),
        _read_fault(stored["reason"]) if stored["reason"] else None,
        tuple(_read_boxes(code, stored["boxes"], layout)),
        Place(*stored["place"]) if stored["place"] else None,
    )


def _read_boxes(code: str, stored: Sequence[Sequence[Any]], layout: Layout) -> Iterable[BoxReading]:
    boxes = {(box.value, box.rank): box for box in layout.boxes_of(code)}
    return (BoxReading(boxes[value, rank], state, None) for value, rank, state in stored)
