"""Whom to draw: one sample of the rows of a table, each with its chance and weight."""

from __future__ import annotations

import pandas as pd

from analysis.samples.columns import check_new
from analysis.samples.draws import How, Sort


def select_simple(frame: pd.DataFrame, size: int, seed: int, *, sort: Sort = None) -> pd.DataFrame:
    """`size` rows drawn at random without replacement, in the order of the frame.

    Like every selection here: `probability` (n / N) and `weight` (its inverse) stand beside each row drawn,
    ready for `Design(rows, weights="weight")`. The same seed draws the same rows of the same frame; with
    `sort`, columns that tell all rows apart, the order of the frame does not matter. Raises DesignError where
    `size` is not from 1 to the number of rows.
    """
    return select(frame, size, seed, How("simple", sort=sort))


def select_systematic(frame: pd.DataFrame, size: int, seed: int, *, sort: Sort = None) -> pd.DataFrame:
    """Every (N / size)-th row from a random start, a fractional step where N is no multiple (Cochran, 1977,
    8.1).

    Each row has the chance size / N. Rows stand in the order of the columns `sort`, else in that of the
    frame: the sample spreads evenly over that order.
    """
    return select(frame, size, seed, How("systematic", sort=sort))


def select_pps(frame: pd.DataFrame, size: int, seed: int, *, measure: str, sort: Sort = None) -> pd.DataFrame:
    """Rows with chances in proportion to the column `measure`, systematically (Madow, 1949; Särndal, Swensson
    & Wretman, 1992, 3.6.2).

    Rows so large that their chance would pass one are certain (`probability` 1), and the others share the
    rest of the sample in proportion (`inclusion_probabilities`). The sample spreads over the order of `sort`.
    Raises DesignError also for a measure that is missing or not positive, naming the row.
    """
    return select(frame, size, seed, How("pps", measure, sort))


def select_sampford(
    frame: pd.DataFrame, size: int, seed: int, *, measure: str, sort: Sort = None
) -> pd.DataFrame:
    """Rows with chances in proportion to the column `measure`, as `select_pps`, by Sampford's design.

    The number of rows is fixed and every pair can be drawn, so that variance can be estimated without bias;
    its chances are those of `sampford_joint_probabilities` (Sampford, 1967, Biometrika 54).
    """
    return select(frame, size, seed, How("sampford", measure, sort))


def select(frame: pd.DataFrame, size: int, seed: int, how: How) -> pd.DataFrame:
    """A sample of the rows of `frame`, with `probability` and `weight` beside each."""
    check_new(frame, ["probability", "weight"])
    rows, chances = how.draw(frame, size, seed)
    return frame.iloc[rows].assign(probability=chances, weight=1 / chances)
