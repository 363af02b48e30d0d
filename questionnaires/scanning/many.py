"""Many pages read on all cores of this computer, few without other processes; little memory in both cases."""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import connection, get_context, parent_process

import cv2

from questionnaires.paper.layout import Layout
from questionnaires.scanning.files import ScannedPage
from questionnaires.scanning.pages import read_page
from questionnaires.scanning.readings import PageReading

WORTH_HELPERS = 12
"""Pages; for fewer, starting other processes takes longer than reading."""
IN_FLIGHT = 2
"""Pages per core that are in memory at once."""

_layouts: Mapping[str, Layout] = {}


def read_pages(
    pages: Iterable[ScannedPage], layouts: Mapping[str, Layout], expected: int
) -> Iterator[PageReading]:
    """The readings of pages, of one file or of many, in their order. `expected`: about how many they are."""
    if expected < WORTH_HELPERS or cores() == 1:
        yield from (read_page(page, layouts) for page in pages)
        return
    begin = (layouts,)
    with ProcessPoolExecutor(cores(), get_context("spawn"), initializer=_begin, initargs=begin) as helpers:
        waiting: deque[Future[PageReading]] = deque()
        for page in pages:
            waiting.append(helpers.submit(_read, page))
            if len(waiting) >= IN_FLIGHT * cores():
                yield waiting.popleft().result()
        yield from (each.result() for each in waiting)


def cores() -> int:
    """How many this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _begin(layouts: Mapping[str, Layout]) -> None:
    global _layouts
    _layouts = layouts
    cv2.setNumThreads(1)  # the processes share the cores
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Nobody is left behind where the process that started this one is killed."""
    if parent := parent_process():
        connection.wait([parent.sentinel])
        os._exit(1)


def _read(page: ScannedPage) -> PageReading:
    return read_page(page, _layouts)
