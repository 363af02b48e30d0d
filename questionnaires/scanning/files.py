"""Uploaded files as pages, one picture at a time."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import BinaryIO

import numpy as np

from questionnaires.faults import N_, Fault
from questionnaires.scanning import pdfs, pictures
from questionnaires.scanning.refused import UNFORESEEN, PageRefused, ScanRefused, recorded

MOST_PAGES = 2_000

EMPTY_FILE = N_("“%(file)s” is empty.")
TOO_MANY_PAGES = N_("“%(file)s” has more than %(most)s pages, as many as are read at once. Split it.")


@dataclass(frozen=True)
class ScannedPage:
    """A page of a file, numbered from 1. `image`: uint8, (height, width) grey or (height, width, 3) RGB; None
    where the page is broken, as `fault` says; `error` is for the log where nobody foresaw that.
    """

    file: str
    number: int
    image: np.ndarray | None
    fault: Fault | None = None
    error: str = ""


def count_pages(file: BinaryIO, name: str) -> int:
    """How many pages a file holds, of which only a little is read. Raises ScanRefused where it is empty,
    broken, locked, of no known format or too large.
    """
    if not file.seek(0, os.SEEK_END):
        raise ScanRefused(Fault(name, EMPTY_FILE, {"file": name}))
    count = _opener(file).count(file, name, MOST_PAGES)
    if count > MOST_PAGES:
        values = {"file": name, "most": MOST_PAGES}
        raise ScanRefused(Fault(name, TOO_MANY_PAGES, values))
    return count


def pages_of(file: BinaryIO, name: str, numbers: Collection[int] | None = None) -> Iterator[ScannedPage]:
    """The pages of a file, or those numbered, in their order; only one is in memory at a time, and nothing
    else of the file. A broken page comes with its fault, the others are read. The file stays open until the
    last page is given out. Raises ScanRefused as `count_pages` does.
    """
    count = count_pages(file, name)
    with _opener(file).opened(file) as page_image:
        for number in range(1, count + 1) if numbers is None else sorted(numbers):
            yield _page(name, number, page_image)


def _page(name: str, number: int, page_image: Callable[[int], np.ndarray]) -> ScannedPage:
    """A strange picture, on which a library fails in its own way, must not cost the other pages."""
    try:
        return ScannedPage(name, number, page_image(number))
    except PageRefused as refused:
        return _broken_page(name, number, refused.template)
    except Exception as error:
        return unforeseen_page(name, number, error)


def unforeseen_page(name: str, number: int, error: Exception) -> ScannedPage:
    """A page that could not be opened for a reason nobody foresaw."""
    return _broken_page(name, number, UNFORESEEN, recorded(error))


def _broken_page(name: str, number: int, template: str, error: str = "") -> ScannedPage:
    fault = Fault(f"{name}:{number}", template, {"file": name, "page": number})
    return ScannedPage(name, number, None, fault, error)


def _opener(file: BinaryIO):
    file.seek(0)
    is_pdf = b"%PDF-" in file.read(1024)
    file.seek(0)
    return pdfs if is_pdf else pictures
