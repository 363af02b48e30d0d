"""Remarks that tables carry as text: a key and what it speaks of, put into words by the report."""

from __future__ import annotations

from collections.abc import Iterable

SEPARATOR = "; "


def note(key: str, about: Iterable[object]) -> str:
    """`"missing_points: 1.1, 1.2"`; nothing where there is nothing to speak of."""
    named = ", ".join(map(str, about))
    return f"{key}: {named}" if named else ""


def join_notes(*notes: str) -> str:
    """Several remarks as one text, empty ones left out."""
    return SEPARATOR.join(filter(None, notes))


def split_notes(text: str) -> list[tuple[str, str]]:
    """The (key, what it speaks of) of each remark in a text made by `join_notes`."""
    parts = [part.partition(": ") for part in text.split(SEPARATOR) if part]
    return [(key, about) for key, _, about in parts]
