"""A model's outcome and terms, from a list of columns or a formula such as "y ~ a + C(b) * log(c)"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd

from analysis.estimation.design_error import DesignError
from questionnaires.faults import N_

CATEGORY = "C"
FUNCTIONS = (CATEGORY, "log", "sqrt", "exp")
_TOKEN = re.compile(r"\s*(`[^`]+`|[\w.]+|\S)")


@dataclass(frozen=True)
class Factor:
    """A column of the data, as it stands or through a function; "C" takes numbers for categories."""

    column: str
    function: str = ""

    def __str__(self) -> str:
        plain = self.function in ("", CATEGORY)
        return self.column if plain else f"{self.function}({self.column})"


Term = tuple[Factor, ...]
"""Factors multiplied with each other; the empty term is the constant."""

CONSTANT: Term = ()


def term_name(term: Term) -> str:
    return ":".join(map(str, term))


@dataclass(frozen=True)
class Formula:
    """An outcome, the terms that explain it, lowest degree first, and a term whose coefficient is 1."""

    outcome: Factor
    terms: tuple[Term, ...]
    offset: Factor | None = None

    @property
    def factors(self) -> list[Factor]:
        """Each predicting factor once, in order."""
        return list(dict.fromkeys(factor for term in self.terms for factor in term))

    def rows_of(self, frame: pd.DataFrame, used: np.ndarray) -> pd.DataFrame:
        """The `used` rows of the columns the formula speaks of, as far as there are such columns."""
        spoken = [self.outcome, *self.factors, *([self.offset] if self.offset else [])]
        names = dict.fromkeys(factor.column for factor in spoken)
        columns = frame[[name for name in names if name in frame.columns]]
        return columns if used.all() else columns[used]

    def __str__(self) -> str:
        words = [term_name(term) or "1" for term in self.terms]
        return f"{self.outcome} ~ {' + '.join(words) or '0'}"


def formula_of(
    outcome: str, predictors: str | Sequence[str], offset: str | None, known: Sequence[str]
) -> Formula:
    """The formula with a constant and the `predictors`: columns, "a:b" or "a * b" of columns, "C(a)",
    "log(a)".

    A predictor that is itself one of the `known` columns is taken whole, whatever signs its name holds.
    """
    terms: list[Term] = [CONSTANT]
    for text in [predictors] if isinstance(predictors, str) else predictors:
        terms += [(Factor(text),)] if text in known else _Reader(text).terms()
    return Formula(
        _single(outcome, known), _in_order(terms), None if offset is None else _single(offset, known)
    )


def read_formula(text: str, offset: str | None, known: Sequence[str]) -> Formula:
    """The formula `text`: "outcome ~ term + term", with ":" and "*" for interactions, "0" to leave the
    constant out and "offset(a)"; names that are no plain words stand in backticks. Raises DesignError.
    """
    reader = _Reader(text)
    outcome = reader.factor()
    reader.expect("~")
    terms = reader.terms(constant=True)
    given = None if offset is None else _single(offset, known)
    return Formula(outcome, _in_order(terms), reader.offset or given)


def _single(text: str, known: Sequence[str]) -> Factor:
    return Factor(text) if text in known else _Reader(text).only_factor()


def _in_order(terms: Sequence[Term]) -> tuple[Term, ...]:
    """Each term once, whatever the order of its factors, main effects before interactions."""
    once: dict[frozenset[Factor], Term] = {}
    for term in terms:
        once.setdefault(frozenset(term), term)
    return tuple(sorted(once.values(), key=len))


class _Reader:
    """Reads a formula from left to right."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.offset: Factor | None = None
        self._tokens = [*_TOKEN.findall(text), ""]
        self._place = 0

    @property
    def _next(self) -> str:
        return self._tokens[self._place]

    def _take(self) -> str:
        self._place += 1
        return self._tokens[self._place - 1]

    def _refuse(self) -> DesignError:
        return DesignError(
            N_("The formula “%(formula)s” cannot be read at “%(part)s”."),
            formula=self.text,
            part=" ".join(self._tokens[self._place :]).strip() or "…",
        )

    def expect(self, token: str) -> None:
        if self._next != token:
            raise self._refuse()
        self._place += 1

    def only_factor(self) -> Factor:
        factor = self.factor()
        self.expect("")
        return factor

    def factor(self) -> Factor:
        if not re.match(r"[`\w.]", self._next):
            raise self._refuse()
        name = self._take().strip("`")
        if self._next != "(":
            return Factor(name)
        if name not in FUNCTIONS:
            raise DesignError(
                N_("A formula knows no function “%(function)s”; there are %(functions)s."),
                function=name,
                functions=", ".join(FUNCTIONS),
            )
        self._place += 1
        column = self._take().strip("`")
        self.expect(")")
        return Factor(column, name)

    def terms(self, constant: bool = False) -> list[Term]:
        """Terms up to the end of the text, with the constant first if there is one."""
        found: list[Term] = []
        sign = "+"
        while True:
            if self._next in ("0", "1"):
                constant = (self._take() == "1") == (sign == "+")
            elif self._next == "offset":
                self._read_offset()
            elif sign == "+":
                found += self._crossed()
            else:
                raise self._refuse()
            if self._next not in ("+", "-"):
                break
            sign = self._take()
        self.expect("")
        return [CONSTANT, *found] if constant else found

    def _read_offset(self) -> None:
        self._place += 1
        self.expect("(")
        self.offset = self.factor()
        self.expect(")")

    def _crossed(self) -> list[Term]:
        """The terms of "a * b": a, b and a:b."""
        parts = [self._interaction()]
        while self._next == "*":
            self._place += 1
            parts.append(self._interaction())
        chosen = [pick for size in range(1, len(parts) + 1) for pick in combinations(parts, size)]
        return [tuple(dict.fromkeys(sum(pick, ()))) for pick in chosen]

    def _interaction(self) -> Term:
        factors = [self.factor()]
        while self._next == ":":
            self._place += 1
            factors.append(self.factor())
        return tuple(factors)
