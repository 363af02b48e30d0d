"""What a block of rows says of the design: weights, the domain, and the groups rows are summed by."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analysis.engines.sums import grouped, places
from analysis.estimation.conditions import truth
from analysis.estimation.design_columns import check_columns, product
from analysis.estimation.design_error import DesignError
from questionnaires.faults import N_

INSIDE = "*inside*"
"""Name of the key that tells the rows of the domain from the others."""

# What a condition may call: each answers row by row. "age > age.mean()" would differ from block to block.
_BY_ROW = {"isna", "notna", "isnull", "notnull", "isin", "between", "abs", "round"}
_BY_ROW |= {"str", "startswith", "endswith", "contains", "lower", "upper", "strip", "len"}


@dataclass(frozen=True, eq=False)
class RowReader:
    """Reads the design from any block of rows.

    `roles`: role → columns, as in `Design`. `conditions`: all must hold inside the domain. `base`: weights
    by group where no column has them: the values that name the groups, and a weight for each.
    """

    roles: Mapping[str, Sequence[str]]
    conditions: tuple[str, ...] = ()
    base: tuple[pd.DataFrame, np.ndarray] | None = None

    def columns(self, more: Iterable[str]) -> list[str]:
        """The columns to read, with those of the roles and the conditions."""
        own = [column for columns in self.roles.values() for column in columns]
        asked = [name for condition in self.conditions for name in _names(condition)]
        return list(dict.fromkeys([*own, *asked, *more]))

    def within(self, condition: str) -> RowReader:
        """The same, for the rows for which the condition holds as well."""
        _check_by_row(condition)
        return replace(self, conditions=(*self.conditions, condition))

    def check(self, frame: pd.DataFrame) -> None:
        """Refuse rows whose design columns lack values or hold no numbers where they should."""
        check_columns(frame, {role: list(columns) for role, columns in self.roles.items()})

    def inside(self, frame: pd.DataFrame) -> np.ndarray:
        """(rows,) True where the row lies in the domain."""
        inside = np.ones(len(frame), dtype=bool)
        for condition in self.conditions:
            inside &= truth(condition, frame)
        return inside

    def weights(self, frame: pd.DataFrame) -> np.ndarray:
        """(rows,) weights, whether or not in the domain."""
        if self.roles["weights"]:
            return product(frame, list(self.roles["weights"]), "weights", smallest=0.0)
        if self.roles["probabilities"]:
            smallest = np.nextafter(0, 1)
            return 1 / product(frame, list(self.roles["probabilities"]), "probabilities", smallest)
        if self.base is None:
            return np.ones(len(frame))
        groups, weights = self.base
        codes, found = grouped(frame[list(groups.columns)])
        return weights[places(groups, found)][codes]

    def groups(self, frame: pd.DataFrame, keys: Sequence[str]) -> tuple[np.ndarray, pd.DataFrame]:
        """(rows,) group of each row by the columns `keys` and the domain, and the (G, ·) values."""
        return grouped(frame[list(keys)].assign(**{INSIDE: self.inside(frame)}))


def _check_by_row(condition: str) -> None:
    for node in ast.walk(_parsed(condition)):
        strange = isinstance(node, ast.Attribute) and node.attr not in _BY_ROW
        if strange or (isinstance(node, ast.Call) and not isinstance(node.func, ast.Attribute)):
            raise DesignError(
                N_(
                    "The condition “%(condition)s” calls a function of many rows, which each block of rows "
                    "would answer differently: compute it first, and compare with the number."
                ),
                condition=condition,
            )


def _names(condition: str) -> list[str]:
    quoted = re.findall(r"`([^`]*)`", condition)
    return [*quoted, *(node.id for node in ast.walk(_parsed(condition)) if isinstance(node, ast.Name))]


def _parsed(condition: str) -> ast.AST:
    """The condition as a tree, quoted names left out; pandas takes & and | for "and" and "or" as Python
    does.
    """
    try:
        return ast.parse(re.sub(r"`[^`]*`", "0", condition).strip(), mode="eval")
    except SyntaxError as error:
        raise DesignError(
            N_("The condition “%(condition)s” cannot be read: %(reason)s"), condition=condition, reason=error
        ) from error
