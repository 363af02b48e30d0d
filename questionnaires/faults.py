"""A fault in a definition or an answer: where it is, what is wrong, and the values its sentence names."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field


def N_(template: str) -> str:  # the marker every gettext extractor knows
    """Mark a sentence for translation where no translator is at hand."""
    return template


class Term(str):
    """A value that is itself a word to translate; make it of a text marked with `N_`."""


class Words(dict[str, str]):
    """A value written in several languages: the words of a definition, quoted in a sentence about it."""

    def __str__(self) -> str:
        return self.get("vi") or next(iter(self.values()), "")


@dataclass(frozen=True)
class Fault:
    """One thing wrong. `place` is a path people can follow, its positions counted from 1
    ("sections.1.questions.3.relevant"), or the code of an item.

    `template` is an English sentence with `%(name)s` slots: the interface translates it, then fills in
    `values`; `sentence` does both.
    """

    place: str
    template: str
    values: Mapping[str, object] = field(default_factory=dict)

    def sentence(self, translate: Callable[[str], str] = str, language: str = "vi") -> str:
        """The sentence in a language; `translate` is the interface's gettext."""
        values = {name: _spoken(value, translate, language) for name, value in self.values.items()}
        return translate(self.template) % values

    def __str__(self) -> str:
        return f"{self.place}: {self.sentence()}" if self.place else self.sentence()


def _spoken(value: object, translate: Callable[[str], str], language: str) -> object:
    if isinstance(value, Words):
        return value.get(language) or value
    if isinstance(value, float):
        return f"{value:.10g}".replace(".", "," if language == "vi" else ".")
    return translate(value) if isinstance(value, Term) else value


class DefinitionError(ValueError):
    """A definition was refused; `faults` names everything wrong with it at once."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))
