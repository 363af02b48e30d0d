"""What stands in the fields of a page: asked for by the macros, or set into places they left open before."""

from __future__ import annotations

import re
import secrets
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup, escape

Texts = Mapping[str, Sequence[str]]

HIDDEN, CHECKED, SELECTED = " hidden", " checked", " selected"
# In a page it stands for a place to fill; no text of a questionnaire can hold it, as nobody knows it before.
MARK = f"slot-{secrets.token_hex(16)}-"
SLOT = re.compile(f"{MARK}(\\d+);")


@dataclass(frozen=True)
class Filling:
    """One person's page: the raw texts of its items, and the questions that are asked."""

    texts: Texts
    asked: Collection[str]

    def hidden(self, question: str) -> str:
        return "" if question in self.asked else HIDDEN

    def checked(self, item: str, choice: str) -> str:
        return CHECKED if choice in self.texts.get(item, ()) else ""

    def selected(self, item: str, choice: str, place: int) -> str:
        return SELECTED if [choice] == list(self.texts.get(item, ())[place : place + 1]) else ""

    def value(self, item: str) -> str:
        return next(iter(self.texts.get(item, ())), "")


@dataclass
class Stencil:
    """Answers as a Filling does, with a mark for each place that differs from person to person."""

    slots: list[Hashable] = field(default_factory=list)

    def hidden(self, question: str) -> Markup:
        return self._slot(HIDDEN)

    def checked(self, item: str, choice: str) -> Markup:
        return self._slot((CHECKED, item, choice))

    def selected(self, item: str, choice: str, place: int) -> Markup:
        return self._slot((SELECTED, item, choice, place))

    def value(self, item: str) -> Markup:
        return self._slot((item,))

    def _slot(self, what: Hashable) -> Markup:
        self.slots.append(what)
        return Markup(f"{MARK}{len(self.slots) - 1};")


@dataclass(frozen=True)
class Written:
    """A question as HTML with open places. `pieces` has an empty text at each of them, `places` says where
    they are: what goes in → indexes of `pieces`.
    """

    question: str
    items: tuple[str, ...]
    pieces: tuple[str, ...]
    places: Mapping[Hashable, tuple[int, ...]]

    @classmethod
    def of(cls, question: str, items: tuple[str, ...], html: str, slots: Sequence[Hashable]) -> Written:
        """`html` as the macros made it with a Stencil, which noted the `slots`."""
        pieces = SLOT.split(html)
        places: dict[Hashable, tuple[int, ...]] = {}
        for index in range(1, len(pieces), 2):
            slot = slots[int(pieces[index])]
            places[slot] = (*places.get(slot, ()), index)
            pieces[index] = ""
        return cls(question, items, tuple(pieces), places)

    def filled(self, filling: Filling) -> str:
        """As the macros write it for this person: safe HTML."""
        pieces = list(self.pieces)
        if filling.hidden(self.question):
            self._set(pieces, HIDDEN, HIDDEN)
        for item in self.items:
            self._fill(pieces, item, filling.texts.get(item, ()))
        return "".join(pieces)

    def _fill(self, pieces: list[str], item: str, texts: Sequence[str]) -> None:
        for place, text in enumerate(texts):
            self._set(pieces, (CHECKED, item, text), CHECKED)
            self._set(pieces, (SELECTED, item, text, place), SELECTED)
        for text in texts[:1]:
            self._set(pieces, (item,), escape(text))

    def _set(self, pieces: list[str], slot: Hashable, text: str) -> None:
        for index in self.places.get(slot, ()):
            pieces[index] = text
