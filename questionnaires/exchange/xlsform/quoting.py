"""Texts that an XLSForm would misread: `${…}` in them is a reference there, and there is no escape."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from questionnaires.dump import EXPRESSIONS, plain
from questionnaires.faults import N_, Fault
from questionnaires.schema import Questionnaire

SIGN = "${"
MISREAD = N_(
    "The text “%(text)s” holds ${…}, which an XLSForm takes for another answer. Write it in other words."
)
LONGEST = 60


def misread_texts(questionnaire: Questionnaire) -> list[Fault]:
    """A fault for each text with `${`, at its place in the definition."""
    return [
        Fault(place, MISREAD, {"text": text if len(text) <= LONGEST else f"{text[:LONGEST]}…"})
        for place, text in _texts("", plain(questionnaire))
        if SIGN in text
    ]


def _texts(place: str, value: Any) -> Iterator[tuple[str, str]]:
    """Every text of a definition with its place; expressions are none."""
    if isinstance(value, str):
        yield place, value
        return
    pairs: Any = enumerate(value, 1) if isinstance(value, list) else ()
    if isinstance(value, Mapping):
        pairs = ((key, inner) for key, inner in value.items() if key not in EXPRESSIONS)
    for key, inner in pairs:
        yield from _texts(f"{place}.{key}" if place else str(key), inner)
