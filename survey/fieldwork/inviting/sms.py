"""What a text costs as SMS: the alphabet it needs, and in how many parts it is sent.

3GPP TS 23.038 gives the alphabets: 160 signs of the GSM alphabet in one part, 153 in each of several; 70 and
67 of UCS-2 once a single sign is outside that alphabet, as most Vietnamese letters with marks are.
"""

from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENDED = frozenset("\f^{}\\[~]|€")
"""Signs that take two places."""

ONE, EACH_OF_SEVERAL = {"gsm": 160, "ucs2": 70}, {"gsm": 153, "ucs2": 67}
PLAIN_SIGNS = str.maketrans(
    {"đ": "d", "Đ": "D", "“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "…": "...", "\xa0": " "}
)


@dataclass(frozen=True)
class Length:
    """How long a text is in its alphabet, and how many messages are paid for."""

    alphabet: str
    signs: int
    parts: int

    @property
    def is_one_plain(self) -> bool:
        return self.alphabet == "gsm" and self.parts <= 1


def length_of(text: str) -> Length:
    if set(text) <= BASIC | EXTENDED:
        alphabet, signs = "gsm", len(text) + sum(sign in EXTENDED for sign in text)
    else:
        alphabet, signs = "ucs2", len(text.encode("utf-16-le")) // 2
    parts = 1 if signs <= ONE[alphabet] else math.ceil(signs / EACH_OF_SEVERAL[alphabet])
    return Length(alphabet, signs, parts)


def without_marks(text: str) -> str:
    """Vietnamese as it is typed on the oldest telephone; what has no plain form is left out."""
    bare = unicodedata.normalize("NFD", text.translate(PLAIN_SIGNS))
    kept = (sign for sign in bare if not unicodedata.combining(sign))
    return "".join(sign for sign in kept if sign in BASIC or sign in EXTENDED)
