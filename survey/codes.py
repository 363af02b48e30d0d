"""Personal codes: what stands on an invitation letter, and the keyed hashes the database knows it by.

A code is ten random symbols and two check symbols, printed in three groups: "7KQ4-92HX-MBT3". The 23
symbols leave out what eyes confuse (0 and O, 1 and I and L, S for 5, Z for 2) and what Vietnamese
keyboards turn into other letters: vowels (aa → â, as → á), D (dd → đ) and W (w → ư).
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import uuid

from questionnaires.text import nfkc

SYMBOLS = "23456789BCFGHJKMNPQRTVX"
RANDOM_LENGTH = 10  # 23 ** 10 codes, about 4 · 10 ** 13
LENGTH = RANDOM_LENGTH + 2
GROUP = 4
SEPARATORS = re.compile(r"[\s.\-–—_]+")
DASHES = re.compile(r"[‐‑‒–—―−]")


def generate() -> str:
    """A new random code with its check symbols, as it is printed."""
    body = "".join(secrets.choice(SYMBOLS) for _ in range(RANDOM_LENGTH))
    return printed(body + check_symbols(body))


def check_symbols(body: str) -> str:
    """Two sums over the places, plain and weighted, modulo the prime 23.

    Together they find any two wrong symbols and any two symbols exchanged.
    """
    values = [SYMBOLS.index(symbol) for symbol in body]
    plain = sum(values) % len(SYMBOLS)
    weighted = sum(place * value for place, value in enumerate(values, start=1)) % len(SYMBOLS)
    return SYMBOLS[plain] + SYMBOLS[weighted]


def normalise(typed: str) -> str | None:
    """The code as it is hashed, from whatever case and separators were typed; None if it cannot be a code."""
    code = SEPARATORS.sub("", nfkc(typed)).upper()
    if len(code) != LENGTH or not set(code) <= set(SYMBOLS):
        return None
    return code if check_symbols(code[:RANDOM_LENGTH]) == code[RANDOM_LENGTH:] else None


def printed(code: str) -> str:
    """The code in groups, for people to read and type."""
    return "-".join(code[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def invitation_hash(code: str, key: str) -> str:
    """What an invitation stores of a normalised code."""
    return keyed_hash("invitation", code, key)


def draft_hash(secret: str, key: str) -> str:
    """What a draft stores of a normalised code, or of a browser's own secret.

    It differs from the invitation's hash of the same code, so that the tables alone do not link the two.
    """
    return keyed_hash("draft", secret, key)


def kiosk_hash(device_key: str, key: str) -> str:
    """What a kiosk stores of the key its tablet holds."""
    return keyed_hash("kiosk", device_key, key)


def keyed_hash(purpose: str, secret: str, key: str) -> str:
    return hmac.new(key.encode(), f"{purpose}:{secret}".encode(), hashlib.sha256).hexdigest()


def dossier_hash(number: str, survey_id: int, key: str) -> str:
    """What an invitation stores of a dossier's number, which may be on the lists of several surveys."""
    return keyed_hash(f"dossier-{survey_id}", number, key)


def response_id(code: str, key: str) -> uuid.UUID:
    """The id of the response that belongs to a code: without the key, neither leads to the other."""
    return uuid.UUID(keyed_hash("response", code, key)[:32], version=4)


def dossier_number(typed: str) -> str:
    """A dossier's number as it is hashed, from whatever case, spaces and dashes were typed."""
    return DASHES.sub("-", "".join(nfkc(typed).upper().split()))
