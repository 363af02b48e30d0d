"""What values of a definition in plain tables (TOML, JSON) look like, and how a faulty one is named."""

from __future__ import annotations

import datetime
import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from questionnaires.faults import N_
from questionnaires.written import clean

NOT_TEXT = N_("Text is expected here; found %(found)s.")
NOT_A_FLAG = N_("“true” or “false” is expected here; found %(found)s.")
NOT_A_NUMBER = N_("A number is expected here; found %(found)s.")
NOT_WHOLE = N_("A whole number is expected here; found %(found)s.")
NOT_A_DATE = N_("A date such as “2022-12-20” is expected here; found %(found)s.")
NOT_A_LIST = N_("A list is expected here; found %(found)s.")
NOT_A_TABLE = N_("A table of names and values is expected here; found %(found)s.")


@dataclass(frozen=True)
class Shape:
    """What a value must look like: `read` raises ValueError on others, for which `blank` stands in."""

    read: Callable[[Any], Any]
    template: str
    blank: Any


def _instance(*types: type) -> Callable[[Any], Any]:
    def read(raw: Any) -> Any:
        if not isinstance(raw, types) or (isinstance(raw, bool) and bool not in types):
            raise ValueError
        return raw

    return read


def _read_number(raw: Any) -> float:
    number = float(_instance(int, float)(raw))
    if not math.isfinite(number):
        raise ValueError
    return number


def _read_date(raw: Any) -> datetime.date:
    if isinstance(raw, datetime.datetime):
        return raw.date()
    return raw if isinstance(raw, datetime.date) else datetime.date.fromisoformat(_instance(str)(raw))


TEXT = Shape(lambda raw: clean(_instance(str)(raw)), NOT_TEXT, "")
FLAG = Shape(_instance(bool), NOT_A_FLAG, False)
NUMBER = Shape(_read_number, NOT_A_NUMBER, math.nan)
WHOLE = Shape(_instance(int), NOT_WHOLE, 0)
DATE = Shape(_read_date, NOT_A_DATE, None)
LIST = Shape(_instance(list, tuple), NOT_A_LIST, ())
TABLE = Shape(_instance(Mapping), NOT_A_TABLE, {})


def excerpt(raw: Any, most: int = 40) -> str:
    """A value as its definition writes it, cut to a length that fits a sentence."""
    if isinstance(raw, Mapping):
        return "{…}"
    if isinstance(raw, list | tuple):
        return "[…]"
    if isinstance(raw, int) and raw.bit_length() > 128:  # str() refuses ints of thousands of digits
        return "99…"
    text = clean(json.dumps(raw, ensure_ascii=False, default=str), lines=False)
    return text if len(text) <= most else f"{text[:most]}…"
