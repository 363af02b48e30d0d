"""The two readings of the data behind a linearised estimate: totals first, then scores by sampling unit.

A score is the residual at the estimate, so that it is known only after the totals. Taken at the estimate of
its own domain, its sums keep all their digits; a square of sums would not.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.engines.row_reader import RowReader
from analysis.engines.sums import Sums, grouped, places
from analysis.engines.terms import Levels, Term, read_terms
from analysis.estimation.questions import Question

ROWS, WEIGHED, WEIGHT = "rows", "weighed", "weight"


@dataclass(frozen=True, eq=False)
class Block:
    """A block of rows read for a question: (rows,) weights, 0 outside the domain, and the terms asked for."""

    frame: pd.DataFrame
    weights: np.ndarray
    terms: Sequence[Term]
    complete: np.ndarray

    @classmethod
    def read(cls, frame: pd.DataFrame, reader: RowReader, question: Question) -> Block:
        terms = read_terms(frame, question)
        complete = np.ones(len(frame), dtype=bool)
        if question.missing == "listwise":
            complete = np.logical_and.reduce([term.answered for term in terms])
        weights = np.where(reader.inside(frame), reader.weights(frame), 0.0)
        return cls(frame, weights, terms, complete)

    def weights_of(self, term: Term) -> np.ndarray:
        """(rows,) weights, 0 where the term has no answer."""
        return np.where(term.answered & self.complete, self.weights, 0.0)


@dataclass(frozen=True, eq=False)
class Totals:
    """`sums` by group: "rows", "weighed" (rows with a weight), and for term i ("n", i), ("w", i),
    ("x", i) and ("y", i, level). `levels`: what each term's column holds.
    """

    sums: Sums
    levels: tuple[Levels, ...]

    @classmethod
    def joined(cls, parts: Sequence[Totals]) -> Totals:
        levels = zip(*(part.levels for part in parts), strict=True)
        return cls(Sums.joined([part.sums for part in parts]), tuple(map(Levels.agreed, levels)))


@dataclass(frozen=True, eq=False)
class TotalsPass:
    """First reading: totals by the groups of the columns `keys`."""

    reader: RowReader
    question: Question
    keys: tuple[str, ...]

    def __call__(self, frame: pd.DataFrame) -> Totals:
        block = Block.read(frame, self.reader, self.question)
        codes, groups = self.reader.groups(frame, self.keys)

        def summed(values: np.ndarray | None = None) -> np.ndarray:
            return np.bincount(codes, values, len(groups)).astype(float)

        sums: dict[Hashable, np.ndarray] = {ROWS: summed(), WEIGHED: summed(block.weights != 0)}
        for i, term in enumerate(block.terms):
            weights = block.weights_of(term)
            sums |= {("n", i): summed(weights != 0), ("w", i): summed(weights)}
            sums[("x", i)] = summed(weights * term.below)
            sums |= {("y", i, level): summed(weights * values) for level, values in term.top.columns()}
        return Totals(Sums(groups, sums), tuple(Levels.of(term.top) for term in block.terms))


@dataclass(frozen=True, eq=False)
class Centres:
    """What scores are taken at, in each of D domains.

    `domains`: (D, ·) values of the domains. `centre`: (D, J) the residual of column j is y − centre · x;
    its score is weight × residual / `below`, or in a total weight × y. `levels`: of each term.
    """

    domains: pd.DataFrame
    centre: np.ndarray
    below: np.ndarray
    levels: tuple[Levels, ...]
    is_total: bool

    @property
    def size(self) -> int:
        return len(self.domains)

    def places(self, frame: pd.DataFrame) -> np.ndarray:
        """(rows,) domain of each row, -1 where it lies in none."""
        codes, found = grouped(frame[list(self.domains.columns)])
        return places(self.domains, found)[codes]

    def residuals(
        self, block: Block, domains: np.ndarray
    ) -> Iterator[tuple[np.ndarray, np.ndarray, np.ndarray]]:
        """For each column: (rows,) weights, 0 outside the domains; y; and the residuals."""
        column, used = 0, np.maximum(domains, 0)
        for term, levels in zip(block.terms, self.levels, strict=True):
            weights = np.where(domains >= 0, block.weights_of(term), 0.0)
            below = term.below
            for _, values in levels.columns(term.top):
                yield weights, values, values - self.centre[used, column] * below
                column += 1


@dataclass(frozen=True, eq=False)
class Scores:
    """`by_unit`: "weight" and sums of scores ("s", j) by sampling unit and domain. `squares`: (D, J) sums of
    weight × squared residual."""

    by_unit: Sums
    squares: np.ndarray

    @classmethod
    def joined(cls, parts: Sequence[Scores]) -> Scores:
        squares = np.sum([part.squares for part in parts], axis=0)
        return cls(Sums.joined([part.by_unit for part in parts]), squares)


@dataclass(frozen=True, eq=False)
class ScoresPass:
    """Second reading: scores by sampling unit and domain."""

    reader: RowReader
    question: Question
    keys: tuple[str, ...]
    centres: Centres

    def __call__(self, frame: pd.DataFrame) -> Scores:
        block = Block.read(frame, self.reader, self.question)
        codes, groups = self.reader.groups(frame, self.keys)
        domains = self.centres.places(frame)
        squares = np.zeros_like(self.centres.centre)
        sums: dict[Hashable, np.ndarray] = {WEIGHT: np.bincount(codes, block.weights, len(groups))}
        for j, (weights, values, residual) in enumerate(self.centres.residuals(block, domains)):
            scores = weights * (values if self.centres.is_total else residual)
            sums[("s", j)] = np.bincount(codes, scores, len(groups))
            squared = weights * residual**2
            squares[:, j] = np.bincount(np.maximum(domains, 0), squared, self.centres.size)
        return Scores(Sums(groups, sums), squares)
