"""Two readings of one form, item by item."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from questionnaires.routing import asked_items
from questionnaires.schema import Questionnaire
from survey.db import today
from survey.models import FormReading

NOTHING_THERE = ("blank", "unreadable")
OFF_THE_RECORD = (*NOTHING_THERE, "impossible")
WRITTEN = ("text", "long_text")


@dataclass(frozen=True)
class Entries:
    """What a reading says: answers by item, and what is noted of items. A blank is no answer."""

    answers: Mapping[str, Any] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)

    def value(self, item: str) -> Any:
        return None if self.notes.get(item) in NOTHING_THERE else self.answers.get(item)

    def on_record(self) -> dict[str, Any]:
        """The answers that may become a response, those to questions that are not asked still among them."""
        return {
            item: value for item, value in self.answers.items() if self.notes.get(item) not in OFF_THE_RECORD
        }

    def changed(self, item: str, value: Any, note: str) -> Entries:
        """These, with one item read otherwise."""
        answers = {code: answer for code, answer in self.answers.items() if code != item}
        notes = {code: said for code, said in self.notes.items() if code != item}
        return Entries(
            answers if value is None else {**answers, item: value}, {**notes, item: note} if note else notes
        )


def entries_of(reading: FormReading) -> Entries:
    return Entries(reading.answers, reading.notes)


def compared_items(questionnaire: Questionnaire, *readings: Entries) -> list[str]:
    """The items that any of the readings was asked for, or holds, in the order of the form."""
    asked = {
        item.code
        for reading in readings
        for item in asked_items(questionnaire, reading.on_record(), today=today())
    }
    held = {item for reading in readings for item in reading.answers}
    return [item.code for item in questionnaire.items() if item.code in asked | held]


def differing(questionnaire: Questionnaire, one: Entries, other: Entries) -> list[str]:
    """The items that two readings do not agree on, in the order of the form."""
    kinds = {item.code: item.question.kind for item in questionnaire.items()}
    return [
        item
        for item in compared_items(questionnaire, one, other)
        if not is_same(kinds[item], one.value(item), other.value(item))
    ]


def is_same(kind: str, one: Any, other: Any) -> bool:
    """Of words by hand, capitals and spaces are nothing to differ about."""
    if kind in WRITTEN and one is not None and other is not None:
        return plain(one) == plain(other)
    return bool(one == other)


def plain(text: str) -> str:
    return " ".join(text.split()).casefold()
