"""Rooms for handwriting: empty ones are known on clean scans, and no written one is called empty."""

import cv2
import numpy as np
import pytest

from questionnaires.scanning import ScannedPage, read_page
from tests.degraded.kinds import KINDS, UNDAMAGED, Kind
from tests.degraded.writing import WRITING, write_in, written_form

FORM = written_form()
ROOMS = [room for room in FORM.layout.written if room.place.page == 1]


def empty_on(image: np.ndarray) -> set[str]:
    reading = read_page(ScannedPage("a.pdf", 1, image), FORM.layouts)
    assert reading.fault is None
    return set(reading.empty)


@pytest.mark.parametrize("kind", UNDAMAGED)
def test_rooms_in_which_nothing_is_written_are_known(kind: str):
    image = KINDS[kind].scan(FORM.pages[0].copy(), np.random.default_rng(1))
    assert empty_on(image) == {room.item for room in ROOMS}


@pytest.mark.parametrize("kind", KINDS)
def test_no_room_is_called_empty_in_which_something_is_written(kind: str):
    random = np.random.default_rng([5, list(KINDS).index(kind)])
    image, how = write_in(FORM.pages[0], ROOMS, 1.0, random)
    assert set(how.values()) <= set(WRITING)
    assert empty_on(KINDS[kind].scan(image, random)) == set()


def test_a_room_under_a_patch_of_paper_is_not_empty():
    image = Kind(angle=0.0).scan(FORM.pages[0].copy(), np.random.default_rng(1))
    for room in ROOMS:
        place, scale = room.place, 150 / 25.4
        corners = [(place.x - 1, place.y - 1), (place.x + place.width + 1, place.y + place.height + 1)]
        upper, lower = (tuple(round(length * scale) for length in corner) for corner in corners)
        cv2.rectangle(image, upper, lower, (255, 255, 255), cv2.FILLED)
    assert empty_on(image) == set()
