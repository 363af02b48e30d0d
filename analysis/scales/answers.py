"""The answers to several items in one domain, and their weighted covariance matrix."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from analysis.estimation.design import Design
from analysis.estimation.design_error import DesignError, listed
from analysis.estimation.domains import Domains
from analysis.estimation.estimation import Missing, check_option, divide
from analysis.estimation.items import read_numbers
from questionnaires.faults import N_

_CHUNK = 1 << 16


@dataclass(frozen=True, eq=False)
class Answers:
    """Answers to p items in m rows of the data.

    `rows`: (m,) places in the frame. `values`: (m, p) about their column means, 0 where not answered.
    `answered`: (m, p), or None where every answer is there.
    """

    items: tuple[str, ...]
    rows: np.ndarray
    values: np.ndarray
    means: np.ndarray
    answered: np.ndarray | None

    @property
    def n(self) -> int:
        """Rows with an answer to some item."""
        return len(self.rows) if self.answered is None else int(self.answered.any(axis=1).sum())

    def covariance(self, weights: np.ndarray) -> np.ndarray:
        """(p, p) Σw(x−x̄)(y−ȳ) / Σw of each pair over the rows that answered both, nan without any.

        `weights`: (rows,).
        """
        return self._moments(weights).covariance

    def scores(self, weights: np.ndarray) -> Callable[[np.ndarray], np.ndarray]:
        """What gives, for a (p, p) symmetric gradient G, the scores (m,) of tr(G S), S the covariance."""
        moments = self._moments(weights)

        def score(gradient: np.ndarray) -> np.ndarray:
            slopes = gradient / moments.sizes
            across = slopes * moments.means.T
            level = slopes * (moments.means * moments.means.T - moments.covariance)
            parts = (
                _form(x, slopes, x) - 2 * _form(x, across, a) + _form(a, level, a)
                for x, a, _ in self._chunks(weights)
            )
            return weights[self.rows] * np.concatenate(list(parts))

        return score

    def entry_scores(self, weights: np.ndarray) -> Callable[[int, int], np.ndarray]:
        """What gives, for two items, the scores (m,) of their covariance."""
        moments, own = self._moments(weights), weights[self.rows]

        def score(one: int, other: int) -> np.ndarray:
            both = own if self.answered is None else own * self.answered[:, one] * self.answered[:, other]
            left = self.values[:, one] - moments.means[one, other]
            right = self.values[:, other] - moments.means[other, one]
            return both * (left * right - moments.covariance[one, other]) / moments.sizes[one, other]

        return score

    def _moments(self, weights: np.ndarray) -> _Moments:
        width = len(self.items)
        sizes, sums, cross = (np.zeros((width, width)) for _ in range(3))
        for x, a, w in self._chunks(weights):
            weighted = x * w[:, None]
            sizes += (a * w[:, None]).T @ a
            sums += weighted.T @ a
            cross += weighted.T @ x
        means = divide(sums, sizes)
        return _Moments(sizes, means, divide(cross, sizes) - means * means.T)

    def _chunks(self, weights: np.ndarray) -> Iterator[tuple[np.ndarray, np.ndarray, np.ndarray]]:
        """(values, 1 where answered, weights) of some rows at a time."""
        for start in range(0, len(self.rows), _CHUNK):
            part = slice(start, start + _CHUNK)
            values = self.values[part]
            answered = np.ones_like(values) if self.answered is None else self.answered[part].astype(float)
            yield values, answered, weights[self.rows[part]]


@dataclass(frozen=True, eq=False)
class _Moments:
    """(p, p) each: Σw of the rows that answered both, mean of the row's item among them, covariance."""

    sizes: np.ndarray
    means: np.ndarray
    covariance: np.ndarray


def _form(left: np.ndarray, matrix: np.ndarray, right: np.ndarray) -> np.ndarray:
    return np.einsum("ij,ij->i", left @ matrix, right)


def read_answers(design: Design, items: Sequence[str], domains: Domains, missing: Missing) -> list[Answers]:
    """The answers in each domain: rows with every item answered ("listwise") or with any ("available").

    Rows without a weight are left out. Raises DesignError for fewer than two items, one named twice, or
    columns that are not numbers.
    """
    check_option("missing", missing, Missing)
    names = _several(items)
    columns = read_numbers(design.frame, names)
    combine = np.logical_and if missing == "listwise" else np.logical_or
    used = domains.active & (design.weights != 0) & combine.reduce([item.answered for item in columns])
    rows = np.flatnonzero(used)
    rows = rows[np.argsort(domains.codes[rows], kind="stable")]
    ends = np.cumsum(np.bincount(domains.codes[rows], minlength=domains.size))[:-1]
    numbers = [(next(item.columns())[1], item.answered) for item in columns]
    return [_answers(names, places, numbers) for places in np.split(rows, ends)]


def read_whole(design: Design, items: Sequence[str], missing: Missing) -> tuple[Answers, np.ndarray]:
    """The answers of the design's whole domain and their covariance matrix; raises as `check_spread`."""
    whole = Domains(np.zeros(len(design.frame), dtype=np.int64), design.inside, 1)
    [answers] = read_answers(design, items, whole, missing)
    return answers, check_spread(answers, design.weights)


def _several(items: Sequence[str]) -> tuple[str, ...]:
    names = (items,) if isinstance(items, str) else tuple(items)
    if len(names) < 2:
        raise DesignError(
            N_("A scale has at least two items; there is only: %(items)s."), items=listed(names) or "–"
        )
    twice = [name for name in names if names.count(name) > 1]
    if twice:
        raise DesignError(N_("Item “%(item)s” is named twice in a scale."), item=twice[0])
    return names


def _answers(
    names: tuple[str, ...], rows: np.ndarray, numbers: Sequence[tuple[np.ndarray, np.ndarray]]
) -> Answers:
    values = np.empty((len(rows), len(names)))
    answered = np.empty(values.shape, dtype=bool)
    means = np.full(len(names), np.nan)
    for place, (column, known) in enumerate(numbers):
        answered[:, place] = there = known[rows]
        if there.any():
            means[place] = column[rows][there].mean()
            values[:, place] = np.where(there, column[rows] - means[place], 0.0)
    return Answers(names, rows, values, means, None if answered.all() else answered)


def check_spread(answers: Answers, weights: np.ndarray) -> np.ndarray:
    """The covariance matrix. Raises DesignError for fewer than two rows or an item without any spread."""
    if answers.n < 2:
        raise DesignError(
            N_("%(count)s row(s) answer these items: %(items)s. At least two are needed."),
            count=answers.n,
            items=listed(answers.items),
        )
    covariance = answers.covariance(weights)
    _refuse_unanswered_pairs(answers.items, covariance)
    constant = [
        name for name, spread in zip(answers.items, varies(answers, covariance), strict=True) if not spread
    ]
    if constant:
        raise DesignError(
            N_("Everybody gives the same answer to: %(items)s. Leave such items out of the scale."),
            items=listed(constant),
        )
    return covariance


def _refuse_unanswered_pairs(items: Sequence[str], covariance: np.ndarray) -> None:
    unknown = np.argwhere(np.isnan(covariance))
    if len(unknown):
        one, other = (items[place] for place in unknown[0])
        raise DesignError(
            N_("No row with a weight has answers to both “%(one)s” and “%(other)s”."), one=one, other=other
        )


def varies(answers: Answers, covariance: np.ndarray) -> np.ndarray:
    """(p,) whether each item's variance is more than rounding."""
    size = np.maximum(np.abs(answers.means), np.sqrt(np.maximum(np.diag(covariance), 0.0)))
    return np.diag(covariance) > (1e-12 * size) ** 2
