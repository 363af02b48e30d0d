"""Pages whose QR code cannot be read, read as the page that a person says: nothing wrong is accepted."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from questionnaires.paper import PageCode, layout_digest
from questionnaires.paper.layout import Layout
from questionnaires.scanning import BLANK, SURE, PageReading, ScannedPage, read_page
from questionnaires.scanning.finding import NO_CODE, NO_MARKS, TOLD_OTHERWISE, TWO_FORMS
from questionnaires.scanning.many import read_alone
from questionnaires.scanning.pages import LONGEST_PICTURE, NO_BOXES, OTHER_PAGE
from tests.degraded.filled import FilledPage, filled_page
from tests.degraded.kinds import KINDS, UNDAMAGED
from tests.degraded.people import CLEAN, HASTY, Hand
from tests.degraded.printed import citizens_form
from tests.degraded.unread import WAYS

FORM = citizens_form()


def told(page: int, serial: int = FORM.serial, layout: Layout = FORM.layout) -> PageCode:
    return PageCode(layout_digest(layout)[:10], serial, page, layout.pages)


def read(image: np.ndarray, code: PageCode | None = None) -> PageReading:
    return read_page(ScannedPage("lô.pdf", 4, image), FORM.layouts, code)


def filled_in(page: int, hands: dict[str, Hand], random: np.random.Generator) -> FilledPage:
    return filled_page(FORM.pages[page - 1], FORM.layout, page, hands, random)


def unread(page: int, way: str = "blotted", kind: str = "flat on the glass") -> np.ndarray:
    random = np.random.default_rng(3)
    image = filled_in(page, CLEAN, random).image
    return KINDS[kind].scan(WAYS[way](image, FORM.layout, page), random)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("kind", KINDS)
def test_no_wrong_answer_is_accepted(kind: str, way: str):
    random = np.random.default_rng([list(KINDS).index(kind), list(WAYS).index(way), 1])
    filled = filled_in(1, CLEAN | HASTY, random)
    image = KINDS[kind].scan(WAYS[way](filled.image, FORM.layout, 1), random)
    assert read(image).fault.template == NO_CODE
    wrong = [
        f"{filled.hands[item.item]}: {item.item}"
        for item in read(image, told(1)).items
        if item.state in (SURE, BLANK) and filled.meant[item.item].is_contradicted_by(item.values)
    ]
    assert wrong == []


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("kind", UNDAMAGED)
def test_a_page_is_read_as_if_its_code_were_there(kind: str, way: str):
    random = np.random.default_rng(3)
    filled = filled_in(2, CLEAN, random)
    reading = read(KINDS[kind].scan(WAYS[way](filled.image, FORM.layout, 2), random), told(2))
    assert reading.fault is None
    assert (reading.serial, reading.page) == (FORM.serial, 2)
    assert reading.turned == KINDS[kind].quarters * 90
    assert {reading.digest} == set(FORM.layouts)
    sure = [item for item in reading.items if item.state in (SURE, BLANK)]
    assert len(sure) >= len(filled.meant) - 1
    assert not any(filled.meant[item.item].is_contradicted_by(item.values) for item in sure)


@pytest.mark.parametrize(("page", "said"), [(1, 2), (2, 1)])
@pytest.mark.parametrize("kind", ["flat on the glass", "photograph", "100 dpi"])
def test_another_page_than_was_told_is_named(kind: str, page: int, said: int):
    reading = read(unread(page, kind=kind), told(said))
    assert reading.items == ()
    assert reading.fault.template in (OTHER_PAGE, NO_BOXES)
    if kind == "flat on the glass":
        assert reading.fault.values["likely"] == page


def test_a_code_that_says_otherwise_is_named():
    image = KINDS["flat on the glass"].scan(FORM.pages[1], np.random.default_rng(3))
    for code in (told(1), told(2, serial=777)):
        reading = read(image, code)
        assert (reading.fault.template, reading.items) == (TOLD_OTHERWISE, ())
        assert "page 2 of form 0012 345-9" in reading.fault.sentence()
    assert read(image, told(2)).fault is None


def test_two_marks_are_too_few_without_a_code():
    image = unread(1, "torn")
    image[:, : round(17 * 150 / 25.4)] = 255
    assert read(image, told(1)).fault.template == NO_MARKS


def test_two_sheets_on_one_picture_are_not_put_together():
    whole = KINDS["flat on the glass"].scan(FORM.pages[0], np.random.default_rng(3))
    assert read(np.hstack([unread(1), unread(1)]), told(1)).fault.template == NO_MARKS
    assert read(np.hstack([whole, whole]), told(1)).fault.template == TWO_FORMS


def test_paper_without_corner_marks_is_no_page_whatever_is_told():
    for image in (np.full((1754, 1240), 255, np.uint8), np.zeros((3, 2, 3), np.uint8)):
        assert read(image, told(1)).fault.template == NO_MARKS


def test_a_page_that_is_not_read_has_a_picture_of_the_scan_as_it_is():
    image = unread(1, kind="upside down")
    shown = picture(read(image))
    assert max(shown.shape) == LONGEST_PICTURE
    small = cv2.resize(image.mean(axis=2), shown.shape[::-1], interpolation=cv2.INTER_AREA)
    assert abs(shown - small).mean() < 8
    small_scan = np.full((300, 200), 200, np.uint8)
    assert picture(read(small_scan)).shape == small_scan.shape


@pytest.mark.parametrize("shape", [(2, 20_000), (20_000, 2), (1, 1, 3)])
def test_strange_shapes_have_a_picture_too(shape: tuple[int, ...]):
    assert max(picture(read(np.full(shape, 200, np.uint8))).shape) <= LONGEST_PICTURE


def test_what_cannot_be_made_a_picture_has_none():
    assert read(np.zeros((0, 5), np.uint8)).picture == b""


def test_a_page_may_be_read_in_a_process_of_its_own():
    image = unread(1)
    assert read_alone(ScannedPage("lô.pdf", 4, image), FORM.layouts, told(1)) == read(image, told(1))


def picture(reading: PageReading) -> np.ndarray:
    return cv2.imdecode(np.frombuffer(reading.picture, np.uint8), cv2.IMREAD_UNCHANGED)
