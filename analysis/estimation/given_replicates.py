"""Replicate weights that come with the data, and the scales that belong to each kind of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import pandas as pd

from analysis.estimation.design_error import DesignError, listed
from analysis.estimation.replicate_factors import Matrix
from analysis.estimation.replicates import Replicates
from questionnaires.faults import N_

GivenWeights = str | Sequence[str] | np.ndarray | pd.DataFrame
Kind = Literal["BRR", "Fay", "JK1", "JKn", "JK2", "bootstrap", "ACS", "successive-difference", "other"]

# Combined weights are as large as the weights; factors are about 1. Beyond this they were mixed up.
_FAR = 5


@dataclass(frozen=True, eq=False)
class Given:
    """What was said of the replicates. `values`: (rows, R)."""

    values: np.ndarray
    combined: bool
    scale: float | None
    rscales: np.ndarray | None
    rho: float | None

    @property
    def size(self) -> int:
        return self.values.shape[1]


def read_replicates(
    frame: pd.DataFrame,
    weights: np.ndarray,
    replicates: GivenWeights,
    kind: Kind,
    scale: float | None,
    rscales: Sequence[float] | float | None,
    combined: bool,
    mse: bool,
    rho: float | None,
) -> Replicates:
    """The replicates of `Design.from_replicates`; `weights`: (rows,)."""
    _check_kind(kind, rho)
    values = _values(frame, replicates)
    _check_size(values, weights, combined)
    given = Given(values, combined, scale, _scales(rscales, values.shape[1]), rho)
    scale, scales = SCALES[kind](given)
    base = np.ones(len(frame)) if combined else weights
    return Replicates(kind, base, Matrix(values), np.arange(len(frame)), scale, scales, mse)


def _check_kind(kind: str, rho: float | None) -> None:
    if kind not in get_args(Kind):
        raise DesignError(
            N_("“%(kind)s” is no kind of replicate weights; there are %(kinds)s."),
            kind=kind,
            kinds=listed(get_args(Kind)),
        )
    if kind == "Fay" and (rho is None or not 0 <= rho < 1):
        raise DesignError(N_("Fay's replicates need rho, at least 0 and below 1."))
    if kind != "Fay" and rho is not None:
        raise DesignError(N_("rho belongs to Fay's replicates, not to “%(kind)s”."), kind=kind)


def _values(frame: pd.DataFrame, replicates: GivenWeights) -> np.ndarray:
    """(rows, R) numbers, all there."""
    table = _table(frame, replicates)
    strange = [str(name) for name in table.columns if not pd.api.types.is_numeric_dtype(table[name])]
    if strange:
        raise DesignError(N_("Replicate weights %(columns)s do not hold numbers."), columns=listed(strange))
    values = table.to_numpy(dtype=float, na_value=np.nan)
    if len(values) != len(frame) or values.shape[1] < 2:
        raise DesignError(
            N_(
                "Replicate weights need a row for each of the %(rows)s rows of the data and at least two "
                "columns; these have %(found)s rows and %(columns)s columns."
            ),
            rows=len(frame),
            found=len(values),
            columns=values.shape[1],
        )
    if not np.isfinite(values).all():
        row, column = np.argwhere(~np.isfinite(values))[0]
        raise DesignError(
            N_("Replicate weight “%(column)s” is missing or infinite in row %(row)s."),
            column=table.columns[column],
            row=frame.index[row],
        )
    return values


def _table(frame: pd.DataFrame, replicates: GivenWeights) -> pd.DataFrame:
    if isinstance(replicates, pd.DataFrame):
        return replicates
    if isinstance(replicates, np.ndarray):
        if replicates.ndim != 2:
            raise DesignError(N_("Replicate weights are a table of rows by replicates."))
        return pd.DataFrame(replicates)
    if isinstance(replicates, str):
        return frame[_numbered(frame, replicates)]
    absent = [name for name in replicates if name not in frame.columns]
    if absent:
        raise DesignError(N_("There is no column %(columns)s of replicate weights."), columns=listed(absent))
    return frame[list(replicates)]


def _numbered(frame: pd.DataFrame, prefix: str) -> list[str]:
    names = [str(name) for name in frame.columns]
    found = [name for name in names if name.startswith(prefix) and name[len(prefix) :].isdecimal()]
    if not found:
        raise DesignError(
            N_("No column is called “%(prefix)s” and a number: which are the replicate weights?"),
            prefix=prefix,
        )
    return found


def _scales(rscales: Sequence[float] | float | None, size: int) -> np.ndarray | None:
    if rscales is None:
        return None
    scales = np.asarray(rscales, dtype=float)
    if scales.size not in (1, size) or not np.isfinite(scales).all() or (scales < 0).any():
        raise DesignError(
            N_("rscales are one number, or one for each of the %(size)s replicates, and not negative."),
            size=size,
        )
    return np.broadcast_to(scales.ravel(), size).copy()


def _check_size(values: np.ndarray, weights: np.ndarray, combined: bool) -> None:
    """Refuse factors given as weights and weights given as factors."""
    mean, weight = float(values.mean()), float(weights.mean())
    mixed_up = mean < _FAR and weight > _FAR * mean if combined else mean > _FAR and weight < _FAR * mean
    if not mixed_up:
        return
    about = {"mean": f"{mean:g}", "weight": f"{weight:g}"}
    if combined:
        raise DesignError(
            N_(
                "The replicate weights (mean %(mean)s) look like factors of the weights (mean %(weight)s): "
                "if they are, say combined=False."
            ),
            **about,
        )
    raise DesignError(
        N_(
            "The replicate weights (mean %(mean)s) do not look like factors of the weights (mean "
            "%(weight)s): if they hold the weights already, say combined=True."
        ),
        **about,
    )


Scales = tuple[float, np.ndarray]


def _fixed(scale: Callable[[Given], float]) -> Callable[[Given], Scales]:
    """The kind itself says the scale; another one is refused."""

    def scales(given: Given) -> Scales:
        own = scale(given)
        if given.scale is not None and not np.isclose(given.scale, own, rtol=1e-6):
            raise DesignError(
                N_("The scale of these replicates is %(own)s, not %(scale)s; for another, say kind “other”."),
                own=f"{own:g}",
                scale=given.scale,
            )
        return own, _equal(given)

    return scales


def _equal(given: Given) -> np.ndarray:
    return np.ones(given.size) if given.rscales is None else given.rscales


def _jk1(given: Given) -> Scales:
    """With factors, n/(n − 1) is the largest of them."""
    guess = (given.size - 1) / given.size if given.combined else 1 / float(given.values[:, 0].max())
    return guess if given.scale is None else given.scale, _equal(given)


def _jkn(given: Given) -> Scales:
    scale = 1.0 if given.scale is None else given.scale
    if given.rscales is not None:
        return scale, given.rscales
    if given.combined:
        raise DesignError(
            N_("JKn replicates need rscales: for each replicate (n − 1)/n, n the units of its stratum.")
        )
    return scale, 1 / given.values.max(axis=0)


def _bootstrap(given: Given) -> Scales:
    return 1 / (given.size - 1) if given.scale is None else given.scale, _equal(given)


def _other(given: Given) -> Scales:
    if given.scale is None and given.rscales is None:
        raise DesignError(N_("Replicates of an unknown kind need scale, or rscales, or both."))
    return 1.0 if given.scale is None else given.scale, _equal(given)


SCALES: dict[Kind, Callable[[Given], Scales]] = {
    "BRR": _fixed(lambda given: 1 / given.size),
    "Fay": _fixed(lambda given: 1 / (given.size * (1 - (given.rho or 0)) ** 2)),
    "JK1": _jk1,
    "JKn": _jkn,
    "JK2": _fixed(lambda given: 1.0),
    "bootstrap": _bootstrap,
    "ACS": _fixed(lambda given: 4 / given.size),
    "successive-difference": _fixed(lambda given: 4 / given.size),
    "other": _other,
}
"""Kind → the scale and rscales (R,) that turn squared distances into a variance, as R's `svrepdesign`."""
assert set(SCALES) == set(get_args(Kind))
