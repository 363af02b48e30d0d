"""Lists of tables known by their codes: sections, questions, rows, choices, scales, nodes.

A draft may hold anything; what is no table in such a list has no meaning and is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import count
from typing import Any

from questionnaires.codes import LONGEST_CODE, Form, check_form
from questionnaires.editing.refused import EditRefused, refuse
from questionnaires.faults import N_

Table = dict[str, Any]
Definition = Mapping[str, Any]

NO_CODE = N_("The code is missing.")
TAKEN = N_("The code “%(code)s” is used already; choose another.")

_NUMBERED = re.compile(r"_[0-9]+$")
_ROOM_FOR_A_NUMBER = 7


def tables(holder: Mapping[str, Any], key: str) -> list[Table]:
    """The tables listed under a key, in order; none where there is no list."""
    listed = holder.get(key)
    found = listed if isinstance(listed, list | tuple) else ()
    return [dict(entry) for entry in found if isinstance(entry, Mapping)]


def texts(holder: Mapping[str, Any], key: str) -> list[str]:
    """The texts listed under a key, in order; none where there is no list."""
    listed = holder.get(key)
    return [entry for entry in listed if isinstance(entry, str)] if isinstance(listed, list | tuple) else []


def inner(holder: Mapping[str, Any], key: str) -> Table:
    """The table under a key, empty where there is none."""
    found = holder.get(key)
    return dict(found) if isinstance(found, Mapping) else {}


def code_of(table: Mapping[str, Any]) -> str:
    """The code of a table, empty where it has none."""
    code = table.get("code")
    return code if isinstance(code, str) else ""


def codes(entries: Iterable[Mapping[str, Any]]) -> list[str]:
    return [code_of(entry) for entry in entries]


def index_of(entries: Sequence[Mapping[str, Any]], code: str, missing: str) -> int:
    """Where the entry with a code stands; raises EditRefused with the sentence `missing`."""
    for index, entry in enumerate(entries):
        if code and code_of(entry) == code:
            return index
    raise refuse(code, missing, code=code)


def replaced(entries: Sequence[Table], index: int, *new: Table) -> list[Table]:
    """The list with the entry at an index replaced by others, or left out where there are none."""
    return [*entries[:index], *new, *entries[index + 1 :]]


def inserted(entries: Sequence[Table], position: int, entry: Table) -> list[Table]:
    """The list with an entry at a position counted from 1; past either end means at that end."""
    index = max(position - 1, 0)
    return [*entries[:index], entry, *entries[index:]]


def moved(entries: Sequence[Table], index: int, position: int) -> list[Table]:
    """The list with the entry at an index taken to a position counted from 1."""
    return inserted(replaced(entries, index), position, entries[index])


def claim(code: object, taken: Collection[str], form: Form) -> str:
    """A code that a new or renamed entry may bear; raises EditRefused for a bad or a used one."""
    if not isinstance(code, str) or not code:
        raise refuse("code", NO_CODE)
    for fault in check_form(code, code, form):
        raise EditRefused(fault)
    if code in taken:
        raise refuse(code, TAKEN, code=code)
    return code


def free_code(wanted: str, taken: Collection[str]) -> str:
    """The code wanted where it is free, else the first free one with a number behind: "access_2"."""
    if wanted not in taken:
        return wanted
    stem = _NUMBERED.sub("", wanted)[: LONGEST_CODE - _ROOM_FOR_A_NUMBER].rstrip("_-")
    return next(code for number in count(2) if (code := f"{stem}_{number}") not in taken)


def free_codes(wanted: Iterable[str], taken: Collection[str]) -> list[str]:
    """A free code for each one wanted, no two alike."""
    found: list[str] = []
    for code in wanted:
        found.append(free_code(code, {*taken, *found}))
    return found


def next_code(letter: str, taken: Collection[str]) -> str:
    """The code after the highest numbered one: "q8" where "q3" and "q7" are taken."""
    numbers = (code[len(letter) :] for code in taken if code.startswith(letter))
    highest = max((int(number) for number in numbers if re.fullmatch("[0-9]{1,6}", number)), default=0)
    return f"{letter}{highest + 1}"
