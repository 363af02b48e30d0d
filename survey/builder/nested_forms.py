"""A definition's part as form fields and back: `choices.1.text.vi` is a field's name, and a fault's place."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from werkzeug.datastructures import MultiDict

from questionnaires.written import clean, write_number

Part = dict[str, Any]

FLAGS = ("required", "profile", "sensitive", "illustrative", "ranked", "survey_optional")
"""Fields that are ticked or not; every other field is a text."""

MOST_ENTRIES = 500


def read_part(fields: MultiDict[str, str], keys: Collection[str]) -> Part:
    """The part that a form describes: fields below one of `keys`, without blanks.

    Positions count from 1; entries of a list that were left wholly blank are passed over.
    """
    nested: Part = {}
    for name in fields:
        path = name.split(".")
        if path[0] in keys and all(path):
            put(nested, path, value_of(path, fields))
    return {key: content for key, value in nested.items() if (content := kept(value)) not in BLANKS}


BLANKS: tuple[object, ...] = ("", None, False, [], {})


def value_of(path: list[str], fields: MultiDict[str, str]) -> Any:
    name = ".".join(path)
    return bool(fields.get(name)) if path[-1] in FLAGS else clean(fields[name])


def put(table: Part, path: Iterable[str], value: Any) -> None:
    *way, last = path
    for part in way:
        inner = table.setdefault(part, {})
        if not isinstance(inner, dict):
            return  # a form made by hand gives one name both to a text and to a table
        table = inner
    table.setdefault(last, value)


def kept(value: Any) -> Any:
    """The value without blanks; a table whose keys are positions becomes a list in their order."""
    if not isinstance(value, Mapping):
        return value
    filled = {key: content for key, inner in value.items() if (content := kept(inner)) not in BLANKS}
    if not all(is_position(key) for key in value) or not value:
        return filled
    return [filled[key] for key in sorted(filled, key=int)]


def is_position(key: str) -> bool:
    return key.isascii() and key.isdecimal() and len(key) <= len(str(MOST_ENTRIES))


def at(part: Mapping[str, Any], name: str) -> str:
    """The text of the field at a name such as `choices.2.code`; blank where the part has none."""
    value: Any = part
    for key in name.split("."):
        if isinstance(value, list) and is_position(key) and 0 < int(key) <= len(value):
            value = value[int(key) - 1]
        else:
            value = value.get(key) if isinstance(value, Mapping) else None
    return shown(value)


def shown(value: Any) -> str:
    """A value as its field shows it; a number as people write it."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value if isinstance(value, str) else "" if value in BLANKS else str(value)
    return write_number(int(value)) if math.isfinite(value) and value == int(value) else write_number(value)


def rearranged(part: Part, act: str) -> Part:
    """The part after a button of a list was pressed: "up:choices.2", "down:choices.1", "drop:rows.3"."""
    verb, _, name = act.partition(":")
    key, _, number = name.partition(".")
    entries = part.get(key)
    if not (isinstance(entries, list) and is_position(number) and 0 < int(number) <= len(entries)):
        return part
    rest = [*entries[: int(number) - 1], *entries[int(number) :]]
    place = {"up": int(number) - 2, "down": int(number)}.get(verb)
    if place is not None:
        rest.insert(max(place, 0), entries[int(number) - 1])
    return {**part, key: rest}
