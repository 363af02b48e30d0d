"""The signals: what each means, which honest reasons it has, and where the measure comes from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from questionnaires.faults import N_
from questionnaires.quality import SAME_TEXT, SECONDS_PER_ITEM, STRAIGHT_LINING
from questionnaires.quality.straight import FEWEST_IN_BLOCK, FEWEST_RATED
from questionnaires.quality.texts import FEWEST_PEOPLE, SHORTEST
from survey.respond.sending.signals import BURST

OUR_OWN = N_("The measure and its limit are our own.")


@dataclass(frozen=True)
class Signal:
    """Sentences are English templates; `values` fill their slots."""

    kind: str
    name: str
    meaning: str
    reasons: str
    source: str
    values: Mapping[str, int] = field(default_factory=dict)


SIGNALS = (
    Signal(
        "fast",
        N_("very fast"),
        N_("From the start to sending, less than %(seconds)s seconds went by for each answer."),
        N_(
            "Who knows the form, as staff who help at a desk do, needs little time. Where somebody read the "
            "paper form first, typing it in is quick."
        ),
        N_(
            "Huang, Curran, Keeney, Poposki and DeShon (2012), Journal of Business and Psychology 27, "
            "99–114: hardly anybody answers an item with care in under two seconds."
        ),
        {"seconds": SECONDS_PER_ITEM},
    ),
    Signal(
        "burst",
        N_("many from one address"),
        N_(
            "More than %(forms)s forms came from one internet address that day. The address itself is not "
            "kept: it is counted for a day under a code that cannot be turned back."
        ),
        N_(
            "An office, a one-stop desk with its own network, a school, or a whole telephone network shares "
            "one address."
        ),
        OUR_OWN,
        {"forms": BURST},
    ),
    Signal(
        "same_device",
        N_("same device again"),
        N_("The browser had sent a form of this survey before."),
        N_("A family or a village shares a telephone; staff lend theirs to people who have none."),
        OUR_OWN,
    ),
    Signal(
        STRAIGHT_LINING,
        N_("one level throughout"),
        N_(
            "At least %(rated)s items have a level, and each list with %(block)s answers or more has one "
            "level from top to bottom."
        ),
        N_("Who is content with everything, or with nothing, truly ticks one level all the way."),
        N_(
            "The longest run of one answer, after Johnson (2005), Journal of Research in Personality 39, "
            "103–129. The limits are our own."
        ),
        {"rated": FEWEST_RATED, "block": FEWEST_IN_BLOCK},
    ),
    Signal(
        SAME_TEXT,
        N_("same words as others"),
        N_(
            "At least %(people)s people wrote the same words at an open question, %(characters)s characters "
            "or more, capitals, marks and spaces aside."
        ),
        N_(
            "People repeat a phrase that everybody uses, or have their answers written down by the same "
            "helper."
        ),
        OUR_OWN,
        {"people": FEWEST_PEOPLE, "characters": SHORTEST},
    ),
)
KINDS = tuple(signal.kind for signal in SIGNALS)


def in_order(kinds: Iterable[str]) -> list[Signal]:
    """The signals of these kinds, always in the same order."""
    found = set(kinds)
    return [signal for signal in SIGNALS if signal.kind in found]
