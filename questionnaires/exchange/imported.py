"""What reading a form of another product gives: its definition, and what is found on the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from questionnaires.sheets import SheetFault


@dataclass(frozen=True)
class Imported:
    """A sound definition, and what the form lost or was given on the way, each with its cell.

    `assumed`: which of "code", "version", "group" and "language" the form leaves to the caller.
    """

    definition: dict[str, Any]
    notes: tuple[SheetFault, ...]
    assumed: frozenset[str] = frozenset()


class Found:
    """Collects faults that refuse a form, and notes on what it loses or gains, each once."""

    def __init__(self) -> None:
        self._faults: dict[tuple[object, ...], SheetFault] = {}
        self._notes: dict[tuple[object, ...], SheetFault] = {}

    @property
    def faults(self) -> tuple[SheetFault, ...]:
        return tuple(self._faults.values())

    @property
    def notes(self) -> tuple[SheetFault, ...]:
        return tuple(self._notes.values())

    def add_fault(self, fault: SheetFault) -> None:
        self._faults.setdefault(_identity(fault), fault)

    def add_note(self, note: SheetFault) -> None:
        self._notes.setdefault(_identity(note), note)


def _identity(found: SheetFault) -> tuple[object, ...]:
    return (found.sheet, found.row, found.column, found.template, str(found.values))


def inside(value: Any, part: str) -> Any:
    """What stands in a definition under a key, or at a position counted from 1; None where nothing does."""
    if isinstance(value, list):
        return value[int(part) - 1] if part.isdecimal() and int(part) <= len(value) else None
    return value.get(part) if isinstance(value, Mapping) else None
