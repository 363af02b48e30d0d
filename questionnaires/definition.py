"""Reading a whole definition: its record, and the faults of reading and of checking in the order written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import accumulate
from typing import Any, TypeVar

from questionnaires.faults import DefinitionError, Fault
from questionnaires.shapes import NOT_A_TABLE, excerpt
from questionnaires.table import Table, read_table

Record = TypeVar("Record")


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
