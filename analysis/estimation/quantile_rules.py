"""Rules for quantiles of weighted answers: where, between two answers, a quantile lies."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

Rule = Literal["math", "school", "shahvaish", "hf1", "hf2", "hf3", "hf4", "hf5", "hf6", "hf7", "hf8", "hf9"]


@dataclass(frozen=True, eq=False)
class Ordered:
    """Answers in ascending order, each with its weight, all above 0; (n,) each. `total` of the weights.

    A quantile may hang on whether a share of the weights is exactly p. So that such ties fall as they do
    in R, weights are added one by one in extended precision, `total` in the order of the data.
    """

    answers: np.ndarray
    weights: np.ndarray
    total: float

    @property
    def cumulative(self) -> np.ndarray:
        return running_sum(self.weights)

    def share_up_to(self, limit: float) -> float:
        """Weighted share of the answers at or below `limit`."""
        count = np.searchsorted(self.answers, limit, side="right")
        return float((self.weights[:count] / self.total).astype(np.longdouble).sum())

    def distinct(self) -> Ordered:
        """Each answer once, with the weight of all who gave it."""
        answers, codes = np.unique(self.answers, return_inverse=True)
        return Ordered(answers, np.bincount(codes, self.weights), self.total)


def running_sum(values: np.ndarray) -> np.ndarray:
    return np.cumsum(values, dtype=np.longdouble).astype(float)


def quantiles_of(ordered: Ordered, probabilities: np.ndarray, rule: Rule) -> np.ndarray:
    """(P,) quantiles; nan where the probability is nan, or where nobody answered."""
    found = np.full(len(probabilities), np.nan)
    known = ~np.isnan(probabilities)
    if len(ordered.answers) == 1:
        found[known] = ordered.answers[0]
    elif len(ordered.answers):
        found[known] = _RULES[rule](ordered, probabilities[known])
    return found


@dataclass(frozen=True, eq=False)
class _Bracket:
    """The answers on either side of each probability, and the shares of weight from there to it; (P,) each.

    `rank`: the place, from 1, of the lower answer. Where even the first answer weighs more than the
    probability, the pair is the first and the second, as in R.
    """

    lower: np.ndarray
    upper: np.ndarray
    below: np.ndarray
    above: np.ndarray
    rank: np.ndarray


def _bracket(ordered: Ordered, p: np.ndarray) -> _Bracket:
    cumulative = ordered.cumulative
    low = np.maximum(np.searchsorted(cumulative, p * ordered.total, side="right") - 1, 0)
    high = np.minimum(low + 1, len(cumulative) - 1)
    shares = cumulative / ordered.total
    return _Bracket(ordered.answers[low], ordered.answers[high], p - shares[low], shares[high] - p, low + 1)


def _lower_on_a_tie(ordered: Ordered, p: np.ndarray) -> np.ndarray:
    at = _bracket(ordered, p)
    return np.where(at.below == 0, at.lower, at.upper)


def _middle_on_a_tie(ordered: Ordered, p: np.ndarray) -> np.ndarray:
    at = _bracket(ordered, p)
    return np.where(at.below == 0, (at.lower + at.upper) / 2, at.upper)


def _even_on_a_tie(ordered: Ordered, p: np.ndarray) -> np.ndarray:
    at = _bracket(ordered.distinct(), p)
    return np.where((at.below == 0) & (at.rank % 2 == 0), at.lower, at.upper)


def _along_the_steps(ordered: Ordered, p: np.ndarray) -> np.ndarray:
    at = _bracket(ordered, p)
    width = at.below + at.above
    part = np.divide(at.below, width, out=np.zeros(len(p)), where=width != 0)
    return at.lower * (1 - part) + at.upper * part


def _between(positions: Callable[[np.ndarray, np.ndarray], np.ndarray]) -> Callable:
    """Straight lines between answers that stand at `positions(weights, cumulative)`."""

    def rule(ordered: Ordered, p: np.ndarray) -> np.ndarray:
        places, answers = _regular(positions(ordered.weights, ordered.cumulative), ordered.answers)
        return np.interp(p, places, answers)

    return rule


def _shah_vaish(ordered: Ordered, p: np.ndarray) -> np.ndarray:
    """Shah & Vaish's positions as R places them, which takes half of the weight as it is, not scaled."""
    weights = ordered.weights
    mean = float(weights.astype(np.longdouble).mean())
    positions = (running_sum(weights / mean) + 0.5 - weights / 2) / (len(weights) + 1)
    places, answers = _regular(positions, ordered.answers)
    return answers[np.maximum(np.searchsorted(places, p, side="right") - 1, 0)]


def _regular(places: np.ndarray, answers: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """In ascending order of place; answers at the same place give their mean."""
    if (np.diff(places) > 0).all():
        return places, answers
    distinct, codes, counts = np.unique(places, return_inverse=True, return_counts=True)
    return distinct, np.bincount(codes, answers) / counts


def _before(cumulative: np.ndarray) -> np.ndarray:
    """Weight of the answers before each."""
    return np.concatenate([[0.0], cumulative[:-1]])


_RULES: dict[str, Callable[[Ordered, np.ndarray], np.ndarray]] = {
    "math": _lower_on_a_tie,
    "school": _middle_on_a_tie,
    "shahvaish": _shah_vaish,
    "hf1": _lower_on_a_tie,
    "hf2": _middle_on_a_tie,
    "hf3": _even_on_a_tie,
    "hf4": _along_the_steps,
    "hf5": _between(lambda w, c: (c - w / 2) / c[-1]),
    "hf6": _between(lambda w, c: c / (c[-1] + w[-1])),
    "hf7": _between(lambda w, c: _before(c) / c[-2]),
    "hf8": _between(lambda w, c: (_before(c) * 1 / 3 + c * 2 / 3) / (c[-1] + w[-1] / 3)),
    "hf9": _between(lambda w, c: (_before(c) * 3 / 8 + c * 5 / 8) / (c[-1] + w[-1] / 4)),
}
