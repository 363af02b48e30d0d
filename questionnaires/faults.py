"""A fault in a definition or an answer: where it is, what is wrong, and the values to name in the sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


def N_(template: str) -> str:  # the marker every gettext extractor knows
    """Mark a sentence for translation where no translator is at hand."""
    return template


@dataclass(frozen=True)
class Fault:
    """One thing wrong. `place` is a path people can follow ("sections.1.questions.3.relevant").

    `template` is an English sentence with `%(name)s` slots: the interface translates it, then fills in `values`.
    """

    place: str
    template: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.place}: {self.template % dict(self.values)}" if self.place else self.template % dict(self.values)


class DefinitionError(ValueError):
    """A definition was refused; `faults` names everything wrong with it at once."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))
