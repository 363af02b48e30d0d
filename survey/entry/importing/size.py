"""How many rows an uploaded file seems to hold, without reading it: what is large is left to a job."""

from __future__ import annotations

import io
import zipfile

from questionnaires.sheets.limits import MOST_BYTES

AT_ONCE = 1_000
"""Rows that are read, checked and stored while the browser waits."""

PIECE = 1 << 20  # bytes
ZIP = b"PK\x03\x04"


def is_large(content: bytes) -> bool:
    return probable_rows(content) > AT_ONCE


def probable_rows(content: bytes) -> int:
    """Lines of a text; of a workbook, the rows of its fullest sheet. 0 where it cannot be told."""
    if not content.startswith(ZIP):
        return content.count(b"\n")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(part.file_size for part in archive.infolist()) > MOST_BYTES:
                return 0  # reading refuses it before it unpacks anything
            names = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
            return max((rows_of(archive, name) for name in names), default=0)
    except Exception:  # broken, locked, of a new kind: zipfile and what unpacks for it raise almost anything
        return 0  # and reading refuses it in words


def rows_of(archive: zipfile.ZipFile, name: str) -> int:
    """Counted piece by piece, and no further than the answer needs."""
    rows = 0
    with archive.open(name) as part:
        while rows <= AT_ONCE and (piece := part.read(PIECE)):
            rows += piece.count(b"</row>") + piece.count(b":row>")
    return rows
