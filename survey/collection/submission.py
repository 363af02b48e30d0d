"""What comes in, what becomes of it, and the reasons to refuse it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from questionnaires.faults import Fault


@dataclass(frozen=True)
class PaperEntry:
    """The printed form that a submission was keyed from. `keyed_by` is the id of a user; None where it was
    read by the machine.
    """

    batch_id: int
    number: int
    keyed_by: int | None


@dataclass(frozen=True)
class Submission:
    """One filled form. `stratum_id` is its design cell, which also says which unit it rates; None where
    several units are rated in one sitting.

    `blanks_confirmed`: whoever keyed it saw that required answers are blank on the paper. `flags` are signals
    for the analyst, noted with the response.
    """

    response_id: uuid.UUID
    stratum_id: int | None
    answers: Mapping[str, Any]
    mode: str = "online"
    psu: str | None = None
    paper: PaperEntry | None = None
    blanks_confirmed: bool = False
    flags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """`repeated`: this submission had been accepted before, and nothing was changed. `left_out`: the strata
    of those units of a sitting that had enough answers, so that what was said of them is not stored.
    """

    response_id: uuid.UUID
    repeated: bool = False
    left_out: tuple[int, ...] = ()


class NotAccepted(Exception):
    """Nothing was stored."""


class Refused(NotAccepted):
    """Nothing was stored; `faults` names everything wrong.

    The place of a fault is the code of an item, or "form", "number" (of a paper form), "unit" or "reason".
    """

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))


class CodeUsed(NotAccepted):
    """Somebody has already answered with this personal code."""


class DraftMissing(NotAccepted):
    """There is no draft under this key: never begun, or already sent."""


class QuotaFull(NotAccepted):
    """The survey has as many answers as it needs from people of this kind."""


class SurveyClosed(NotAccepted):
    """The survey takes no answers today; `standing` is "early", "paused" or "closed"."""

    def __init__(self, standing: str) -> None:
        self.standing = standing
        super().__init__(standing)
