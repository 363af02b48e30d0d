"""A piece of another sheet over a page: its answers are not taken for those of the page below."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from questionnaires.scanning import ScannedPage, read_page
from questionnaires.scanning.overlaid import jump
from questionnaires.scanning.pages import OVERLAID
from tests.degraded.filled import filled_page
from tests.degraded.kinds import KINDS
from tests.degraded.people import CLEAN
from tests.degraded.printed import citizens_form

GRID = np.array([(x, y) for y in range(40, 260, 10) for x in (120.0, 140.0, 160.0, 180.0)])
AT_ONCE = np.zeros_like(GRID)


def two_forms(seed: int) -> list[np.ndarray]:
    """The same page of two forms, filled in by different people."""
    form, random = citizens_form(), np.random.default_rng(seed)
    return [filled_page(form.pages[0], form.layout, 1, CLEAN, random).image for _ in range(2)]


def moved(page: np.ndarray, right: float, down: float) -> np.ndarray:
    """By millimetres."""
    scale = page.shape[0] / 297
    matrix = np.array([[1, 0, right * scale], [0, 1, down * scale]])
    return cv2.warpAffine(page, matrix, page.shape[1::-1], borderMode=cv2.BORDER_REPLICATE)


def read(image: np.ndarray, kind: str = "flat on the glass"):
    scanned = KINDS[kind].scan(image, np.random.default_rng(5))
    return read_page(ScannedPage("a.pdf", 1, scanned), citizens_form().layouts)


@pytest.mark.parametrize("by", [(0.4, 0.0), (0.0, -0.4), (1.0, 0.5)])
@pytest.mark.parametrize("kind", ["flat on the glass", "turned to 8°", "100 dpi"])
def test_half_a_form_over_another_is_named(by, kind):
    below, above = two_forms(3)
    edge = below.shape[0] // 2
    below[edge:] = moved(above, *by)[edge:]
    assert read(below, kind).fault.template == OVERLAID


def test_a_strip_of_a_form_over_the_middle_of_another_is_named():
    below, above = two_forms(4)
    height, width = below.shape[:2]
    strip = np.s_[height * 2 // 5 : height * 3 // 5, width // 10 : width * 9 // 10]
    below[strip] = moved(above, 0.5, 0.3)[strip]
    assert read(below).fault.template == OVERLAID


@pytest.mark.parametrize("kind", ["flat on the glass", "bent", "photograph", "perspective", "streaks"])
def test_a_whole_page_is_read_however_it_lay(kind):
    for page in two_forms(6):
        reading = read(page, kind)
        assert reading.fault is None
        assert reading.items


def test_paper_that_bends_smoothly_does_not_jump():
    bend = np.stack([0.4 * np.sin(GRID[:, 1] / 80), 0.3 * np.cos(GRID[:, 1] / 90)], axis=1)
    assert jump(GRID, bend, AT_ONCE) == 0


def test_boxes_found_in_the_wrong_place_are_no_jump():
    stray = AT_ONCE.copy()
    stray[::9] = [1.2, -0.8]
    assert jump(GRID, stray, AT_ONCE) == 0


@pytest.mark.parametrize("axis", [0, 1])
def test_a_jump_is_measured_beside_an_even_bend(axis):
    places = np.random.default_rng(1).normal(0, 0.01, GRID.shape) + GRID * [0.002, -0.001]
    places[GRID[:, axis] > 150] += [0.3, 0.4]
    assert jump(GRID, places, AT_ONCE) == pytest.approx(0.5, abs=0.03)
