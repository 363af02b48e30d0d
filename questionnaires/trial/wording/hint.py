"""A hint about wording: the words it is about, why people stumble there, and what to write instead."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from questionnaires.faults import Fault


@dataclass(frozen=True)
class Hint:
    """Advice, never a fault: the author may know better.

    `place` is the code of a section, question, row or scale, blank for the questionnaire's own introduction;
    `rule` the name of the rule, to count and to silence by. `quoted` are the words as written, in `language`.
    """

    place: str
    rule: str
    language: str
    quoted: str
    why: Fault
    instead: Fault

    def sentences(self, translate: Callable[[str], str] = str, language: str = "vi") -> tuple[str, str]:
        """Why, and what to write instead, in the language of the interface."""
        return self.why.sentence(translate, language), self.instead.sentence(translate, language)

    def __str__(self) -> str:
        return f"{self.place}: “{self.quoted}”: {' '.join(self.sentences())}"


def hint(place: str, rule: str, language: str, quoted: str, why: str, instead: str, **values: object) -> Hint:
    """A hint whose two sentences share their values."""
    return Hint(place, rule, language, quoted, Fault(place, why, values), Fault(place, instead, values))
