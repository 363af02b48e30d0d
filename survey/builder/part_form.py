"""A part of a definition as its form gives it: the table, and which codes are new names of old ones."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
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
    """The part of a submitted form; each line of a list carries the code it had (`was`).

    Lines without a code get one: people think of words.
    """
    table = read_part(fields, keys)
    renamed = {key: former_codes(table, key, code_stem(key, table)) for key in LISTS}
    if table.get("scale"):  # which holds the choices
        table.pop("choices", None)
        renamed["choices"] = {}
    return PartForm(table, Renamed(**renamed))


def code_stem(key: str, table: Mapping[str, Any]) -> str:
    """What the codes of a list begin with: rows bear their question's, choices are numbered."""
    return f"{table.get('code', '')}_" if key == "rows" else ""


def former_codes(table: dict[str, Any], key: str, stem: str) -> dict[str, str]:
    """Take the former codes out of a list's lines, and blank lines with them; returns old code → new.

    A line without a code keeps its former one, or gets the first number free behind `stem`.
    """
    lines = [line for line in table.pop(key, []) if isinstance(line, dict)]
    pairs = [(str(line.pop("was", "")), line) for line in lines]
    give_codes([(was, line) for was, line in pairs if line], stem)
    if filled := [line for line in lines if line]:
        table[key] = filled
    return {was: str(line["code"]) for was, line in pairs if was and line and line["code"] != was}


def give_codes(lines: Sequence[tuple[str, dict[str, Any]]], stem: str) -> None:
    """Give each line that lacks a code its former one, or a new one."""
    taken = {was for was, _ in lines} | {str(line.get("code")) for _, line in lines}
    free = (code for number in count(1) if (code := f"{stem}{number}") not in taken)
    for was, line in lines:
        if not line.get("code"):
            line["code"] = was or next(free)
