"""Pages put together to forms, and everything a person should know about a stack of paper."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from questionnaires.faults import N_, Fault
from questionnaires.paper.layout import Layout
from questionnaires.paper.numbering import write_serial
from questionnaires.scanning.items import item_reading
from questionnaires.scanning.readings import (
    DOUBTFUL,
    UNREADABLE,
    FormReading,
    ItemReading,
    PageReading,
    StackReading,
)

NOT_EXPECTED = N_("Page %(page)s of “%(file)s” is of form %(serial)s, which does not belong to this batch.")
OTHER_VERSION = N_("Page %(page)s of “%(file)s”, of form %(serial)s, is of another version of the form.")
MISSING = N_("Page %(page)s of form %(serial)s is missing.")
TWICE = N_("Page %(page)s of form %(serial)s was scanned %(count)s times; all scans read the same.")
TWICE_DIFFERENT = N_(
    "Page %(page)s of form %(serial)s was scanned %(count)s times, and the scans read differently."
)
TURNED = N_(
    "Page %(page)s of form %(serial)s was scanned turned by %(degrees)s degrees; it was read all the same."
)
PAGE_MISSING = N_("The page of this question is missing.")
SCANS_DIFFER = N_("Two scans of this page read differently here.")


def forms_of(
    readings: Iterable[PageReading],
    layouts: Mapping[str, Layout],
    expected: Mapping[int, str] | None = None,
) -> StackReading:
    """The forms that pages belong to. `layouts`: digest → layout; `expected`: the serials of the batch → the
    digest each was printed with, None where any form may come.
    """
    placed: defaultdict[int, list[PageReading]] = defaultdict(list)
    unplaced, faults = [], []
    for reading in readings:
        first = placed[reading.serial][0].digest if placed.get(reading.serial) else reading.digest
        fault = reading.fault or _misplaced(reading, expected, first)
        if fault is None:
            placed[reading.serial].append(reading)
        else:
            unplaced.append(reading)
            faults.append(fault)
    forms = (_form(serial, pages, layouts[pages[0].digest]) for serial, pages in sorted(placed.items()))
    return StackReading(tuple(forms), tuple(unplaced), tuple(faults))


def _misplaced(reading: PageReading, expected: Mapping[int, str] | None, first: str) -> Fault | None:
    values = {"file": reading.file, "page": reading.number, "serial": write_serial(reading.serial)}
    if expected is not None and reading.serial not in expected:
        return Fault(reading.place, NOT_EXPECTED, values)
    wanted = first if expected is None else expected[reading.serial]
    return None if reading.digest == wanted else Fault(reading.place, OTHER_VERSION, values)


def _form(serial: int, readings: Sequence[PageReading], layout: Layout) -> FormReading:
    scans: defaultdict[int, list[PageReading]] = defaultdict(list)
    for reading in readings:
        scans[reading.page].append(reading)
    pages = {page: _merged(scans[page]) for page in sorted(scans)}
    read = {item.item: item for reading in reversed(pages.values()) for item in reading.items}
    items = {
        item: _item(item, layout, pages, read) for item in dict.fromkeys(box.item for box in layout.boxes)
    }
    faults, empty = tuple(_faults(serial, layout, scans, pages)), frozenset(_empty(layout, scans))
    return FormReading(serial, readings[0].digest, items, pages, faults, empty)


def _empty(layout: Layout, scans: Mapping[int, Sequence[PageReading]]) -> Iterator[str]:
    """The items whose rooms for handwriting are all seen, and surely empty in every scan of them."""
    on: defaultdict[str, set[int]] = defaultdict(set)
    for room in layout.written:
        on[room.item].add(room.place.page)
    for item, pages in on.items():
        found = [scan for page in pages for scan in scans.get(page, ())]
        if pages <= set(scans) and all(item in scan.empty for scan in found):
            yield item


def _item(
    item: str, layout: Layout, pages: Mapping[int, PageReading], read: Mapping[str, ItemReading]
) -> ItemReading:
    on = {box.place.page for box in layout.boxes_of(item)}
    if not on <= set(pages):
        return ItemReading(item, UNREADABLE, reason=Fault(item, PAGE_MISSING))
    if len(on) == 1:
        return read[item]
    parts = [each for page in sorted(on) for each in pages[page].items if each.item == item]
    doubts = [each for each in parts if each.reason and each.reason.template == SCANS_DIFFER]
    whole = item_reading(item, [box for each in parts for box in each.boxes])
    return replace(whole, state=DOUBTFUL, values=(), reason=doubts[0].reason) if doubts else whole


def _merged(scans: Sequence[PageReading]) -> PageReading:
    """The first scan of a page; doubtful where another says something else."""
    items = tuple(_agreed(same) for same in zip(*(scan.items for scan in scans), strict=True))
    return replace(scans[0], items=items)


def _agreed(same: Sequence[ItemReading]) -> ItemReading:
    first = same[0]
    if all((each.state, each.values) == (first.state, first.values) for each in same):
        return first
    likely = tuple(dict.fromkeys(value for each in same for value in (*each.values, *each.likely)))
    return replace(first, state=DOUBTFUL, values=(), likely=likely, reason=Fault(first.item, SCANS_DIFFER))


def _faults(
    serial: int, layout: Layout, scans: Mapping[int, Sequence[PageReading]], pages: Mapping[int, PageReading]
) -> Iterator[Fault]:
    for page in range(1, layout.pages + 1):
        place, values = f"{serial}:{page}", {"page": page, "serial": write_serial(serial)}
        found = scans.get(page, ())
        if not found:
            yield Fault(place, MISSING, values)
        if len(found) > 1:
            differ = any(each.reason and each.reason.template == SCANS_DIFFER for each in pages[page].items)
            yield Fault(place, TWICE_DIFFERENT if differ else TWICE, values | {"count": len(found)})
        for scan in found:
            if scan.turned:
                yield Fault(place, TURNED, values | {"degrees": scan.turned})
