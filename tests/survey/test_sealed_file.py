"""A sealed file gives at each place what was sealed there, and nothing where it was changed."""

from __future__ import annotations

import io
import os

import pytest
from cryptography.fernet import Fernet

from survey.sealed import PIECE, SALT, TAG, NotSealedHere, sealed
from survey.sealed_file import SealedFile

KEY, OTHER = (Fernet.generate_key().decode() for _ in range(2))
NAME = "0" * 32
PLAIN = os.urandom(3 * PIECE)


def seal(plain: bytes) -> io.BytesIO:
    return io.BytesIO(b"".join(sealed(io.BytesIO(plain), NAME, KEY)))


def buffered(stored: io.BytesIO) -> io.BufferedReader:
    return io.BufferedReader(SealedFile(stored, NAME, [OTHER, KEY]), PIECE)


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE])
@pytest.mark.parametrize("start", [0, 1, PIECE - 1, PIECE, 2 * PIECE + 5, 4 * PIECE])
def test_it_is_read_from_anywhere_to_anywhere(size, start):
    file, plain = buffered(seal(PLAIN[:size])), io.BytesIO(PLAIN[:size])
    assert file.seek(0, os.SEEK_END) == size
    for length in (1, PIECE, 2 * PIECE + 1, -1):
        assert file.seek(start) == plain.seek(start)
        assert file.read(length) == plain.read(length)
    file.seek(start)
    assert file.seek(3, os.SEEK_CUR) == start + 3


def test_what_was_changed_before_it_was_opened_is_not_opened():
    stored = bytearray(seal(PLAIN).getvalue())
    stored[-1] ^= 1
    with pytest.raises(NotSealedHere):
        SealedFile(io.BytesIO(stored), NAME, [KEY])


def test_what_is_changed_while_it_is_open_is_not_given_out():
    stored = seal(PLAIN)
    file = SealedFile(stored, NAME, [KEY])
    stored.getbuffer()[SALT + PIECE + TAG + 9] ^= 1
    assert file.read(9) == PLAIN[:9]
    file.seek(PIECE + 1)
    with pytest.raises(NotSealedHere):
        file.read(9)
