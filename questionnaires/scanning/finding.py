"""Which form and page a scan shows, and how it lies in the picture."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import cv2
import numpy as np

from questionnaires.faults import N_
from questionnaires.paper.layout import CornerMark, Layout
from questionnaires.paper.numbering import write_serial
from questionnaires.paper.page_code import PageCode, read_page_code
from questionnaires.paper.refused import PaperError
from questionnaires.scanning.grid import PIXELS_PER_MM, View
from questionnaires.scanning.marks import (
    Corners,
    Pair,
    codes,
    corner_marks,
    corners_of,
    homography,
    marks_near,
    similarity,
)

LEAST_DPI = 85
"""Below, a stroke of a pen is hardly one pixel wide."""
LONGEST_SIDE = 4_000
"""Pixels to which larger scans are reduced: A4 at more than 300 dpi tells no more, and takes long."""
LEAST_MARKS, LEAST_LANDMARKS = 2, 3
MOST_OFF = 1.5
"""Millimetres by which printed corners may miss the plane through all of them: more is not bent paper but
something taken for a mark."""

NO_CODE = N_("No QR code of a form can be read on page %(page)s of “%(file)s”.")
TWO_FORMS = N_("Page %(page)s of “%(file)s” shows more than one form. Please scan one page at a time.")
UNKNOWN_FORM = N_("Page %(page)s of “%(file)s” is of a form that is not expected here (version %(layout)s).")
NO_MARKS = N_("Page %(page)s of “%(file)s”: too few corner marks are seen to straighten the page.")
TOO_SMALL = N_(
    "Page %(page)s of “%(file)s” is scanned at about %(dpi)s dpi, too coarse. Scan at 150 to 300 dpi."
)
TOLD_OTHERWISE = N_(
    "The QR code on page %(page)s of “%(file)s” can be read after all: it says page %(form_page)s of form "
    "%(serial)s."
)
TWISTED = N_("Page %(page)s of “%(file)s” cannot be straightened: it is folded or crumpled too much.")


@dataclass(frozen=True)
class FoundPage:
    """`code` as printed, `digest` of the `layout`; `turned`: degrees clockwise by which it lay turned;
    `is_told`: the code could not be read, and stands as a person says.
    """

    code: PageCode
    digest: str
    layout: Layout
    view: View
    turned: int
    is_told: bool = False


class NotFound(ValueError):
    """`template` and `values` of a sentence; `code` and `digest` as far as they were read."""

    def __init__(
        self, template: str, code: PageCode | None = None, digest: str = "", **values: object
    ) -> None:
        self.template, self.code, self.digest, self.values = template, code, digest, values
        super().__init__(template)


def ink_plane(image: np.ndarray) -> np.ndarray:
    """(height, width) uint8 in which every pen is dark; coffee and yellow paper, which lack blue, are not.
    At most `LONGEST_SIDE` pixels long.
    """
    plane = image if image.ndim == 2 else cv2.min(image[..., 0], image[..., 1])
    smaller = LONGEST_SIDE / max(plane.shape)
    if smaller >= 1 or min(plane.shape) * smaller < 1:  # a strip as thin as that shows no form
        return plane
    return cv2.resize(plane, None, fx=smaller, fy=smaller, interpolation=cv2.INTER_AREA)


def find_page(grey: np.ndarray, layouts: Mapping[str, Layout], told: PageCode | None = None) -> FoundPage:
    """The page on a scan, `grey` as of `ink_plane`; `layouts`: digest → layout; `told`: what a person says
    its code says, to go by where that cannot be read. Raises NotFound.
    """
    code, corners = _only_code(grey, layouts, told)
    digests = [digest for digest in layouts if digest.startswith(code.layout)]
    if len(digests) != 1 or code.page > layouts[digests[0]].pages:
        raise NotFound(UNKNOWN_FORM, code, layout=code.layout)
    layout = layouts[digests[0]]
    try:
        view = _straight_view(grey, layout, code.page, corners)
    except NotFound as missing:
        raise NotFound(missing.template, code, digests[0], **missing.values) from missing
    return FoundPage(code, digests[0], layout, view, _turned(view), is_told=corners is None)


def _only_code(
    grey: np.ndarray, layouts: Mapping[str, Layout], told: PageCode | None
) -> tuple[PageCode, Corners | None]:
    """The code, and where it is seen; None for one that is only told."""
    found = _our_codes(grey) or next(filter(None, _closer_looks(grey, layouts)), [])
    if len(found) > 1:
        raise NotFound(TWO_FORMS)
    if not found:
        if told is None:
            raise NotFound(NO_CODE)
        return told, None
    ((code, corners),) = found
    if told is not None and (code.serial, code.page) != (told.serial, told.page):
        raise NotFound(TOLD_OTHERWISE, code, form_page=code.page, serial=write_serial(code.serial))
    return code, corners


def _our_codes(grey: np.ndarray) -> list[tuple[PageCode, Corners]]:
    """Other codes on the page, as one with the address of the survey, are passed over."""
    found = []
    for text, corners in codes(grey):
        try:
            found.append((read_page_code(text), corners))
        except PaperError:
            continue
    return found


def _closer_looks(
    grey: np.ndarray, layouts: Mapping[str, Layout]
) -> Iterator[list[tuple[PageCode, Corners]]]:
    """The code again: without specks, then larger and clearer, where the corner marks say it should be."""
    calm = cv2.medianBlur(grey, 3)
    yield _our_codes(calm)
    marks = corner_marks(calm) | corner_marks(grey)
    for layout in _different_places(layouts):
        pairs = _pairs([mark for mark in layout.marks if mark.place.page == 1], marks)
        if len(pairs) < LEAST_LANDMARKS or (matrix := homography(pairs)) is None:
            continue
        for place in layout.codes:
            view, side = View(grey, matrix), round((max(place.width, place.height) + 10) * PIXELS_PER_MM)
            patch = view.patches(np.array([place.middle]), side)[0][0]
            corner = np.array(place.middle) - side / PIXELS_PER_MM / 2
            for sharp in (patch, 2.5 * patch - 1.5 * cv2.GaussianBlur(patch, (0, 0), 3)):
                closer = cv2.resize(np.clip(sharp, 0, 255).astype(np.uint8), None, fx=2, fy=2)
                yield [
                    (code, view.pixels(found / (2 * PIXELS_PER_MM) + corner))
                    for code, found in _our_codes(closer)
                ]


def _different_places(layouts: Mapping[str, Layout]) -> list[Layout]:
    return list({(layout.marks, layout.codes): layout for layout in layouts.values()}.values())


def _straight_view(grey: np.ndarray, layout: Layout, page: int, corners: Corners | None) -> View:
    """Where no code is seen, the patterns of the corner marks alone say which way up the page lies."""
    places = [place for place in layout.codes if place.page == page]
    code = [] if corners is None else [(corners_of(place), corners) for place in places]
    wanted = [mark for mark in layout.marks if mark.place.page == page]
    marks = _marks_from(grey, code, wanted) if code else {}
    if len(marks) < LEAST_LANDMARKS:
        marks = corner_marks(cv2.medianBlur(grey, 3)) | corner_marks(grey) | marks
    pairs = _pairs(wanted, marks)
    if len(pairs) < LEAST_MARKS or len(pairs + code) < LEAST_LANDMARKS:
        raise NotFound(NO_MARKS)
    if len(pairs) < len(wanted):  # the corners of a code are known less well
        pairs += code
    return _checked(grey, pairs)


def _marks_from(grey: np.ndarray, code: list[Pair], wanted: list[CornerMark]) -> dict[int, Corners]:
    """The marks from the code outwards: each one found shows better where the next should be."""
    marks: dict[int, Corners] = {}
    for _ in wanted:
        found = _pairs(wanted, marks)
        matrix = homography(found) if len(found) >= LEAST_LANDMARKS else similarity(code + found)
        missing = [mark for mark in wanted if mark.pattern not in marks]
        new = {} if matrix is None else marks_near(View(grey, matrix), missing)
        if not new:
            break
        marks |= new
    return marks


def _pairs(wanted: list[CornerMark], marks: Mapping[int, Corners]) -> list[Pair]:
    return [(corners_of(mark.place), marks[mark.pattern]) for mark in wanted if mark.pattern in marks]


def _checked(grey: np.ndarray, pairs: list[Pair]) -> View:
    matrix = homography(pairs)
    if matrix is None:
        raise NotFound(TWISTED)
    view = View(grey, matrix)
    if view.dpi < LEAST_DPI:
        raise NotFound(TOO_SMALL, dpi=view.dpi)
    off = [np.abs(view.pixels(place) - pixels).max() / view.scale for place, pixels in pairs]
    if max(off) > MOST_OFF:
        raise NotFound(TWISTED)
    return view


def _turned(view: View) -> int:
    left, right = view.pixels(np.array([[50.0, 150.0], [160.0, 150.0]]))
    x, y = right - left
    return round(np.degrees(np.arctan2(y, x)) / 90) * 90 % 360
