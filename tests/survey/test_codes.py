"""Personal codes survive handwriting, keyboards and typing errors, and the database holds no code."""

from __future__ import annotations

import itertools
import unicodedata

import pytest

from survey import codes

CODE = codes.normalise(codes.generate())


def test_a_code_is_read_however_it_is_typed() -> None:
    printed = codes.printed(CODE)
    spaced = printed.replace("-", " ")
    wide = "".join(chr(ord(symbol) + 0xFEE0) for symbol in CODE)  # a Japanese or Chinese keyboard
    assert {codes.normalise(typed) for typed in (printed, spaced, printed.lower(), f" {CODE}. ", wide)} == {
        CODE
    }


def test_every_single_error_is_noticed() -> None:
    for place, symbol in itertools.product(range(codes.LENGTH), codes.SYMBOLS):
        wrong = CODE[:place] + symbol + CODE[place + 1 :]
        assert wrong == CODE or codes.normalise(wrong) is None


def test_every_exchange_of_two_symbols_is_noticed() -> None:
    for one, other in itertools.combinations(range(codes.LENGTH), 2):
        symbols = list(CODE)
        symbols[one], symbols[other] = symbols[other], symbols[one]
        wrong = "".join(symbols)
        assert wrong == CODE or codes.normalise(wrong) is None


@pytest.mark.parametrize(
    "typed",
    ["", "7KQ4", "xin chào", "0" * 12, CODE + CODE, "ÂÊÔ4-92HX-MBT3"],
    ids=["blank", "short", "words", "zeros", "twice", "vowels"],  # CODE differs in each worker process
)
def test_what_cannot_be_a_code_is_none(typed: str) -> None:
    assert codes.normalise(typed) is None


def test_no_symbol_changes_under_a_vietnamese_keyboard() -> None:
    """Telex makes marks of vowels, d, w, and of tone keys after a vowel; VNI of digits after a vowel or d."""
    assert not set("AEIOUYDW") & set(codes.SYMBOLS)
    assert all(unicodedata.normalize("NFD", symbol) == symbol for symbol in codes.SYMBOLS)


def test_codes_differ() -> None:
    assert len({codes.generate() for _ in range(1000)}) == 1000


def test_hashes_need_the_key_and_tell_their_purposes_apart() -> None:
    assert codes.invitation_hash(CODE, "key") == codes.invitation_hash(CODE, "key")
    hashes = {
        codes.invitation_hash(CODE, "key"),
        codes.invitation_hash(CODE, "another key"),
        codes.draft_hash(CODE, "key"),
    }
    assert len(hashes) == 3
    assert not any(CODE in digest for digest in hashes)
