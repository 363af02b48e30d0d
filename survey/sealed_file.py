"""A sealed file read anywhere, as programs do that look for one page of many."""

from __future__ import annotations

import io
import os
from collections.abc import Sequence
from typing import BinaryIO

from survey.sealed import PIECE, SALT, TAG, ciphers_of, nonce, opened, unsealed


class SealedFile(io.RawIOBase):
    """The plain content of `stored`, of which one piece is in memory. All of it is looked at once when it is
    opened, and each piece again whenever it is read. Raises NotSealedHere.
    """

    def __init__(self, stored: BinaryIO, name: str, keys: Sequence[str]) -> None:
        self._stored, self._place = stored, 0
        stored.seek(0)
        self._size = sum(len(piece) for piece in unsealed(stored, name, keys))
        stored.seek(0)
        self._ciphers = ciphers_of(stored, name, keys)
        self._number, self._piece = -1, b""

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        start = {os.SEEK_SET: 0, os.SEEK_CUR: self._place, os.SEEK_END: self._size}[whence]
        self._place = max(0, start + offset)
        return self._place

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """What is left of a piece, or less."""
        if self._place >= self._size:
            return 0
        number, begin = divmod(self._place, PIECE)
        part = self._read(number)[begin : begin + len(buffer)]
        buffer[: len(part)] = part
        self._place += len(part)
        return len(part)

    def _read(self, number: int) -> bytes:
        if number != self._number:
            self._stored.seek(SALT + number * (PIECE + TAG))
            is_last = (number + 1) * PIECE >= self._size
            _cipher, self._piece = opened(
                self._ciphers, nonce(number, is_last), self._stored.read(PIECE + TAG)
            )
            self._number = number
        return self._piece
