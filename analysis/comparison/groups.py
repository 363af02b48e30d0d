"""The groups of a column that a comparison is between."""

from __future__ import annotations

import numpy as np

from analysis.estimation.design import Design
from analysis.estimation.design_error import DesignError, listed
from analysis.estimation.groups import Groups, read_groups
from questionnaires.faults import N_


def groups_within(design: Design, column: str, answered: np.ndarray) -> Groups:
    """The groups of `column` that carry weight among the rows of the design's domain that are `answered`.

    Raises DesignError where there are fewer than two.
    """
    groups = read_groups(design.frame, column).among(answered & (design.weights != 0))
    if groups.size < 2:
        raise DesignError(
            N_("A comparison needs two groups; among those who answered, “%(column)s” has %(levels)s."),
            column=column,
            levels=listed(groups.levels) or N_("none"),
        )
    return groups
