"""Pages opened in another process than this, one after another: some files end whoever opens them."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager
from typing import BinaryIO

from questionnaires.scanning.files import ScannedPage, pages_of, unforeseen_page
from questionnaires.scanning.many import processes

OpenFile = Callable[[], AbstractContextManager[BinaryIO]]
"""Opens a file again and again, also in another process: it can be pickled."""


def pages_apart(open_file: OpenFile, name: str, numbers: Collection[int]) -> Iterator[ScannedPage]:
    """As `pages_of`; a page on which the process dies comes with a fault, the others are opened by a new one.
    Raises BrokenProcessPool where none can be started.
    """
    following = deque(sorted(numbers))
    while following:
        with processes(1, {}) as helper:
            helper.submit(os.getpid).result()
            yield from _until_one_dies(helper, open_file, name, following)


def _until_one_dies(
    helper: ProcessPoolExecutor, open_file: OpenFile, name: str, following: deque[int]
) -> Iterator[ScannedPage]:
    while following:
        number = following.popleft()
        try:
            page = helper.submit(_open_one, open_file, name, number).result()
        except BrokenProcessPool as died:
            yield unforeseen_page(name, number, died)
            return
        yield page


def _open_one(open_file: OpenFile, name: str, number: int) -> ScannedPage:
    with open_file() as file:
        (page,) = pages_of(file, name, [number])
    return page
