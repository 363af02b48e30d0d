"""Passwords as Argon2 hashes. A hash takes 64 MiB, so only a few are made at a time."""

from __future__ import annotations

import functools
import threading

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from questionnaires.text import nfc

SHORTEST, LONGEST = 10, 128  # characters
AT_A_TIME = 2

hasher = PasswordHasher()
slots = threading.BoundedSemaphore(AT_A_TIME)


def make_hash(password: str) -> str:
    with slots:
        return hasher.hash(composed(password))


def matches(password_hash: str | None, password: str) -> bool:
    """Whether the password is right. Without a hash it takes as long: nobody learns which names exist."""
    with slots:
        try:
            hasher.verify(password_hash or hash_of_nothing(), composed(password))
        except (VerificationError, InvalidHashError):
            return False
    return password_hash is not None


def is_outdated(password_hash: str) -> bool:
    """Whether it was made with weaker parameters than today's."""
    return hasher.check_needs_rehash(password_hash)


def composed(password: str) -> str:
    """The password in Unicode form NFC: the same on every keyboard (RFC 8265, OpaqueString)."""
    return nfc(password)[:LONGEST]


@functools.cache
def hash_of_nothing() -> str:
    return hasher.hash("")
