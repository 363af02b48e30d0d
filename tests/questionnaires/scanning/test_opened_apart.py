"""Files that end whoever opens them cost one page each, and say what is wrong with them as others do."""

from __future__ import annotations

import io
import os
import signal
from concurrent.futures.process import BrokenProcessPool
from functools import partial

import numpy as np
import pytest
from PIL import Image

from questionnaires.scanning import ScannedPage, ScanRefused, many, opened_apart, pages_of
from questionnaires.scanning.opened_apart import pages_apart
from questionnaires.scanning.refused import UNFORESEEN

OPEN_ONE = opened_apart._open_one


def three_pages() -> bytes:
    first, *others = (Image.fromarray(np.full((40, 30), grey, np.uint8)) for grey in (10, 120, 240))
    file = io.BytesIO()
    first.save(file, "TIFF", save_all=True, append_images=others)
    return file.getvalue()


def open_or_die(open_file: opened_apart.OpenFile, name: str, number: int) -> ScannedPage:
    if number == 2:
        os.kill(os.getpid(), signal.SIGSEGV)
    return OPEN_ONE(open_file, name, number)


def end_at_once(_layouts: object) -> None:
    os._exit(1)


def test_pages_are_those_that_this_process_opens():
    content = three_pages()
    pages = list(pages_apart(partial(io.BytesIO, content), "a.tif", {3, 1}))
    assert [page.number for page in pages] == [1, 3]
    alone = pages_of(io.BytesIO(content), "a.tif", [1, 3])
    assert all((page.image == each.image).all() for page, each in zip(pages, alone, strict=True))


def test_a_page_that_kills_who_opens_it_costs_no_other(monkeypatch):
    monkeypatch.setattr(opened_apart, "_open_one", open_or_die)
    pages = list(pages_apart(partial(io.BytesIO, three_pages()), "lô 7.tif", [1, 2, 3]))
    assert [page.image is None for page in pages] == [False, True, False]
    assert (pages[1].fault.place, pages[1].fault.template) == ("lô 7.tif:2", UNFORESEEN)
    assert "terminated abruptly" in pages[1].error


def test_a_file_without_pages_is_refused_in_words():
    with pytest.raises(ScanRefused) as error:
        list(pages_apart(partial(io.BytesIO, b"hello"), "lô 7.pdf", [1]))
    assert error.value.fault.place == "lô 7.pdf"
    assert "no PDF" in error.value.fault.sentence()


def test_where_no_process_can_be_started_no_page_is_blamed(monkeypatch):
    monkeypatch.setattr(many, "_begin", end_at_once)
    with pytest.raises(BrokenProcessPool):
        list(pages_apart(partial(io.BytesIO, three_pages()), "a.tif", [1]))
