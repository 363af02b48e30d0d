"""Pictures of scanned forms: files in a folder of their own, encrypted where a key is set.

The names are random: neither the folder nor a name says whose form it is. The folder belongs to one database.
"""

from __future__ import annotations

import datetime
import io
import os
import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from flask import current_app

from survey.sealed import PIECE, NotSealedHere, pieces_of, sealed
from survey.sealed_file import SealedFile

PLAIN, SEALED, PART = "plain", "sealed", "part"
ENCRYPTED = "encrypted"
"""Whole by Fernet, as all files were before they were sealed in pieces; only read."""


class ScanUnreadable(Exception):
    """A picture is encrypted by a key that is not set any more, or its file was changed."""


@dataclass(frozen=True, repr=False)
class ScanStore:
    """The first of the `keys` encrypts; all of them decrypt, so that a key can be replaced."""

    folder: Path
    keys: Sequence[str] = ()

    def put(self, content: bytes) -> str:
        """As `put_file`, of what is in memory already."""
        return self.put_file(io.BytesIO(content))

    def put_file(self, file: BinaryIO) -> str:
        """Store a file whole, piece by piece; the key to find it by. Once this returns it outlives a power
        cut.
        """
        key = uuid.uuid4().hex
        path = self._path(key, SEALED if self.keys else PLAIN)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        file.seek(0)
        write_whole(path, sealed(file, key, self.keys[0]) if self.keys else plain_pieces(file))
        return key

    def get(self, key: str) -> bytes:
        """Raises FileNotFoundError, ScanUnreadable."""
        with self.opened(key) as file:
            return file.read()

    @contextmanager
    def opened(self, key: str) -> Iterator[BinaryIO]:
        """A file to read anywhere, of which a piece is in memory, and what is encrypted never on the disk.
        Only what was encrypted whole is in memory whole. Raises FileNotFoundError, ScanUnreadable.
        """
        kind = next((kind for kind in (PLAIN, ENCRYPTED) if self._path(key, kind).exists()), SEALED)
        with self._path(key, kind).open("rb") as stored:
            try:
                file = stored if kind == PLAIN else self._decrypted(stored, key, kind)
            except (InvalidToken, NotSealedHere):
                raise ScanUnreadable(key) from None
            yield file

    def delete(self, key: str) -> None:
        """For good; what is not there any more is no fault."""
        for kind in (PLAIN, SEALED, ENCRYPTED, PART):
            self._path(key, kind).unlink(missing_ok=True)

    def keys_before(self, moment: datetime.datetime) -> Iterator[str]:
        """Of all files last written before a moment, also those that were begun and never whole."""
        for path in self.folder.glob(f"??/{'[0-9a-f]' * 32}.*"):
            with suppress(FileNotFoundError):  # a file just begun becomes a whole one
                if path.stat().st_mtime < moment.timestamp():
                    yield path.stem

    def _path(self, key: str, kind: str) -> Path:
        name = uuid.UUID(key).hex  # nothing else leads into the folder, or out of it
        return self.folder / name[:2] / f"{name}.{kind}"

    def _decrypted(self, stored: BinaryIO, key: str, kind: str) -> BinaryIO:
        if kind == SEALED:
            return io.BufferedReader(SealedFile(stored, uuid.UUID(key).hex, self.keys), PIECE)
        if not self.keys:
            raise InvalidToken
        return io.BytesIO(MultiFernet([Fernet(each) for each in self.keys]).decrypt(stored.read()))


def plain_pieces(file: BinaryIO) -> Iterator[bytes]:
    return (piece for piece, _is_last in pieces_of(file, PIECE))


def write_whole(path: Path, pieces: Iterable[bytes]) -> None:
    """A file that is there whole or not at all."""
    beginning = path.with_suffix(f".{PART}")
    try:
        with open(beginning, "wb", opener=owner_only) as file:
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
        beginning.replace(path)
    except BaseException:
        beginning.unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def owner_only(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def scan_store() -> ScanStore:
    """The store as this application is set up."""
    return ScanStore(Path(current_app.config["SCANS_FOLDER"]), current_app.config["SCANS_KEYS"])
