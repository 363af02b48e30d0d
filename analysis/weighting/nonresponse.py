"""Weights of those who answered, raised to stand for those who did not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
import pandas as pd

from analysis.estimation.calibration import Calibration, Projection, in_cells
from analysis.estimation.design import Design
from analysis.estimation.design_error import DesignError, listed
from analysis.estimation.estimation import check_option
from analysis.estimation.weightsteps import WeightStep
from analysis.weighting.cells import Cells, listed_cells, split_cells
from analysis.weighting.poststratification import refuse_domain
from analysis.weighting.propensity import Propensity
from analysis.weighting.targets import column_names
from questionnaires.faults import N_

Method = Literal["inverse", "classes"]


def adjust_nonresponse(
    design: Design,
    respondents: str | np.ndarray | pd.Series,
    classes: str | Sequence[str] | None = None,
    *,
    model: str | Sequence[str] | None = None,
    method: Method = "inverse",
    groups: int = 5,
    weighted: bool = True,
) -> Design:
    """Divide respondents' weights by their rate or probability of response; those of the others become 0.

    The design holds everybody selected. `respondents`: a column of true/false or 1/0, a condition as in
    `Design.where`, or a truth value a row.

    `classes`: columns whose cells respond alike; the factor of a cell is Σd over all of it by Σd over its
    respondents. `model`: columns (categories, or numbers) of a logistic regression for the probability of
    response φ, fitted with the design's weights, or without if not `weighted`. `method` "inverse" divides
    by φ; "classes" splits the sample at quantiles of φ into so many `groups`, five of them by Cochran's rule
    (Little, 1986, International Statistical Review 54), and takes their rates.

    The result keeps all rows, since the variance needs who was selected: a score's linearisation has the
    estimated rates in it, d ȳ_c for those who did not answer (Särndal, Swensson & Wretman, 1992, 15.6) and
    the logistic regression's score for the model (Kim & Kim, 2007, Canadian Journal of Statistics 35, eq. 9);
    `groups` count as given. With sampling fractions that matter it leaves out the part of the response
    variance that they would cancel. Replicates are adjusted anew.

    Raises DesignError naming classes without respondents, rows without a value, and a model that tells
    respondents apart without fail.
    """
    refuse_domain(design, N_("Adjust the whole sample for nonresponse first, then take the domain."))
    check_option("method", method, Method)
    answered = answered_rows(design, respondents)
    if (classes is None) == (model is None):
        raise DesignError(N_("Nonresponse is adjusted by classes or by a model: name the columns of one."))
    if classes is not None:
        cells = split_cells(design.frame, column_names(classes), design.weights)
        return _by_class(design, answered, cells, f"nonresponse by {cells.name}")
    columns = column_names(model or ())
    propensity = Propensity.over(design, answered, columns, weighted)
    name = f"nonresponse by a model of {listed(columns)}"
    if method == "inverse":
        return _by_propensity(design, propensity, name)
    cells = _quantile_cells(propensity.fit(design.weights).rows, design.weights, groups)
    return _by_class(design, answered, cells, f"{name}, in {cells.size} classes")


def answered_rows(design: Design, respondents: str | np.ndarray | pd.Series) -> np.ndarray:
    """(rows,) who answered."""
    if isinstance(respondents, str) and respondents in design.frame.columns:
        respondents = _truths(design.frame, respondents)
    answered = design.where(respondents).inside
    if not (answered & (design.weights != 0)).any():
        raise DesignError(N_("Nobody with a weight is a respondent."))
    return answered


def _truths(frame: pd.DataFrame, column: str) -> pd.Series:
    values = frame[column]
    odd = ~values.isin([0, 1])
    if odd.any():
        raise DesignError(
            N_(
                "Column “%(column)s” says who answered by true or false, or 1 or 0; row %(row)s has "
                "%(value)s."
            ),
            column=column,
            row=frame.index[int(odd.argmax())],
            value=values[odd].iloc[0],
        )
    return values.astype(bool)


def _by_class(design: Design, answered: np.ndarray, cells: Cells, name: str) -> Design:
    before = design.weights
    _check_classes(cells, before, answered)

    def adjust(weights: np.ndarray) -> np.ndarray:
        kept = np.where(answered, weights, 0.0)
        return kept * (cells.sums(weights) / cells.sums(kept))[cells.codes]

    after = adjust(before)
    calibration = in_cells(
        cells.codes, cells.sums(after), np.ones(len(before)), after - before, of_response=True
    )
    return design.reweighted(after, calibration, WeightStep.compare(name, before, after), adjust)


def _check_classes(cells: Cells, weights: np.ndarray, answered: np.ndarray) -> None:
    silent = cells.labels[cells.sums(np.where(answered, weights, 0.0)) <= 0]
    if len(silent):
        raise DesignError(
            N_("Nobody answered in %(cells)s. Join the class with another, or leave a column out."),
            cells=listed_cells(cells.columns, silent),
        )


def _by_propensity(design: Design, propensity: Propensity, name: str) -> Design:
    before = design.weights
    answered, fit = propensity.answered, propensity.fit(before)
    after = np.where(answered, before, 0.0) / fit.rows

    def adjust(weights: np.ndarray) -> np.ndarray:
        return np.where(answered, weights, 0.0) / propensity.fit(weights, fit.coefficients).rows

    calibration = Calibration(
        propensity.model.row_parts,
        1 - fit.rows,
        propensity.counts(before) * (answered - fit.rows),
        (Projection(slice(0, len(fit.coefficients)), fit.inverse_information),),
        of_response=True,
    )
    step = WeightStep.compare(name, before, after, iterations=fit.rounds)
    return design.reweighted(after, calibration, step, adjust)


def _quantile_cells(chances: np.ndarray, weights: np.ndarray, groups: int) -> Cells:
    """Rows by the quantile of their probability among those with a weight; equal ones stay together."""
    if groups < 1:
        raise DesignError(N_("There is at least one class of response, not %(groups)s."), groups=groups)
    edges = np.unique(np.quantile(chances[weights != 0], np.arange(1, groups) / groups))
    frame = pd.DataFrame({"class of response": np.searchsorted(edges, chances, side="left") + 1})
    return split_cells(frame, ["class of response"], weights)
