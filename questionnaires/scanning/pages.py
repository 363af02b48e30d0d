"""One scanned page read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

import cv2
import numpy as np

from questionnaires.faults import N_, Fault
from questionnaires.paper.layout import Layout
from questionnaires.paper.page_code import PageCode
from questionnaires.scanning.boxes import box_reading
from questionnaires.scanning.files import ScannedPage
from questionnaires.scanning.finding import FoundPage, NotFound, find_page, ink_plane
from questionnaires.scanning.grid import View
from questionnaires.scanning.ink import measure, printed_black
from questionnaires.scanning.items import item_reading
from questionnaires.scanning.readings import BoxReading, ItemReading, PageReading
from questionnaires.scanning.refused import UNFORESEEN, recorded
from questionnaires.scanning.rings import find_borders
from questionnaires.scanning.rooms import empty_items
from questionnaires.scanning.told import likelier_page

LEAST_CLEAR = 0.5
"""Of the borders of boxes without ink; where fewer are seen, the page is not where it seems to be."""
NO_INK = 0.1
PALEST = 0.75
"""Brightness of the printed black over the paper's; a page still paler cannot show a faint mark."""
FARTHEST_JUMP = 0.3
"""Millimetres by which a part of a page may lie beside the rest: two pixels of a coarse scan."""
QUALITY = 75
LONGEST_PICTURE = 1_750
"""Pixels of the longer side of the picture kept of a page that could not be read: A4 at about 150 dpi."""

NO_BOXES = N_(
    "Page %(page)s of “%(file)s”: most boxes are not seen where they should be. "
    "The page is torn, folded or covered."
)
OVERLAID = N_(
    "Page %(page)s of “%(file)s”: a part of it lies beside the rest, as where another sheet covers it. "
    "Scan the sheet alone, or key its form."
)
OTHER_PAGE = N_(
    "Page %(page)s of “%(file)s” is not page %(told)s of the form: its boxes stand as on page %(likely)s."
)
PALE = N_("Page %(page)s of “%(file)s” is too pale or too dark to tell marks from paper.")


def read_page(
    scanned: ScannedPage, layouts: Mapping[str, Layout], told: PageCode | None = None
) -> PageReading:
    """What a scanned page says; `layouts`: digest → layout of each form that may come. Never raises for a
    picture, whatever it shows: a page that cannot be read comes with the fault that says why.

    `told`: what its QR code says, as a person says who sees the paper. It is gone by where no code can be
    read; a code or boxes that say otherwise are a fault.
    """
    if scanned.image is None:
        return PageReading(scanned.file, scanned.number, scanned.fault, error=scanned.error)
    try:
        found = find_page(ink_plane(scanned.image), layouts, told)
        if found.is_told:
            _require_told_page(found)
        items, empty = _page_items(found)
        return replace(_read(scanned, found, items), empty=empty)
    except NotFound as missing:
        return _unread(scanned, missing)
    except Exception as error:  # as where a library fails on a strange picture
        return unforeseen(scanned, error)


def unforeseen(scanned: ScannedPage, error: Exception) -> PageReading:
    """A page that could not be read for a reason nobody foresaw."""
    return _unread(scanned, NotFound(UNFORESEEN), recorded(error))


def _require_told_page(found: FoundPage) -> None:
    page = found.code.page
    likely = likelier_page(found.view, found.layout, page)
    if likely is not None:
        raise NotFound(OTHER_PAGE, found.code, found.digest, told=page, likely=likely)


def _read(scanned: ScannedPage, found: FoundPage, items: tuple[ItemReading, ...]) -> PageReading:
    return PageReading(
        scanned.file,
        scanned.number,
        digest=found.digest,
        serial=found.code.serial,
        page=found.code.page,
        turned=found.turned,
        dpi=found.view.dpi,
        items=items,
        picture=_picture(found.view),
    )


def _unread(scanned: ScannedPage, missing: NotFound, error: str = "") -> PageReading:
    place = f"{scanned.file}:{scanned.number}"
    fault = Fault(place, missing.template, {"file": scanned.file, "page": scanned.number, **missing.values})
    known = missing.code
    serial, page = (known.serial, known.page) if known else (0, 0)
    return PageReading(
        scanned.file,
        scanned.number,
        fault,
        missing.digest,
        serial,
        page,
        picture=b"" if scanned.image is None else _as_scanned(scanned.image),
        error=error,
    )


def _page_items(found: FoundPage) -> tuple[tuple[ItemReading, ...], tuple[str, ...]]:
    """What the boxes of a page say, and the items whose rooms for handwriting are empty."""
    rooms = [room for room in found.layout.written if room.place.page == found.code.page]
    boxes = [box for box in found.layout.boxes if box.place.page == found.code.page]
    if not boxes and not rooms:
        return (), ()
    black = printed_black(
        found.view, [mark for mark in found.layout.marks if mark.place.page == found.code.page]
    )
    if black > PALEST:
        raise NotFound(PALE, found.code, found.digest)
    if not boxes:
        return (), empty_items(found.view, rooms, boxes, None, black)
    borders = find_borders(found.view, boxes)
    inks = measure(found.view, boxes, borders, black)
    unmarked = [ink is not None and ink.mean < NO_INK for ink in inks]
    if any(unmarked) and borders.clear[unmarked].mean() < LEAST_CLEAR:
        raise NotFound(NO_BOXES, found.code, found.digest)
    if borders.jump > FARTHEST_JUMP:
        raise NotFound(OVERLAID, found.code, found.digest)
    items = tuple(items_of(map(box_reading, boxes, inks, borders.off.tolist())))
    return items, empty_items(found.view, rooms, boxes, borders, black)


def items_of(boxes: Iterable[BoxReading]) -> Iterable[ItemReading]:
    by_item: defaultdict[str, list[BoxReading]] = defaultdict(list)
    for each in boxes:
        by_item[each.box.item].append(each)
    return (item_reading(item, of_item) for item, of_item in by_item.items())


def _picture(view: View) -> bytes:
    return _jpeg(view.straightened())


def _as_scanned(image: np.ndarray) -> bytes:
    """A page that could not be read, as it lies in the scan; nothing where a library fails on that too."""
    try:
        grey = image if image.ndim == 2 else cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)
        smaller = LONGEST_PICTURE / max(grey.shape)
        if smaller < 1:
            height, width = (max(1, round(length * smaller)) for length in grey.shape)
            grey = cv2.resize(grey, (width, height), interpolation=cv2.INTER_AREA)
        return _jpeg(grey)
    except cv2.error:
        return b""


def _jpeg(grey: np.ndarray) -> bytes:
    return cv2.imencode(".jpg", grey, [cv2.IMWRITE_JPEG_QUALITY, QUALITY])[1].tobytes()
