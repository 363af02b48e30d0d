"""A definition that somebody brought in a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext

from questionnaires.faults import N_
from questionnaires.sheets import SheetFault
from survey.language import sentence

MOST_PLACES = 30
AND_MORE = N_("and %(count)s more")


@dataclass(frozen=True)
class Brought:
    """What a file holds. `notes`: what was lost or changed on the way; `assumed`: which of "code", "version",
    "group" and "language" the file does not say, so that people are asked.
    """

    content: Mapping[str, Any]
    notes: tuple[SheetFault, ...] = ()
    assumed: frozenset[str] = frozenset()
    format: str = ""

    @property
    def is_to_confirm(self) -> bool:
        return bool(self.notes or self.assumed)


@dataclass(frozen=True)
class Note:
    """What was lost or changed, once for all the cells of which it is said."""

    words: str
    places: tuple[str, ...]

    @property
    def where(self) -> str:
        places = ", ".join(self.places[:MOST_PLACES])
        more = len(self.places) - MOST_PLACES
        return f"{places} {gettext(AND_MORE) % {'count': more}}" if more > 0 else places


def in_words(notes: Iterable[SheetFault]) -> list[Note]:
    """The notes in the reader's language, those alike in one."""
    places: dict[str, list[str]] = {}
    for note in notes:
        places.setdefault(sentence(note), []).append(place_of(note))
    return [Note(words, tuple(filter(None, found))) for words, found in places.items()]


def place_of(note: SheetFault) -> str:
    """A cell as spreadsheets name it, with its sheet."""
    return f"{note.sheet} {note.letter}{note.row or ''}".strip()
