"""Many pages read on all cores of this computer, few without other processes; little memory in both cases."""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from multiprocessing import connection, get_context, parent_process

import cv2

from questionnaires.paper.layout import Layout
from questionnaires.paper.page_code import PageCode
from questionnaires.scanning.files import ScannedPage
from questionnaires.scanning.pages import read_page, unforeseen
from questionnaires.scanning.readings import PageReading

WORTH_HELPERS = 12
"""Pages; for fewer, starting other processes takes longer than reading."""
IN_FLIGHT = 2
"""Pages per core that are in memory at once."""

_layouts: Mapping[str, Layout] = {}


@dataclass
class _Turn:
    """A page that was given out; its reading is never done where no process took it."""

    page: ScannedPage
    reading: Future[PageReading] = field(default_factory=Future)

    @property
    def is_read(self) -> bool:
        return self.reading.done() and self.reading.exception() is None


def read_pages(
    pages: Iterable[ScannedPage], layouts: Mapping[str, Layout], expected: int, *, apart: bool = False
) -> Iterator[PageReading]:
    """The readings of pages, of one file or of many, in their order. `expected`: about how many they are;
    `apart`: never in this process, however few, as after one died of them. A page on which another process
    dies comes with a fault, the others are read. Raises BrokenProcessPool where none can be started.
    """
    if not apart and (expected < WORTH_HELPERS or cores() == 1):
        yield from (read_page(page, layouts) for page in pages)
        return
    following, turns = iter(pages), deque[_Turn]()
    while True:
        try:
            with processes(cores(), layouts) as helpers:
                yield from _read_by(helpers, following, turns)
            return
        except BrokenProcessPool:  # on one of these pages; nobody says on which
            yield from _each_alone(turns, layouts)


def cores() -> int:
    """How many this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def processes(count: int, layouts: Mapping[str, Layout]) -> ProcessPoolExecutor:
    """Others than this, which know the layouts, and end with this one."""
    return ProcessPoolExecutor(count, get_context("spawn"), initializer=_begin, initargs=(layouts,))


def _read_by(
    helpers: ProcessPoolExecutor, pages: Iterator[ScannedPage], turns: deque[_Turn]
) -> Iterator[PageReading]:
    """Where a process dies, the pages not read yet stay in `turns`."""
    for page in pages:
        turns.append(_Turn(page))
        turns[-1].reading = helpers.submit(_read, page)
        if len(turns) >= IN_FLIGHT * cores():
            yield _next(turns)
    while turns:
        yield _next(turns)


def _next(turns: deque[_Turn]) -> PageReading:
    reading = turns[0].reading.result()
    turns.popleft()
    return reading


def _each_alone(turns: deque[_Turn], layouts: Mapping[str, Layout]) -> Iterator[PageReading]:
    while turns:
        turn = turns.popleft()
        yield turn.reading.result() if turn.is_read else read_alone(turn.page, layouts)


def read_alone(page: ScannedPage, layouts: Mapping[str, Layout], told: PageCode | None = None) -> PageReading:
    """As `read_page`, in a process of its own, which may die of the page. It shows first that it can be
    started: raises BrokenProcessPool where it cannot, as that is not for this page.
    """
    with processes(1, layouts) as helper:
        helper.submit(os.getpid).result()
        try:
            return helper.submit(_read, page, told).result()
        except BrokenProcessPool as died:
            return unforeseen(page, died)


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


def _read(page: ScannedPage, told: PageCode | None = None) -> PageReading:
    return read_page(page, _layouts, told)
