"""The answers of an item in order, and their quantiles in every domain."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from analysis.estimation.design import Design
from analysis.estimation.domains import Domains, degrees_of_freedom
from analysis.estimation.estimation import Column
from analysis.estimation.items import Item
from analysis.estimation.quantile_rules import Ordered, Rule, quantiles_of, running_sum
from analysis.estimation.sums import SumRatio


@dataclass(frozen=True, eq=False)
class Asked:
    """What is asked of every item: `complete` rows (all if None), probabilities (P,), rule and level."""

    design: Design
    domains: Domains
    complete: np.ndarray | None
    probabilities: np.ndarray
    rule: Rule
    level: float


@dataclass(frozen=True, eq=False)
class Answers:
    """The answers of one item: `numbers` (rows,), who `answered` (rows,), and for each domain the rows of
    those who did, in ascending order of the answer.
    """

    name: str
    numbers: np.ndarray
    answered: np.ndarray
    order: list[np.ndarray]

    @classmethod
    def read(cls, asked: Asked, item: Item) -> Answers:
        answered = item.answered if asked.complete is None else asked.complete
        answered = answered & asked.domains.active
        [(_, numbers)] = item.columns()
        return cls(item.name, numbers, answered, _in_order(asked.domains, answered, numbers))

    def ordered(self, weights: np.ndarray) -> Iterator[Ordered]:
        """The answers of each domain with `weights` (rows,)."""
        for rows in self.order:
            used = rows[weights[rows] != 0]
            total = running_sum(_as_kept(weights[np.sort(used)]))[-1] if len(used) else 0.0
            yield Ordered(self.numbers[used], _as_kept(weights[used]), total)

    def quantiles(self, asked: Asked, weights: np.ndarray) -> np.ndarray:
        """(D, P) quantiles with `weights` (rows,)."""
        return np.array(
            [quantiles_of(ordered, asked.probabilities, asked.rule) for ordered in self.ordered(weights)]
        )

    def degrees_of_freedom(self, asked: Asked) -> np.ndarray:
        """(D,) of those who answered."""
        codes = np.where(self.answered, asked.domains.codes, 0)
        weights = np.where(self.answered, asked.design.weights, 0.0)
        domains = Domains(codes, self.answered, asked.domains.size)
        return degrees_of_freedom(asked.design, domains, weights)


def _as_kept(weights: np.ndarray) -> np.ndarray:
    """The weights as R has them, which keeps probabilities: the last digit can decide a tie."""
    return 1 / (1 / weights)


def _in_order(domains: Domains, answered: np.ndarray, numbers: np.ndarray) -> list[np.ndarray]:
    rows = np.flatnonzero(answered)
    codes = domains.codes[rows]
    by_answer = np.argsort(numbers[rows], kind="stable")
    place = by_answer if domains.size == 1 else by_answer[np.argsort(codes[by_answer], kind="stable")]
    return np.split(rows[place], np.searchsorted(codes[place], np.arange(1, domains.size)))


def all_quantiles(asked: Asked, items: Sequence[Answers], weights: np.ndarray) -> np.ndarray:
    """(D, I, P) quantiles of every item with `weights` (rows,)."""
    return np.stack([item.quantiles(asked, weights) for item in items], axis=1)


def shares_below(asked: Asked, items: Sequence[Answers], values: np.ndarray) -> Iterator[Column]:
    """The shares of answers at or below the quantiles `values` (D, I, P)."""
    for place, item in enumerate(items):
        for number, probability in enumerate(asked.probabilities):
            limits = values[:, place, number][asked.domains.codes]
            below = (item.numbers <= limits).astype(float)
            yield Column(item.name, float(probability), item.answered, SumRatio(below))
