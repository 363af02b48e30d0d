"""A part of a definition as its form gives it: the table, and which codes are new names of old ones."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from werkzeug.datastructures import MultiDict

from questionnaires import Fault
from questionnaires.editing.renamed import NOTHING_RENAMED, Renamed
from survey.builder.nested_forms import read_part

LISTS = ("choices", "rows")

SPARE_LINES = 3
"""Blank lines below a list, to write further entries into."""


@dataclass(frozen=True)
class PartForm:
    """A part as typed, and which of its rows and choices (or factors) bear another code than before.

    `faults`: what was typed that no part can hold, so that the form must be shown again to lose nothing.
    """

    table: dict[str, Any]
    renamed: Renamed = NOTHING_RENAMED
    factors: Mapping[str, str] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()


def read_form(fields: MultiDict[str, str], keys: Collection[str]) -> PartForm:
    """The part of a submitted form; each line of a list carries the code it had (`was`)."""
    table = read_part(fields, keys)
    renamed = {key: former_codes(table, key) for key in LISTS}
    if table.get("scale"):  # which holds the choices
        table.pop("choices", None)
        renamed["choices"] = {}
    return PartForm(table, Renamed(**renamed))


def former_codes(table: dict[str, Any], key: str) -> dict[str, str]:
    """Take the former codes out of a list's lines, and blank lines with them; returns old code → new."""
    lines = [line for line in table.pop(key, []) if isinstance(line, dict)]
    former = [(line.pop("was", ""), str(line.get("code", ""))) for line in lines]
    if filled := [line for line in lines if line]:
        table[key] = filled
    return {was: code for was, code in former if was and code and was != code}
