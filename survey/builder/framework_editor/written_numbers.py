"""Numbers of a form: read where they can be, else kept as typed, for the draft's faults to speak of them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from questionnaires.written import Unreadable, read_number, write_number

Number = int | float


def number_or_text(written: str) -> Number | str:
    try:
        return read_number(written)
    except Unreadable:
        return written


def read_numbers(table: dict[str, Any], *keys: str) -> None:
    """Put numbers for the texts under these keys, as far as they can be read."""
    for key in keys:
        if isinstance(table.get(key), str):
            table[key] = number_or_text(table[key])


def part_of_one(written: str) -> Number | str:
    """A percentage as a part of 1, exact to the last digit typed: 33,3 → 0.333."""
    read = number_or_text(written.removesuffix("%").strip())
    return read if isinstance(read, str) else float(Decimal(repr(read)) / 100)


def in_percent(part: Any) -> str:
    """A part of 1 as the percentage that gives it again; what is no number as it stands."""
    if isinstance(part, bool) or not isinstance(part, int | float):
        return "" if part is None else str(part)
    percent = Decimal(repr(part)) * 100
    return write_number(int(percent) if percent == int(percent) else float(percent))
