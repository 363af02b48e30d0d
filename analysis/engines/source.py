"""The boundary between statistics and the place where rows lie: work goes to the rows, sums come back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol, TypeVar

import pandas as pd

from analysis.estimation.design_error import DesignError
from questionnaires.faults import N_

Part = TypeVar("Part")

Work = Callable[[pd.DataFrame], Part]
"""What is done with a block of rows; it can be pickled, and its result is small beside the rows."""

Join = Callable[[Sequence[Part]], Part]
"""Puts the results for several blocks together, as if the blocks had been one."""

BLOCK = 100_000
"""Rows worked on at once."""

_PENDING = 16


class Source(Protocol):
    """Rows that are never in memory all at once."""

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns there are."""

    def reduce(self, work: Work[Part], join: Join[Part], columns: Sequence[str]) -> Part:
        """The joined results of `work` on every block of rows, each a frame with `columns`."""


def fold(parts: Iterable[Part], join: Join[Part]) -> Part:
    """Join the parts, holding few of them at any time. Raises DesignError where there are none."""
    held: list[Part] = []
    for part in parts:
        held.append(part)
        if len(held) > _PENDING:
            held = [join(held)]
    if not held:
        raise DesignError(N_("The data have no rows."))
    return join(held)


def lacking(extra: str) -> DesignError:
    """What to say where a library of an optional extra is not installed."""
    return DesignError(
        N_(
            "This needs “%(library)s”, which is not installed. Install the extra “big” (pip install "
            "'hailong[big]')."
        ),
        library=extra,
    )
