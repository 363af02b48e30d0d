"""How fast people read and answer: every number the estimate of time rests on, with its source or as ours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from questionnaires.faults import N_, Term

OURS = N_("An assumption of this software; no published figure was found.")
VIETNAMESE = N_(
    "An assumption: no published speed of silent reading in Vietnamese was found. People read Vietnamese "
    "aloud at 5.25 syllables a second (Coupé, Oh, Dediu, Pellegrino 2019, Science Advances); silent reading "
    "is taken to be faster by as much as in English (238 to 183 words a minute, most people 175 to 300: "
    "Brysbaert 2019, Journal of Memory and Language 109, 104047)."
)
ENGLISH = N_(
    "Silent reading of non-fiction in English: 238 words a minute, most people 175 to 300 (Brysbaert 2019, "
    "Journal of Memory and Language 109, 104047)."
)
CLOSED = N_(
    "An assumption, chosen so that an ordinary question takes about 10 seconds with its reading, as Pew "
    "Research Center reports of its web surveys (“How we keep our online surveys from running too long”, "
    "2022)."
)


@dataclass(frozen=True)
class Spread:
    """A figure for slow, typical and quick people."""

    slow: float
    typical: float
    quick: float


@dataclass(frozen=True)
class Assumption:
    """One number of the model as a page prints it: what it is, the figures, and where they are from."""

    name: Term
    figures: Spread
    source: Term


SYLLABLES_A_MINUTE = Spread(301, 410, 516)
"""Vietnamese: 5.25 × 60 × 175/183, 238/183 and 300/183."""

WORDS_A_MINUTE = Spread(175, 238, 300)

SECONDS_TO_ANSWER: Mapping[str, Spread] = {
    "single": Spread(9, 5, 2.5),
    "scale": Spread(8, 4, 2),
    "matrix": Spread(7, 3.5, 1.5),
    "multiple": Spread(18, 9, 4),
    "rank": Spread(8, 4, 2),
    "integer": Spread(12, 6, 3),
    "decimal": Spread(14, 7, 3),
    "date": Spread(16, 8, 4),
    "text": Spread(30, 15, 5),
    "long_text": Spread(120, 40, 10),
    "place": Spread(16, 8, 4),
    "unit": Spread(16, 8, 4),
    "note": Spread(0, 0, 0),
}
"""Kind → seconds beside reading, to think and to write: of each row of a matrix, of each choice ranked."""

CLOSED_KINDS = ("single", "scale")

NAMES = {
    "single": N_("Seconds to choose one answer"),
    "scale": N_("Seconds to choose a level of a scale"),
    "matrix": N_("Seconds to choose a level in a row of a table"),
    "multiple": N_("Seconds to choose several answers"),
    "rank": N_("Seconds to place one choice in order"),
    "integer": N_("Seconds to write a whole number"),
    "decimal": N_("Seconds to write a number"),
    "date": N_("Seconds to write a date"),
    "text": N_("Seconds to write a line of text"),
    "long_text": N_("Seconds to write a longer text"),
    "place": N_("Seconds to pick a place"),
    "unit": N_("Seconds to pick an agency"),
}
READING = {
    "vi": (N_("Syllables of Vietnamese read in a minute"), VIETNAMESE),
    "en": (N_("Words of English read in a minute"), ENGLISH),
}
CHOICES_READ = N_("Choices read in a list, at most")


@dataclass(frozen=True)
class Pace:
    """The settings of the estimate. `reading`: language → words a minute, any other language at `other`'s.

    `most_choices`: nobody reads a list of 300 places through.
    """

    reading: Mapping[str, Spread] = field(
        default_factory=lambda: {"vi": SYLLABLES_A_MINUTE, "en": WORDS_A_MINUTE}
    )
    answering: Mapping[str, Spread] = field(default_factory=lambda: SECONDS_TO_ANSWER)
    most_choices: int = 10

    def read(self, language: str) -> Spread:
        return self.reading.get(language, WORDS_A_MINUTE)

    def assumptions(self, language: str, kinds: list[str]) -> tuple[Assumption, ...]:
        """Everything an estimate in this language for these kinds of questions rests on."""
        name, source = READING.get(language, READING["en"])
        most = Spread(self.most_choices, self.most_choices, self.most_choices)
        return (
            Assumption(Term(name), self.read(language), Term(source)),
            *(
                Assumption(Term(NAMES[kind]), self.answering[kind], Term(_source_of(kind)))
                for kind in kinds
                if kind in NAMES and kind in self.answering
            ),
            Assumption(Term(CHOICES_READ), most, Term(OURS)),
        )


def _source_of(kind: str) -> str:
    return CLOSED if kind in CLOSED_KINDS else OURS


PACE = Pace()
