"""HEIC, in which iPhones take photographs: read as they are, refused in words where they cannot be."""

from __future__ import annotations

import io
import sys

import numpy as np
import pillow_heif
import pytest
from PIL import Image

from questionnaires.scanning import ScanRefused, count_pages, heic, pages_of, read_page
from tests.degraded.filled import filled_page
from tests.degraded.kinds import KINDS
from tests.degraded.people import CLEAN
from tests.degraded.printed import citizens_form

FORM = citizens_form()


def photograph(*images: np.ndarray, **options: object) -> bytes:
    pillow_heif.register_heif_opener()
    file, (first, *others) = io.BytesIO(), map(Image.fromarray, images)
    several = {"save_all": True, "append_images": others} if others else {}
    first.save(file, "HEIF", quality=80, enc_params={"preset": "ultrafast"}, **several, **options)
    return file.getvalue()


def grey(level: int, height: int = 90, width: int = 120) -> np.ndarray:
    return np.full((height, width, 3), level, np.uint8)


def test_a_form_photographed_by_an_iphone_is_read_as_it_was_marked():
    random = np.random.default_rng(7)
    filled = filled_page(FORM.pages[0], FORM.layout, 1, CLEAN, random)
    content = photograph(KINDS["photograph"].scan(filled.image, random))
    assert content[4:12] == b"ftypheic"
    assert count_pages(io.BytesIO(content), "IMG_0007.HEIC") == 1
    (page,) = pages_of(io.BytesIO(content), "IMG_0007.HEIC")
    reading = read_page(page, FORM.layouts)
    assert (reading.fault, reading.serial) == (None, FORM.serial)
    assert {item.item: item.values for item in reading.items} == {
        item: meant.values for item, meant in filled.meant.items()
    }


def test_a_photograph_taken_sideways_stands_upright():
    lying = np.concatenate([grey(20), grey(230)], axis=1)
    exif = Image.Exif()
    exif[0x0112] = 6  # turn by 90° clockwise to show
    (page,) = pages_of(io.BytesIO(photograph(lying, exif=exif.tobytes())), "x.heic")
    assert page.image.shape == (240, 90, 3)
    assert page.image[0].mean() < page.image[-1].mean()


def test_of_several_photographs_in_one_file_the_one_shown_is_read():
    content = photograph(grey(20), grey(230), primary_index=1)
    assert count_pages(io.BytesIO(content), "x.heic") == 1
    (page,) = pages_of(io.BytesIO(content), "x.heic")
    assert page.image.mean() > 200


def refused(content: bytes) -> str:
    with pytest.raises(ScanRefused) as error:
        count_pages(io.BytesIO(content), "x.heic")
    return error.value.fault.sentence()


def test_a_broken_photograph_a_film_and_one_too_large_are_refused_in_words(monkeypatch: pytest.MonkeyPatch):
    content = photograph(grey(20))
    assert "or HEIC file, or it is broken" in refused(content[:200])
    assert "or HEIC file, or it is broken" in refused(b"\0\0\0\x18ftypmp42" + bytes(500))
    monkeypatch.setattr(heic, "MOST_MEGABYTES", 0)
    assert "too large for a photograph" in refused(content)


def test_a_photograph_cut_short_is_named_as_broken():
    random = np.random.default_rng(1)
    content = photograph(random.integers(0, 255, (300, 200, 3), np.uint8))
    (page,) = pages_of(io.BytesIO(content[: len(content) // 2]), "x.heic")
    assert (page.image, page.error) == (None, "")
    assert "is broken" in page.fault.sentence()


def test_where_the_library_is_missing_photographs_are_refused_and_all_else_is_read(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setitem(sys.modules, "pillow_heif", None)
    heic.is_known.cache_clear()
    try:
        assert "cannot be opened here" in refused(b"\0\0\0\x18ftypheic" + bytes(100))
        file = io.BytesIO()
        Image.fromarray(grey(99)).save(file, "JPEG")
        (page,) = pages_of(io.BytesIO(file.getvalue()), "x.jpg")
        assert page.fault is None
    finally:
        heic.is_known.cache_clear()
