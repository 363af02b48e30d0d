"""What is printed for a batch: whose forms they are, and what people are told before they answer."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from questionnaires.faults import N_
from questionnaires.paper import words
from questionnaires.paper.refused import refusal
from questionnaires.text import nfc

NO_FORMS = N_("Batch “%(batch)s” holds no form to print.")


@dataclass(frozen=True)
class Notice:
    """Who asks, why, by what right, and until when the forms are kept; what is empty is left out.

    `introduction` is what the questionnaire itself says above, by language: its owner's words stand, and the
    notice does not repeat from them that answering is voluntary. `synthetic` is an
    example, which says so.
    """

    asker: str = ""
    purpose: str = ""
    legal_basis: str = ""
    keep_until: datetime.date | None = None
    contact: str = ""
    introduction: Mapping[str, str] = field(default_factory=dict)
    synthetic: bool = False

    def text(self, language: str) -> str:
        """The notice in the form's language. It always says that people may leave questions out or stop, and
        that answering is voluntary, unless the introduction does.
        """
        return " ".join(self._sentences(language))

    def _sentences(self, language: str) -> Iterator[str]:
        say = words.translator(language)
        day = f"{self.keep_until:%d/%m/%Y}" if self.keep_until else ""
        if self.synthetic:
            yield say(words.SYNTHETIC)
        if self.asker:
            yield say(words.ASKER) % {"asker": _open(self.asker)}
        if self.purpose:
            yield say(words.PURPOSE) % {"purpose": _open(self.purpose)}
        if self.legal_basis:
            yield say(words.LEGAL_BASIS) % {"basis": _open(self.legal_basis)}
        yield say(words.MAY_STOP if self._is_said_above(language) else words.VOLUNTARY)
        if day:
            yield say(words.KEEP_UNTIL) % {"day": day}
        if self.contact:
            yield say(words.CONTACT) % {"contact": _open(self.contact)}

    def _is_said_above(self, language: str) -> bool:
        """By the one word that no such sentence is without. Of another language nothing is taken as said."""
        word = words.VOLUNTARILY.get(language)
        return word is not None and word in nfc(self.introduction.get(language, "")).casefold()


@dataclass(frozen=True)
class PrintedNotice:
    """What people were told on forms printed before, so that a sheet printed again says the same."""

    words: str

    def text(self, language: str) -> str:
        return self.words


def _open(text: str) -> str:
    """Without the full stop, which the sentence brings along."""
    return text.strip().rstrip(".")


@dataclass(frozen=True)
class Batch:
    """Forms handed to one enumerator for one unit; `serials` in the order they are printed; `printed_on` may
    not be known.
    """

    code: str
    serials: Sequence[int]
    unit: str = ""
    commune: str = ""
    enumerator: str = ""
    printed_on: datetime.date | None = None


def with_forms(batches: Iterable[Batch]) -> Iterator[Batch]:
    """The batches; raises PaperError at one without forms."""
    for batch in batches:
        if not batch.serials:
            raise refusal(NO_FORMS, batch=batch.code)
        yield batch
