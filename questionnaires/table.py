"""Reading a definition written as plain tables (TOML, JSON): each value by its type, every fault noted."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from questionnaires.codes import LANGUAGE, LONGEST_CODE, near_name
from questionnaires.expression import ExpressionError, parse_expression
from questionnaires.faults import N_, Fault
from questionnaires.shapes import DATE, FLAG, LIST, NOT_A_TABLE, NUMBER, TABLE, TEXT, WHOLE, Shape, excerpt
from questionnaires.words import key_in_words

Record = TypeVar("Record")

LONGEST_TEXT = 10_000

MISSING = N_("“%(key)s” is missing.")
UNKNOWN_KEY = N_("“%(key)s” means nothing here.")
NEAR_KEY = N_("“%(key)s” means nothing here. Did you mean “%(near)s”?")
TOO_LONG = N_("The text has %(length)s characters; %(most)s is the most.")

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
