"""What changed between two waves: of independent samples, or of samples that share units."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import numpy as np
import pandas as pd

from analysis.estimation.contrasts import contrast
from analysis.estimation.design_error import DesignError, listed
from analysis.estimation.estimate import TABLE_COLUMNS, Estimate, finish
from questionnaires.faults import N_


def compare_waves(first: Estimate, second: Estimate, level: float | None = None) -> Estimate:
    """Second less first of two independent samples, for the rows whose labels both have.

    The covariance is the sum of both (the samples share no unit). Degrees of freedom are Satterthwaite's,
    (v₁ + v₂)² / (v₁²/df₁ + v₂²/df₂) (1946, Biometrics Bulletin 2), n the smaller. Rows in the order of the
    second; those that one wave lacks are left out. `level`: of the intervals, the second's if None. A
    Design of both waves (`stack_waves`) with `wave_changes` serves samples that share units. Raises
    DesignError where no label is common or a label occurs twice.
    """
    labels = _common_labels(first, second)
    before, after = first.table.loc[labels], second.table.loc[labels]
    # Who lacks a `by` column of the other would compare unlike rows; the labels then differ anyway.
    known = [column for column in second.by if column in after.columns]
    table = after[[*known, "item", "level"]].assign(
        estimate=after["estimate"] - before["estimate"],
        n=np.minimum(before["n"], after["n"]),
        deff=np.nan,
        df=_satterthwaite(before, after),
    )
    covariance = first.covariance.loc[labels, labels] + second.covariance.loc[labels, labels]
    return finish(table, covariance.to_numpy(), second.confidence if level is None else level, known)


def _common_labels(first: Estimate, second: Estimate) -> list[str]:
    for e in (first, second):
        twice = e.table.index[e.table.index.duplicated()]
        if len(twice):
            raise DesignError(
                N_("Estimates cannot be matched: several rows are called “%(label)s”."), label=twice[0]
            )
    labels = [label for label in second.table.index if label in first.table.index]
    if not labels:
        raise DesignError(
            N_("The waves have no estimate in common: one has %(first)s, the other %(second)s."),
            first=listed(list(first.table.index)),
            second=listed(list(second.table.index)),
        )
    return labels


def _satterthwaite(before: pd.DataFrame, after: pd.DataFrame) -> np.ndarray:
    variances = np.array([wave["se"].to_numpy(dtype=float) ** 2 for wave in (before, after)])
    df = np.array([wave["df"].to_numpy(dtype=float) for wave in (before, after)])
    sure = variances.sum(axis=0) == 0
    with np.errstate(divide="ignore", invalid="ignore"):
        shared = variances.sum(axis=0) ** 2 / (variances**2 / df).sum(axis=0)
    return np.where(sure, df.sum(axis=0), shared)


def wave_changes(
    e: Estimate,
    wave: str = "wave",
    first: Hashable | None = None,
    second: Hashable | None = None,
    level: float | None = None,
) -> Estimate:
    """Second less first wave, row by row, from estimates by wave under one design (see `stack_waves`).

    `wave` is one of the columns of `by`. `first` and `second` are its values, which may be left out where
    there are two. The covariance is that of the design, so units in both waves count as such. Composites of
    changes are a `contrast` of the result. Raises DesignError.
    """
    first, second = _two_waves(e, wave, first, second)
    others = [column for column in e.by if column != wave]
    keys = [*others, "item", "level"]
    sides = [e.table[(e.table[wave] == value).to_numpy(dtype=bool)] for value in (first, second)]
    before = {_key(row): label for label, row in zip(sides[0].index, _rows(sides[0], keys), strict=True)}
    pairs = {
        label: before[_key(row)]
        for label, row in zip(sides[1].index, _rows(sides[1], keys), strict=True)
        if _key(row) in before
    }
    if not pairs:
        raise DesignError(N_("The waves have no estimate in common."))
    changes = contrast(e, {label: {label: 1.0, earlier: -1.0} for label, earlier in pairs.items()})
    described = sides[1].loc[list(pairs), keys]
    table = changes.table.assign(**{column: described[column] for column in keys})
    table.index = pd.Index(_labels(described, others))
    confidence = e.confidence if level is None else level
    return finish(table[[*others, *TABLE_COLUMNS]], changes.covariance.to_numpy(), confidence, others)


def _two_waves(
    e: Estimate, wave: str, first: Hashable | None, second: Hashable | None
) -> tuple[Hashable, Hashable]:
    if wave not in e.by:
        raise DesignError(
            N_("The estimates are not by “%(wave)s” but by %(by)s."),
            wave=wave,
            by=listed(list(e.by)) or N_("none"),
        )
    found = list(dict.fromkeys(e.table[wave]))
    if first is None and second is None and len(found) == 2:
        return found[0], found[1]
    if first not in found or second not in found or first == second:
        raise DesignError(
            N_("Name two of the waves, first and second; there are: %(waves)s."), waves=listed(found)
        )
    return first, second


def _rows(table: pd.DataFrame, keys: Sequence[str]) -> list[tuple[object, ...]]:
    return list(zip(*(table[key] for key in keys), strict=True))


def _key(row: tuple[object, ...]) -> tuple[object, ...]:
    """The row's values, such that a missing level equals a missing level."""
    return tuple(None if value is None or value != value else value for value in row)


def _labels(table: pd.DataFrame, others: Sequence[str]) -> list[str]:
    names = [
        str(item) if level is None or level != level else f"{item}={level}"
        for item, level in _rows(table, ["item", "level"])
    ]
    if not others:
        return names
    places = [".".join(map(str, row)) for row in _rows(table, others)]
    return [f"{place}:{name}" for place, name in zip(places, names, strict=True)]
