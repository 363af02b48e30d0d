"""A model ready to be fitted: which rows of which design, which columns, which equations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import pandas as pd

from analysis.estimation.design import Design
from analysis.estimation.design_error import DesignError, listed
from analysis.models.factors import Values, read_values
from analysis.models.families import FAMILIES, LINKS, ORDINAL_LINKS
from analysis.models.formula import CATEGORY, CONSTANT, Factor, Formula, term_name
from analysis.models.linear_predictor import LinearPredictor
from analysis.models.model_matrix import INTERCEPT, ModelMatrix, model_matrix
from analysis.models.proportional_odds import ProportionalOdds
from analysis.models.proportional_odds_r import ProportionalOddsAsR
from analysis.models.solution import Equations, Stopping
from questionnaires.faults import N_


@dataclass(frozen=True, eq=False)
class Specification:
    """A formula read against data. `columns`: how terms become columns; `outcomes`: ordered levels of an
    ordinal outcome, the two of a logistic one, None for numbers. `weight_scale`: what makes R's weights
    of the design's.
    """

    formula: Formula
    family: str
    link: str
    stopping: Stopping
    columns: ModelMatrix
    outcomes: tuple[object, ...] | None
    weight_scale: float

    @property
    def names(self) -> list[str]:
        """Of the coefficients, the cut points of an ordinal model last."""
        return [*self.columns.names, *self.cut_names]

    @property
    def cut_names(self) -> list[str]:
        levels = self.outcomes or ()
        if self.family != "ordinal":
            return []
        return [f"{low}|{high}" for low, high in pairwise(levels)]

    def find(self, name: str) -> int:
        """Number of the term called `name`, an interaction's factors in any order. Raises DesignError."""
        wanted = sorted(name.replace(" ", "").split(":")) if name != INTERCEPT else []
        for number, term in enumerate(self.columns.terms):
            if sorted(str(factor).replace(" ", "") for factor in term) == wanted:
                return number
        raise DesignError(
            N_("The model has no term “%(term)s”; there are: %(terms)s."),
            term=name,
            terms=listed([term_name(term) for term in self.columns.terms if term]),
        )

    def without(self, terms: set[int]) -> Specification:
        """The model without some of its terms, of the same rows and weights."""
        return replace(self, columns=self.columns.without(terms))

    def equations(self, domain: Design) -> Equations:
        """The equations on the rows of `domain`, all of them complete."""
        frame = self.formula.rows_of(domain.frame, domain.inside)
        matrix, outcome = self.columns.read(frame), self.answers(frame)
        offset = _offset(frame, self.formula)
        if self.family == "ordinal":
            return self._ordinal(matrix, outcome, offset)
        return LinearPredictor(
            matrix,
            outcome.astype(float),
            offset,
            self.names,
            FAMILIES[self.family],
            LINKS[self.link],
            self.stopping,
            str(self.formula.outcome),
        )

    def answers(self, frame: pd.DataFrame) -> np.ndarray:
        """(rows,) the outcome: numbers, or codes of its levels."""
        return read_values(frame, self.formula.outcome, self.outcomes).values

    def _ordinal(self, matrix: np.ndarray, answers: np.ndarray, offset: np.ndarray) -> ProportionalOdds:
        levels, link, name = len(self.outcomes or ()), LINKS[self.link], str(self.formula.outcome)
        if self.stopping == "tight":
            return ProportionalOdds(matrix, answers, offset, levels, self.names, link, name)
        return ProportionalOddsAsR(
            matrix, answers, offset, levels, self.names, link, name, 1 / self.weight_scale
        )


def specify(
    design: Design, formula: Formula, family: str, link: str | None, stopping: Stopping
) -> tuple[Specification, Design]:
    """The model and the domain of the rows with all answers. Raises DesignError."""
    link = _link(family, link)
    if family == "ordinal":
        terms = tuple(dict.fromkeys((CONSTANT, *formula.terms)))
        formula = replace(formula, outcome=replace(formula.outcome, function=CATEGORY), terms=terms)
    frame = formula.rows_of(design.frame, design.inside)
    outcome = _outcome(frame, formula.outcome, family)
    values = {factor: read_values(frame, factor) for factor in formula.factors}
    complete = outcome.answered.copy()
    for each in values.values():
        complete &= each.answered
    if formula.offset is not None:
        complete &= read_values(frame, formula.offset).answered
    used = complete & (design.weights[design.inside] > 0)
    if not used.any():
        raise DesignError(N_("No row has an answer to every column of the model."))
    domain = design if complete.all() else design.where(_whole(complete, design.inside))
    outcome = outcome.present(used) if family == "ordinal" else outcome
    _check_outcome(formula.outcome, outcome, used, family, frame)
    present = {factor: each.present(used) for factor, each in values.items()}
    columns = model_matrix(formula.terms, present, own_constant=family == "ordinal")
    scale = rows_counted(design) / float(design.weights.sum())
    return Specification(formula, family, link, stopping, columns, outcome.levels, scale), domain


def _whole(chosen: np.ndarray, inside: np.ndarray) -> np.ndarray:
    """What is said of the rows inside, for all rows."""
    whole = np.zeros(len(inside), dtype=bool)
    whole[inside] = chosen
    return whole


def _link(family: str, link: str | None) -> str:
    known: Mapping[str, tuple[str, ...]] = {
        **{name: each.links for name, each in FAMILIES.items()},
        "ordinal": ORDINAL_LINKS,
    }
    if family not in known:
        raise DesignError(
            N_("“%(family)s” is no family of models; there are %(families)s."),
            family=family,
            families=listed(list(known)),
        )
    if link is not None and link not in known[family]:
        raise DesignError(
            N_("A model of the family “%(family)s” has no link “%(link)s”; there are %(links)s."),
            family=family,
            link=link,
            links=listed(known[family]),
        )
    return link or known[family][0]


def rows_counted(design: Design) -> int:
    """Rows over which R takes the mean weight: calibrated designs keep those outside the domain, with 0."""
    if design.calibrations and design.replicates is None:
        return len(design.frame)
    return int(design.inside.sum())


def _outcome(frame: pd.DataFrame, factor: Factor, family: str) -> Values:
    values = read_values(frame, factor)
    if values.levels is None or family == "ordinal":
        return values
    if family != "logistic":
        raise DesignError(N_("Column “%(column)s” does not hold numbers."), column=factor.column)
    if len(values.levels) != 2:
        raise DesignError(
            N_("A logistic model needs an outcome of two levels; “%(column)s” has %(count)s: %(levels)s."),
            column=factor.column,
            count=len(values.levels),
            levels=listed(values.levels),
        )
    return values


def _check_outcome(
    factor: Factor, outcome: Values, used: np.ndarray, family: str, frame: pd.DataFrame
) -> None:
    if family == "ordinal":
        if len(outcome.levels or ()) < 3:
            raise DesignError(
                N_("An ordinal model needs an outcome of three levels or more; “%(column)s” has %(levels)s."),
                column=factor.column,
                levels=listed(outcome.levels or ()),
            )
        return
    values, highest = outcome.values, FAMILIES[family].highest
    if highest is not None:
        wrong = outcome.answered & ((values < 0) | (values > highest))
        if wrong.any():
            raise DesignError(
                N_("“%(column)s” has %(value)s in row %(row)s; a %(family)s model needs %(where)s."),
                column=factor,
                value=f"{values[wrong][0]:g}",
                row=frame.index[int(wrong.argmax())],
                family=family,
                where=N_("values from 0 to 1") if highest == 1 else N_("values from 0 up"),
            )
    if np.ptp(values[used]) == 0:
        raise DesignError(
            N_("“%(column)s” has the same value in all rows used: there is nothing to explain."),
            column=factor,
        )


def _offset(frame: pd.DataFrame, formula: Formula) -> np.ndarray:
    return np.zeros(len(frame)) if formula.offset is None else read_values(frame, formula.offset).values
