"""One item of a questionnaire as columns of the dataset, filled answer by answer."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator
from typing import Any, Protocol

import numpy as np
import pandas as pd

from questionnaires.faults import N_
from questionnaires.schema import Choice, Item

MISSING_CODES = {"not_asked": -9, "dont_know": -8, "refused": -7, "blank": -6, "not_applicable": -5}
"""Why there is no answer → the code that stands in its place (user-missing values in statistics programs)."""

MISSING_TEXTS = {str(code): kind for kind, code in MISSING_CODES.items()}

NO_SUCH_CHOICE = N_("“%(value)s” is not one of the answers to choose from.")
NOT_A_NUMBER = N_("“%(value)s” is not a number.")
TAKEN_CODE = N_("The number %(value)s marks a missing answer and cannot be an answer.")


class BadValue(ValueError):
    """A value that its column cannot hold; the message is a template with a slot for `value`."""


class Columns(Protocol):
    """What each kind of column can do. `absent` is "blank" or "not_asked"."""

    def add(self, value: Any) -> None: ...
    def add_absent(self, absent: str) -> None: ...
    def series(self) -> Iterator[tuple[str, Any]]: ...
    def codebook(self) -> Iterator[dict[str, object]]: ...


def _row(
    column: str, item: Item, kind: str, code: str = "", missing: str = "", label=None
) -> dict[str, object]:
    """A line of the codebook; `label` are the words of the code."""
    return {
        "column": column,
        "item": item.code,
        "text_vi": item.text.get("vi", ""),
        "text_en": item.text.get("en", ""),
        "kind": kind,
        "code": code,
        "label_vi": (label or {}).get("vi", ""),
        "label_en": (label or {}).get("en", ""),
        "missing": missing,
    }


def _missing_rows(column: str, item: Item, kind: str) -> Iterator[dict[str, object]]:
    words = {choice.missing: choice.text for choice in item.question.choices if choice.missing}
    for reason, code in MISSING_CODES.items():
        yield _row(column, item, kind, str(code), reason, words.get(reason))


class ChoiceColumn:
    """One choice of several: a categorical column of choice codes, levels first, then the missing codes."""

    def __init__(self, item: Item) -> None:
        self.item = item
        levels = [choice.code for choice in item.levels]
        self.categories = list(dict.fromkeys([*levels, *MISSING_TEXTS]))
        self.places = {code: place for place, code in enumerate(self.categories)}
        self.places |= {choice.code: self._missing_place(choice) for choice in _missing(item)}
        self.codes = array("h")

    def _missing_place(self, choice: Choice) -> int:
        return self.places[str(MISSING_CODES[str(choice.missing)])]

    def add(self, value: Any) -> None:
        place = self.places.get(value) if isinstance(value, str) else None
        if place is None:
            raise BadValue(NO_SUCH_CHOICE)
        self.codes.append(place)

    def add_absent(self, absent: str) -> None:
        self.codes.append(self.places[str(MISSING_CODES[absent])])

    def series(self) -> Iterator[tuple[str, Any]]:
        codes = np.frombuffer(self.codes, dtype=np.int16) if self.codes else np.empty(0, np.int16)
        yield self.item.code, pd.Categorical.from_codes(codes, dtype=pd.CategoricalDtype(self.categories))

    def codebook(self) -> Iterator[dict[str, object]]:
        for choice in self.item.levels:
            yield _row(self.item.code, self.item, "choice", choice.code, label=choice.text)
        yield from _missing_rows(self.item.code, self.item, "choice")


class SeveralColumns:
    """Several choices at once: a column `item__choice` each, 1 chosen, 0 not; for ranks the place or 0."""

    def __init__(self, item: Item, ranked: bool = False) -> None:
        self.item, self.ranked = item, ranked
        self.chosen = {choice.code: array("h") for choice in item.levels}
        self.missing = {choice.code: MISSING_CODES[str(choice.missing)] for choice in _missing(item)}

    def add(self, value: Any) -> None:
        codes = value if isinstance(value, list) else [value]
        if strange := [code for code in codes if code not in self.chosen and code not in self.missing]:
            raise BadValue(NO_SUCH_CHOICE, strange[0])
        excused = next((self.missing[code] for code in codes if code in self.missing), 0)
        places = {code: place if self.ranked else 1 for place, code in enumerate(codes, start=1)}
        for code, column in self.chosen.items():
            column.append(excused or places.get(code, 0))

    def add_absent(self, absent: str) -> None:
        for column in self.chosen.values():
            column.append(MISSING_CODES[absent])

    def series(self) -> Iterator[tuple[str, Any]]:
        for code, column in self.chosen.items():
            yield f"{self.item.code}__{code}", np.array(column, dtype=np.int16)

    def codebook(self) -> Iterator[dict[str, object]]:
        kind = "place" if self.ranked else "indicator"
        for choice in self.item.levels:
            column = f"{self.item.code}__{choice.code}"
            yield _row(column, self.item, kind, label=choice.text)
            yield from _missing_rows(column, self.item, kind)


class NumberColumn:
    """A number a response; a missing answer is its code."""

    def __init__(self, item: Item) -> None:
        self.item = item
        self.numbers = array("d")

    def add(self, value: Any) -> None:
        if not isinstance(value, int | float) or isinstance(value, bool):
            raise BadValue(NOT_A_NUMBER)
        if value in MISSING_CODES.values():
            raise BadValue(TAKEN_CODE)
        self.numbers.append(value)

    def add_absent(self, absent: str) -> None:
        self.numbers.append(MISSING_CODES[absent])

    def series(self) -> Iterator[tuple[str, Any]]:
        yield self.item.code, np.array(self.numbers, dtype=np.float64)

    def codebook(self) -> Iterator[dict[str, object]]:
        yield _row(self.item.code, self.item, "number")
        yield from _missing_rows(self.item.code, self.item, "number")


class TextColumn:
    """Words or a date as written."""

    def __init__(self, item: Item) -> None:
        self.item = item
        self.texts: list[str] = []

    def add(self, value: Any) -> None:
        self.texts.append(str(value))

    def add_absent(self, absent: str) -> None:
        self.texts.append(str(MISSING_CODES[absent]))

    def series(self) -> Iterator[tuple[str, Any]]:
        yield self.item.code, np.array(self.texts, dtype=object)

    def codebook(self) -> Iterator[dict[str, object]]:
        yield _row(self.item.code, self.item, "text")
        yield from _missing_rows(self.item.code, self.item, "text")


def _pick(item: Item) -> Columns:
    """A place or unit: a choice, or a code of a list that the questionnaire does not know."""
    return ChoiceColumn(item) if item.question.choices else TextColumn(item)


def _missing(item: Item) -> list[Choice]:
    return [choice for choice in item.question.choices if choice.missing]


BUILDERS: dict[str, Callable[[Item], Columns]] = {
    "single": ChoiceColumn,
    "scale": ChoiceColumn,
    "matrix": ChoiceColumn,
    "multiple": SeveralColumns,
    "rank": lambda item: SeveralColumns(item, ranked=True),
    "integer": NumberColumn,
    "decimal": NumberColumn,
    "place": _pick,
    "unit": _pick,
    "text": TextColumn,
    "long_text": TextColumn,
    "date": TextColumn,
}
"""Kind of question → the columns that hold its answers."""
