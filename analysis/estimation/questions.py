"""What is asked of a design: means, totals or ratios of columns, by domains. Kinds of design answer it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import singledispatch
from typing import Literal

from analysis.estimation.design import Columns
from analysis.estimation.design_error import DesignError
from analysis.estimation.estimate import Estimate
from analysis.estimation.estimation import Deff, Missing, check_option, domain_columns
from questionnaires.faults import N_

Kind = Literal["mean", "total", "ratio"]


@dataclass(frozen=True)
class Question:
    """Σwy / Σw ("mean"), Σwy ("total") or Σwy / Σwx ("ratio") of columns, by domain.

    `tops`: the columns y; `bottoms`: the columns x of a ratio, one for each y or one for all.
    """

    kind: Kind
    tops: tuple[str, ...]
    bottoms: tuple[str, ...]
    by: tuple[str, ...]
    missing: Missing
    level: float
    deff: Deff

    @classmethod
    def of(
        cls,
        kind: Kind,
        tops: str | Sequence[str],
        bottoms: str | Sequence[str],
        by: Columns,
        missing: Missing,
        level: float,
        deff: Deff,
    ) -> Question:
        """The question, once its options are known to be such. Raises DesignError."""
        check_option("missing", missing, Missing)
        check_option("deff", deff, Deff)
        above, below = _names(tops), _names(bottoms)
        if not above:
            raise DesignError(N_("No column was named to estimate."))
        if kind == "ratio" and len(below) not in (1, len(above)):
            raise DesignError(
                N_("%(above)s numerators cannot be paired with %(below)s denominators."),
                above=len(above),
                below=len(below),
            )
        below = below * len(above) if len(below) == 1 else below
        return cls(kind, above, below, tuple(domain_columns(by)), missing, level, deff)


@dataclass(frozen=True)
class ShareQuestion:
    """The share of `item` that answers `level`, by domain, with an interval by `method`."""

    item: str
    level: object
    method: str
    by: tuple[str, ...]
    confidence: float


@singledispatch
def answer(design: object, question: Question) -> Estimate:
    """The estimates asked for. Each kind of design registers how it finds them."""
    raise DesignError(
        N_("Estimates are made from a design, not from a %(type)s."), type=type(design).__name__
    )


@singledispatch
def answer_share(design: object, question: ShareQuestion) -> Estimate:
    """The shares asked for, found as each kind of design does."""
    raise DesignError(
        N_("Shares are estimated from a design, not from a %(type)s."), type=type(design).__name__
    )


def _names(names: str | Sequence[str]) -> tuple[str, ...]:
    return (names,) if isinstance(names, str) else tuple(names)
