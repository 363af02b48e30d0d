"""Files encrypted piece by piece, so that no more than a piece of one is in memory.

    salt, 16 bytes | piece | piece | … | last piece      each of 64 KiB at most, and its tag

The construction is STREAM (Hoang, Reyhanitabar, Rogaway, Vizár: Online Authenticated-Encryption and its
Nonce-Reuse Misuse-Resistance, CRYPTO 2015) with the parameters of the age format (age-encryption.org/v1):
each file has a key of its own, HKDF-SHA-256 of ours, its salt and its name; each piece is sealed by
ChaCha20-Poly1305 under its number and a byte that is 1 for the last one alone. So no piece can be changed,
moved, left out, added, cut off at the end or taken from another file.
"""

from __future__ import annotations

import base64
import os
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

PIECE = 64 * 1024
SALT, TAG, NUMBER, KEY = 16, 16, 11, 32
"""Bytes."""
PURPOSE = b"hailong scan "


class NotSealedHere(ValueError):
    """None of the keys sealed this, or it was changed since."""


def sealed(plain: BinaryIO, name: str, key: str) -> Iterator[bytes]:
    """The pieces of a file under a name; `key`: 32 bytes in URL-safe base64, as Fernet's."""
    salt = os.urandom(SALT)
    cipher = cipher_of(key, salt, name)
    yield salt
    for number, (piece, is_last) in enumerate(pieces_of(plain, PIECE)):
        yield cipher.encrypt(nonce(number, is_last), piece, None)


def unsealed(stored: BinaryIO, name: str, keys: Sequence[str]) -> Iterator[bytes]:
    """The file again, in pieces, by whichever of the keys sealed it. Raises NotSealedHere, also after pieces
    were given out: only what came to its end is whole.
    """
    ciphers = ciphers_of(stored, name, keys)
    for number, (piece, is_last) in enumerate(pieces_of(stored, PIECE + TAG)):
        cipher, plain = opened(ciphers, nonce(number, is_last), piece)
        ciphers = [cipher]
        yield plain


def ciphers_of(stored: BinaryIO, name: str, keys: Sequence[str]) -> Sequence[ChaCha20Poly1305]:
    """One for each key, by the salt at the beginning of a file, behind which its pieces lie."""
    salt = stored.read(SALT)
    return [cipher_of(key, salt, name) for key in keys]


def pieces_of(file: BinaryIO, size: int) -> Iterator[tuple[bytes, bool]]:
    """Pieces of a size, and whether each is the last; of an empty file one empty piece."""
    piece = file.read(size)
    while following := file.read(size):
        yield piece, False
        piece = following
    yield piece, True


def opened(
    ciphers: Sequence[ChaCha20Poly1305], number: bytes, piece: bytes
) -> tuple[ChaCha20Poly1305, bytes]:
    for cipher in ciphers:
        try:
            return cipher, cipher.decrypt(number, piece, None)
        except InvalidTag:
            continue
    raise NotSealedHere


def cipher_of(key: str, salt: bytes, name: str) -> ChaCha20Poly1305:
    derive = HKDF(SHA256(), KEY, salt, PURPOSE + name.encode())
    return ChaCha20Poly1305(derive.derive(base64.urlsafe_b64decode(key)))


def nonce(number: int, is_last: bool) -> bytes:
    return number.to_bytes(NUMBER, "big") + bytes([is_last])
