"""HEIC photographs, as telephones of Apple take them: opened by libheif, where that can be loaded."""

from __future__ import annotations

import os
from functools import cache
from typing import BinaryIO

from questionnaires.faults import N_, Fault
from questionnaires.scanning.refused import ScanRefused

FORMAT = "HEIF"
MOST_MEGABYTES = 24
"""Of one photograph, which is opened in memory; those of 48 million pixels take about six."""

TOO_LARGE = N_("“%(file)s” is larger than %(megabytes)s MB, too large for a photograph. Save it as JPEG.")
NOT_OPENED_HERE = N_("“%(file)s” is a HEIC photograph, which cannot be opened here. Save it as JPEG.")


def is_heic(file: BinaryIO) -> bool:
    """By its beginning; so begin films too, which are refused when they are opened."""
    file.seek(0)
    beginning = file.read(8)
    file.seek(0)
    return beginning[4:] == b"ftyp"


def require_openable(file: BinaryIO, name: str) -> None:
    """Raises ScanRefused."""
    if not is_known():
        raise ScanRefused(Fault(name, NOT_OPENED_HERE, {"file": name}))
    if file.seek(0, os.SEEK_END) > MOST_MEGABYTES * 2**20:
        raise ScanRefused(Fault(name, TOO_LARGE, {"file": name, "megabytes": MOST_MEGABYTES}))
    file.seek(0)


@cache
def is_known() -> bool:
    """Whether Pillow opens HEIC. Its library is loaded with the first photograph: where it is missing or
    broken, all else works.
    """
    try:
        from pillow_heif import register_heif_opener

        register_heif_opener(thumbnails=False)
    except ImportError:
        return False
    return True
