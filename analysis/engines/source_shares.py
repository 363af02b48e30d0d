"""Shares with their intervals from a source of sums."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analysis.engines.passes import ROWS
from analysis.engines.row_reader import INSIDE, RowReader
from analysis.engines.source_design import SourceDesign
from analysis.engines.sums import Sums
from analysis.estimation.design_error import DesignError, listed
from analysis.estimation.domains import split_rows
from analysis.estimation.estimate import Estimate
from analysis.estimation.estimates import mean
from analysis.estimation.proportions import with_interval
from analysis.estimation.questions import ShareQuestion, answer_share
from analysis.estimation.share_intervals import INTERVALS
from questionnaires.faults import N_


@answer_share.register
def _answer(design: SourceDesign, question: ShareQuestion) -> Estimate:
    if question.method not in INTERVALS:
        raise DesignError(
            N_(
                "The interval “%(method)s” is fitted to the rows, and the design is over a source of sums: "
                "choose one of %(methods)s."
            ),
            method=question.method,
            methods=listed(list(INTERVALS)),
        )
    e = mean(design, question.item, question.by, level=question.confidence)
    rows, other = _rows(design, question)
    numbers = e.table["level"].isna().all()
    if question.level is not None or not numbers or other:
        e = _of_level(e, question)
    return with_interval(e, question.method, rows)


def _of_level(e: Estimate, question: ShareQuestion) -> Estimate:
    """The rows of the table that are of the level asked for."""
    levels = e.table["level"]
    chosen = np.flatnonzero([level == question.level for level in levels])
    if question.level is None or not len(chosen):
        raise DesignError(
            N_(
                "Column “%(column)s” of a source is a category of which the level is named, or of zeros and "
                "ones and no level is; “%(level)s” is none of its levels: %(levels)s."
            ),
            column=question.item,
            level=question.level,
            levels=listed(list(levels.dropna().unique())) or "–",
        )
    return replace(e, table=e.table.iloc[chosen], covariance=e.covariance.iloc[chosen, chosen])


def _rows(design: SourceDesign, question: ShareQuestion) -> tuple[np.ndarray, bool]:
    """(D,) rows of each domain, answered or not, and whether any answer is neither 0 nor 1."""
    reading = _RowsPass(design.reader, question)
    columns = design.reader.columns([*question.by, question.item])
    sums = design.source.reduce(reading, Sums.joined, columns)
    domains, _ = split_rows(sums.keys, sums.keys[INSIDE].to_numpy(dtype=bool), question.by)
    return domains.sums(np.where(domains.active, sums.of(ROWS), 0.0)), bool(sums.of("other").any())


@dataclass(frozen=True, eq=False)
class _RowsPass:
    """Rows by domain, and those whose answer is neither 0 nor 1."""

    reader: RowReader
    question: ShareQuestion

    def __call__(self, frame: pd.DataFrame) -> Sums:
        codes, groups = self.reader.groups(frame, self.question.by)
        answers = frame[self.question.item]
        other = (answers.notna() & ~answers.isin((0, 1))).to_numpy(dtype=bool)
        sums = {ROWS: np.bincount(codes), "other": np.bincount(codes, other, len(groups))}
        return Sums(groups, {name: values.astype(float) for name, values in sums.items()})
