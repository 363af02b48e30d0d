"""Conditions that mark rows out, as a domain of estimation or a step of weighting names them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from analysis.estimation.design_error import DesignError
from questionnaires.faults import N_


def truth(condition: str | np.ndarray | pd.Series, frame: pd.DataFrame) -> np.ndarray:
    """(rows,) where the condition holds; see `Design.where`."""
    result: Any = _evaluated(condition, frame) if isinstance(condition, str) else condition
    values = pd.Series(result).reset_index(drop=True)
    if len(values) != len(frame) or not pd.api.types.is_bool_dtype(values.dropna().infer_objects()):
        raise DesignError(N_("A condition must give true or false for each row."))
    return values.fillna(False).to_numpy(dtype=bool)


def _evaluated(expression: str, frame: pd.DataFrame) -> Any:
    # "@" and dunder names would reach Python objects beyond the data.
    if "@" in expression or "__" in expression:
        raise DesignError(
            N_("The condition “%(condition)s” speaks of more than columns."), condition=expression
        )
    try:
        return frame.eval(expression, local_dict={}, global_dict={})
    except Exception as error:  # whatever the parser raises, the condition is at fault
        raise DesignError(
            N_("The condition “%(condition)s” cannot be read: %(reason)s"),
            condition=expression,
            reason=error,
        ) from error
