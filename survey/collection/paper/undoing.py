"""What can be taken back of an open reading, change by change, by whatever screen holds it."""

from __future__ import annotations

from typing import Any

from survey.collection.paper.comparing import Entries

Replaced = dict[str, Any]
"""`item`, and the `value` and `note` that it had; no value is a blank."""


def to_take_back(
    earlier: list[Replaced], item: str, before: Entries, after: Entries, *, undo: bool
) -> list[Replaced]:
    """What can be taken back once an item has changed. An undo takes the last of it away; where a screen
    undoes what was refused here nothing changed, and all stays.
    """
    old, new = as_kept(item, before), as_kept(item, after)
    if undo and earlier[-1:] == [new]:
        return earlier[:-1]
    return earlier if undo or old == new else [*earlier, old]


def as_kept(item: str, entries: Entries) -> Replaced:
    return {"item": item, "value": entries.answers.get(item), "note": entries.notes.get(item, "")}
