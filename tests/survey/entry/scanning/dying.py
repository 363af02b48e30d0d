"""A reader that a library kills, for processes that import nothing else."""

from __future__ import annotations

import os
import signal

from questionnaires.scanning import PageReading, ScannedPage, many


def die_of_second(page: ScannedPage, *told: object) -> PageReading:
    """The second page of a file ends the process, without a word to anybody."""
    if page.number == 2:
        os.kill(os.getpid(), signal.SIGKILL)
    return many._read(page, *told)
