"""Whole pages read: found, straightened, measured; or why not."""

import pickle

import cv2
import numpy as np
import pytest

from questionnaires.paper.layout import Layout
from questionnaires.scanning import BLANK, SURE, PageReading, ScannedPage, crop, pages, read_page, row_of
from tests.degraded.damage import cut_corner
from tests.degraded.filled import filled_page
from tests.degraded.kinds import KINDS, Kind
from tests.degraded.people import CLEAN, Meant
from tests.degraded.printed import citizens_form

FORM = citizens_form()


def random() -> np.random.Generator:
    return np.random.default_rng(7)


def scan(kind: Kind, page: int = 1) -> tuple[np.ndarray, dict[str, Meant]]:
    filled = filled_page(FORM.pages[page - 1], FORM.layout, page, CLEAN, random())
    return kind.scan(filled.image, random()), dict(filled.meant)


def read(image: np.ndarray, layouts: dict[str, Layout] | None = None) -> PageReading:
    return read_page(ScannedPage("lô.pdf", 4, image), FORM.layouts if layouts is None else layouts)


def reason(image: np.ndarray, layouts: dict[str, Layout] | None = None) -> str:
    reading = read(image, layouts)
    assert reading.items == ()
    assert reading.fault.place == "lô.pdf:4"
    return reading.fault.sentence()


@pytest.mark.parametrize(
    ("name", "turned"), [("flat on the glass", 0), ("upside down", 180), ("on its side", 90)]
)
def test_a_page_is_read_however_it_lies_and_named_by_its_code(name: str, turned: int):
    image, meant = scan(KINDS[name], page=2)
    reading = read(image)
    assert reading.fault is None
    assert (reading.serial, reading.page, reading.turned) == (FORM.serial, 2, turned)
    assert {reading.digest} == set(FORM.layouts)
    assert abs(reading.dpi - 150) <= 2
    assert {item.item: item.values for item in reading.items} == {item: m.values for item, m in meant.items()}
    assert {item.state for item in reading.items} == {SURE, BLANK}


def test_reading_twice_gives_the_same_and_readings_travel_between_processes():
    image, _meant = scan(KINDS["photograph"])
    assert pickle.loads(pickle.dumps(read(image))) == read(image)


def test_a_torn_corner_leaves_three_marks_which_are_enough():
    image, meant = scan(Kind(damages=(cut_corner,)))
    values = {item.item: item.values for item in read(image).items}
    assert values == {item: m.values for item, m in meant.items()}


def test_the_straightened_page_shows_each_item_in_its_place():
    image, _meant = scan(Kind(angle=6.0, room=0.08))
    reading = read(image)
    item = reading.items[0]
    piece = cv2.imdecode(np.frombuffer(crop(reading.picture, item.place), np.uint8), cv2.IMREAD_GRAYSCALE)
    assert piece.shape == (
        round((item.place.height + 4) * 6),
        pytest.approx((item.place.width + 4) * 6, abs=1),
    )
    assert piece.min() < 120 < 230 < piece.max()
    row = cv2.imdecode(
        np.frombuffer(crop(reading.picture, row_of(item.place)), np.uint8), cv2.IMREAD_GRAYSCALE
    )
    assert row.shape[1] > piece.shape[1]


def test_paper_without_a_code_of_ours_is_refused():
    assert "No QR code" in reason(np.full((1754, 1240), 255, np.uint8))
    assert "No QR code" in reason(np.zeros((3, 2, 3), np.uint8))
    assert "No QR code" in reason(random().integers(0, 255, (800, 600, 3), dtype=np.uint8))


def test_a_form_that_is_not_expected_is_named_by_its_serial():
    image, _meant = scan(Kind())
    assert "is of a form that is not expected here" in reason(image, {})
    assert read(image, {}).serial == FORM.serial


def test_two_forms_on_one_picture_are_refused():
    first, _meant = scan(Kind(), page=1)
    second, _meant = scan(Kind(), page=2)
    assert "more than one form" in reason(np.hstack([first, second]))


def test_the_same_form_twice_on_one_picture_is_refused():
    image, _meant = scan(Kind())
    assert "more than one form" in reason(np.hstack([image, image]))


def test_two_corner_marks_and_the_code_are_enough():
    image, meant = scan(Kind(angle=0.0))
    edge = round(17 * 150 / 25.4)
    image[:edge, :edge] = image[-edge:, -edge:] = 255
    assert {item.item: item.values for item in read(image).items} == {i: m.values for i, m in meant.items()}


def test_black_and_white_and_stretched_scans_are_read():
    image, meant = scan(Kind(dpi=200))
    black = np.where(image.min(axis=2) > 140, 255, 0).astype(np.uint8)
    fax = cv2.resize(black, None, fx=1.02, fy=0.5, interpolation=cv2.INTER_AREA)
    for seen in (black, fax):
        items = read(seen).items
        assert all(item.values == meant[item.item].values for item in items if item.state == SURE)
        assert sum(item.state == SURE for item in items) > len(items) / 2


def test_a_page_without_its_corner_marks_is_refused():
    image, _meant = scan(Kind(angle=0.0))
    edge = round(17 * 150 / 25.4)
    image[-edge:], image[:, :edge] = 255, 255
    assert "too few corner marks" in reason(image)


def test_a_scan_too_coarse_is_refused_with_its_resolution():
    image, _meant = scan(Kind(dpi=75, angle=0.0))
    assert "about 75 dpi" in reason(image)


def test_a_page_whose_boxes_are_covered_is_refused():
    image, _meant = scan(Kind(angle=0.0), page=2)
    image[200:1650, 130:] = 255
    assert "most boxes are not seen" in reason(image)


def test_boxes_under_a_patch_of_paper_are_not_blank():
    image, _meant = scan(Kind(angle=0.0))
    item = read(image).items[-1]
    scale = 150 / 25.4
    y, x = round((item.place.y - 1) * scale), round((item.place.x - 1) * scale)
    image[y : y + round(7 * scale), x : x + round(40 * scale)] = 255
    assert read(image).items[-1].state == "unreadable"


def test_a_page_as_pale_as_paper_is_refused():
    image, _meant = scan(Kind(angle=0.0))
    pale = (200 + image * (55 / 255)).astype(np.uint8)
    assert "too pale" in reason(pale)


@pytest.mark.parametrize("shape", [(1, 1), (2, 20_000), (20_000, 2), (3, 3, 3), (1, 2_000, 3)])
def test_a_picture_of_a_strange_shape_shows_no_form(shape: tuple[int, ...]):
    reading = read(np.full(shape, 200, np.uint8))
    assert "No QR code" in reading.fault.sentence()
    assert reading.error == ""


def test_a_page_on_which_a_library_fails_is_named_and_recorded(monkeypatch: pytest.MonkeyPatch):
    def fails(*_arguments: object) -> None:
        raise cv2.error("Assertion failed")

    image, _meant = scan(KINDS["flat on the glass"])
    monkeypatch.setattr(pages, "measure", fails)
    reading = read(image)
    assert reading.items == ()
    assert "could not be read for a reason of our own" in reading.fault.sentence()
    assert "Assertion failed" in reading.error
    assert pickle.loads(pickle.dumps(reading)) == reading
