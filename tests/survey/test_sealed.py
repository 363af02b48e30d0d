"""A sealed file comes back whole or not at all, whatever was done to its pieces."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

import pytest
from cryptography.fernet import Fernet

from survey.sealed import PIECE, SALT, TAG, NotSealedHere, sealed, unsealed

KEY, OTHER = (Fernet.generate_key().decode() for _ in range(2))
NAME = "0" * 32
PLAIN = bytes(range(256)) * (PIECE // 256) * 3 + b"the end"
SEALED_PIECE = PIECE + TAG


def seal(plain: bytes, name: str = NAME, key: str = KEY) -> bytes:
    return b"".join(sealed(io.BytesIO(plain), name, key))


def unseal(stored: bytes, name: str = NAME, keys: Sequence[str] = (KEY,)) -> bytes:
    return b"".join(unsealed(io.BytesIO(stored), name, keys))


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE])
def test_a_file_of_any_size_comes_back(size):
    stored = seal(PLAIN[:size])
    assert unseal(stored) == PLAIN[:size]
    assert len(stored) == SALT + size + TAG * max(1, -(-size // PIECE))


def test_the_same_file_is_never_sealed_alike_and_any_of_the_keys_opens_it():
    assert seal(PLAIN)[:200] != seal(PLAIN)[:200]
    assert unseal(seal(PLAIN), keys=[OTHER, KEY]) == PLAIN


def pieces(stored: bytes) -> list[bytes]:
    starts = range(SALT, len(stored), SEALED_PIECE)
    return [stored[:SALT], *(stored[start : start + SEALED_PIECE] for start in starts)]


def swapped(stored: bytes) -> bytes:
    salt, first, second, *others = pieces(stored)
    return b"".join([salt, second, first, *others])


def from_another_file(stored: bytes) -> bytes:
    salt, _first, *others = pieces(stored)
    return b"".join([salt, pieces(seal(PLAIN))[1], *others])


@pytest.mark.parametrize(
    "change",
    [
        lambda stored: stored[:-SEALED_PIECE],  # a piece and a bit less at the end
        lambda stored: b"".join(pieces(stored)[:-1]),  # cut where a piece ends
        lambda stored: stored + b"\0",
        lambda stored: stored + pieces(stored)[-1],
        lambda stored: b"".join([*pieces(stored)[:2], *pieces(stored)[3:]]),  # a piece left out
        lambda stored: stored[:1000] + bytes([stored[1000] ^ 1]) + stored[1001:],
        lambda stored: bytes([stored[0] ^ 1]) + stored[1:],
        lambda stored: stored[:SALT],
        lambda stored: b"",
        swapped,
        from_another_file,
    ],
)
def test_a_changed_file_is_refused(change: Callable[[bytes], bytes]):
    with pytest.raises(NotSealedHere):
        unseal(change(seal(PLAIN)))


def test_neither_another_key_nor_another_name_opens_a_file():
    for name, keys in ((NAME, [OTHER]), (NAME, []), ("1" * 32, [KEY])):
        with pytest.raises(NotSealedHere):
            unseal(seal(PLAIN), name, keys)
