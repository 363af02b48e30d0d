"""Pictures of scanned forms: files in a folder of their own, encrypted where a key is set.

The names are random: neither the folder nor a name says whose form it is.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from flask import current_app

PLAIN, ENCRYPTED = "plain", "encrypted"


class ScanUnreadable(Exception):
    """A picture is encrypted by a key that is not set any more, or its file was changed."""


@dataclass(frozen=True, repr=False)
class ScanStore:
    """The first of the `keys` encrypts; all of them decrypt, so that a key can be replaced."""

    folder: Path
    keys: Sequence[str] = ()

    def put(self, content: bytes) -> str:
        """Store a file whole; the key to find it by. Once this returns it outlives a power cut."""
        key = uuid.uuid4().hex
        path = self._path(key, ENCRYPTED if self.keys else PLAIN)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_whole(path, self._cipher().encrypt(content) if self.keys else content)
        return key

    def get(self, key: str) -> bytes:
        """Raises FileNotFoundError, ScanUnreadable."""
        plain = self._path(key, PLAIN)
        if plain.exists():
            return plain.read_bytes()
        content = self._path(key, ENCRYPTED).read_bytes()
        if not self.keys:
            raise ScanUnreadable(key)
        try:
            return self._cipher().decrypt(content)
        except InvalidToken:
            raise ScanUnreadable(key) from None

    def delete(self, key: str) -> None:
        """For good; what is not there any more is no fault."""
        for kind in (PLAIN, ENCRYPTED):
            self._path(key, kind).unlink(missing_ok=True)

    def _path(self, key: str, kind: str) -> Path:
        name = uuid.UUID(key).hex  # nothing else leads into the folder, or out of it
        return self.folder / name[:2] / f"{name}.{kind}"

    def _cipher(self) -> MultiFernet:
        return MultiFernet([Fernet(key) for key in self.keys])


def write_whole(path: Path, content: bytes) -> None:
    """A file that is there whole or not at all."""
    beginning = path.with_suffix(".part")
    with open(beginning, "wb", opener=owner_only) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beginning.replace(path)
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
