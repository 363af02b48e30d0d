"""Reading a definition written as plain tables (TOML, JSON): each value by its type, every fault noted."""

from __future__ import annotations

import datetime
import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, TypeVar

from questionnaires.codes import LANGUAGE, LONGEST_CODE, near_name
from questionnaires.expression import ExpressionError, parse_expression
from questionnaires.faults import N_, DefinitionError, Fault
from questionnaires.words import key_in_words
from questionnaires.written import clean

Record = TypeVar("Record")

LONGEST_TEXT = 10_000

MISSING = N_("“%(key)s” is missing.")
UNKNOWN_KEY = N_("“%(key)s” means nothing here.")
NEAR_KEY = N_("“%(key)s” means nothing here. Did you mean “%(near)s”?")
TOO_LONG = N_("The text has %(length)s characters; %(most)s is the most.")
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

REQUIRED: Any = object()


class Table:
    """One table of a definition: hands out values by key, notes what is faulty and puts a blank for it."""

    def __init__(self, raw: Mapping[str, Any], place: str, faults: list[Fault]) -> None:
        self._raw = raw
        self._place = place
        self._faults = faults
        self._known: set[str] = set()
        self._refused: set[str] = set()

    def text(self, key: str, default: Any = REQUIRED) -> Any:
        text = self._value(key, TEXT, default)
        if text == "" and default is not REQUIRED:
            return default
        if text is not None and len(text) > LONGEST_TEXT:
            self.refuse(key, TOO_LONG, length=len(text), most=LONGEST_TEXT)
            return text[:LONGEST_TEXT]
        return text

    def flag(self, key: str, default: bool = False) -> bool:
        return self._value(key, FLAG, default)

    def number(self, key: str, default: Any = REQUIRED) -> float:
        return self._value(key, NUMBER, default)

    def whole(self, key: str, default: Any = REQUIRED) -> int:
        return self._value(key, WHOLE, default)

    def date(self, key: str) -> datetime.date | None:
        return self._value(key, DATE, None)

    def expression(self, key: str, default: Any = None) -> Any:
        """The parsed expression of a text; None where there is none or a fault was noted."""
        text = self.text(key, default)
        if text is None:
            return None
        try:
            return parse_expression(text)
        except ExpressionError as error:
            self.refuse(key, error.template, **error.values)
            return None

    def words(self, key: str) -> dict[str, str]:
        """A text by language; the languages a definition needs are its checker's business."""
        table = self.inner(key)
        for name in table.entries():
            if not LANGUAGE.fits(name):
                self.refuse(f"{key}.{name}", LANGUAGE.template, code=name[:LONGEST_CODE])
        return {name: words for name in table.entries() if (words := table.text(name, ""))}

    def texts(self, key: str, default: Any = REQUIRED) -> tuple[str, ...]:
        """A list of texts."""
        entries = self._value(key, LIST, default)
        numbered = {str(number): entry for number, entry in enumerate(entries, 1)}
        column = Table(numbered, self._at(key), self._faults)
        return tuple(column.text(number) for number in numbered)

    def each(self, key: str, read: Callable[[Table], Record], default: Any = REQUIRED) -> tuple[Record, ...]:
        """A list of tables, each read to a record; a faulty entry keeps its position as a blank record."""
        entries = enumerate(self._value(key, LIST, default), 1)
        return tuple(self._read_entry(entry, f"{key}.{number}", read) for number, entry in entries)

    def one(self, key: str, read: Callable[[Table], Record], default: Any = REQUIRED) -> Record:
        """A table read to a record."""
        noted = len(self._faults)
        raw = self._value(key, TABLE, default)
        if raw is default:
            return default
        silent = len(self._faults) > noted  # of a missing table, its missing keys need no word
        return read_table(raw, self._at(key), [] if silent else self._faults, read)

    def numbers(self, key: str) -> dict[str, float]:
        """A table of numbers; empty where there is none."""
        table = self.inner(key)
        return {name: table.number(name) for name in table.entries()}

    def rest(self) -> dict[str, Any]:
        """Whatever no reader has asked for yet, as it stands."""
        rest = {key: self._raw[key] for key in self.entries() if key not in self._known}
        self._known.update(rest)
        return rest

    def inner(self, key: str) -> Table:
        """A table whose keys are data; empty where there is none."""
        return Table(self._value(key, TABLE, {}), self._at(key), self._faults)

    def entries(self) -> list[str]:
        return [key for key in self._raw if isinstance(key, str)]

    def refuse_unknown_keys(self) -> None:
        for key in map(str, self._raw):
            if key not in self._known:
                near = near_name(key, self._known)
                self.refuse(key, NEAR_KEY if near else UNKNOWN_KEY, key=key[:LONGEST_CODE], near=near)

    def _value(self, key: str, shape: Shape, default: Any) -> Any:
        self._known.add(key)
        raw = self._raw.get(key)
        if raw is None:
            if default is not REQUIRED:
                return default
            self.refuse(key, MISSING, key=key_in_words(key))
            return shape.blank
        try:
            return shape.read(raw)
        except (ValueError, OverflowError):  # float() of an int with 400 digits overflows
            self.refuse(key, shape.template, found=excerpt(raw))
            return shape.blank

    def _read_entry(self, raw: Any, key: str, read: Callable[[Table], Record]) -> Record:
        if isinstance(raw, Mapping):
            return read_table(raw, self._at(key), self._faults, read)
        self.refuse(key, NOT_A_TABLE, found=excerpt(raw))
        return read_table({}, "", [], read)

    def _at(self, key: str) -> str:
        key = key[:LONGEST_CODE]
        return f"{self._place}.{key}" if self._place else key

    def refuse(self, key: str, template: str, /, **values: object) -> None:
        """Note a fault at a key, unless one is noted there already."""
        if key not in self._refused:
            self._refused.add(key)
            self._faults.append(Fault(self._at(key), template, values))


def read_table(
    raw: Mapping[str, Any], place: str, faults: list[Fault], read: Callable[[Table], Record]
) -> Record:
    """Read a table to a record; a key that the reader did not ask for is a fault."""
    table = Table(raw, place, faults)
    record = read(table)
    table.refuse_unknown_keys()
    return record


def read_definition(
    definition: Any, read: Callable[[Table], Record], check: Callable[[Record], list[Fault]]
) -> Record:
    """Read a whole definition and check the record; raises DefinitionError with the faults of both."""
    if not isinstance(definition, Mapping):
        raise DefinitionError([Fault("", NOT_A_TABLE, {"found": excerpt(definition)})])
    record, faults = examine_definition(definition, read, check)
    if faults:
        raise DefinitionError(faults)
    return record


def examine_definition(
    definition: Mapping[str, Any], read: Callable[[Table], Record], check: Callable[[Record], list[Fault]]
) -> tuple[Record, tuple[Fault, ...]]:
    """The record of a definition that may be unfinished, with blanks where something is wrong, and every
    fault in the order of the definition.

    Where a value could not be read, the check saw a blank: what it says about that place is left out.
    """
    faults: list[Fault] = []
    record = read_table(definition, "", faults, read)
    unread = {fault.place for fault in faults}
    faults += [fault for fault in check(record) if unread.isdisjoint(_places_around(fault.place))]
    return record, tuple(sorted(faults, key=lambda fault: _position(fault.place)))


def _places_around(place: str) -> list[str]:
    """The place itself and all that contain it: "a.1.b" → "a", "a.1", "a.1.b"."""
    return list(accumulate(place.split("."), "{}.{}".format))


def _position(place: str) -> list[tuple[int, str]]:
    """A sorting key that puts position 10 behind position 9."""
    parts = place.split(".")
    return [(int(part), "") if part.isdecimal() and len(part) < 10 else (0, part) for part in parts]


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
