"""Answers and design → one row per response, with a codebook beside it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analysis.estimation.columns import BUILDERS, MISSING_CODES, MISSING_TEXTS, BadValue, Columns
from analysis.refused import DataError
from questionnaires.expression import names
from questionnaires.faults import N_, Fault
from questionnaires.routing import asked_items, is_blank
from questionnaires.schema import Questionnaire

DESIGN_COLUMNS = ("response_id", "unit", "stratum", "psu", "mode")
REQUIRED = ("response_id", "unit", "stratum")
MOST_FAULTS = 100
"""Beyond so many, a file is of another kind than expected and a longer list helps nobody."""

NO_VALUE = N_("The response has no %(column)s.")
TWICE = N_("The response is there more than once.")
UNKNOWN_ITEM = N_("The questionnaire has no question “%(item)s”.")


@dataclass(frozen=True, eq=False)
class Dataset:
    """One row per response, sorted by `response_id`.

    `frame`: response_id, unit, stratum, psu, mode, then the columns of each item in the questionnaire's
    order: choice codes as categories; several choices as `item__choice` 1/0; numbers; texts. Where an answer
    is missing stands a code that says why (`columns.MISSING_CODES`): as a text among choices and texts, as a
    number among numbers. `codebook`: one row per column and code: column, item, text_vi, text_en, kind, code,
    label_vi, label_en, missing.
    """

    frame: pd.DataFrame
    codebook: pd.DataFrame
    questionnaire: Questionnaire

    def valid(self, columns: Sequence[str]) -> pd.DataFrame:
        """Those columns with NaN wherever an answer is missing, for whatever reason."""
        return pd.DataFrame(
            {column: _valid(self.frame[column]) for column in columns}, index=self.frame.index
        )


def _valid(column: pd.Series) -> pd.Series:
    if isinstance(column.dtype, pd.CategoricalDtype):
        # Not remove_categories, which sorts what remains: levels stand from worst to best.
        return column.cat.set_categories(
            [code for code in column.cat.categories if code not in MISSING_TEXTS]
        )
    if pd.api.types.is_numeric_dtype(column):
        return column.astype(float).mask(column.isin(list(MISSING_CODES.values())))
    return column.mask(column.isin(list(MISSING_TEXTS)))


def build_dataset(
    questionnaire: Questionnaire,
    records: Iterable[Mapping[str, Any]],
    *,
    today: datetime.date = datetime.date.max,
) -> Dataset:
    """Lay out responses in one pass over `records`, which are mappings with response_id, unit, stratum,
    optionally psu and mode, and `answers` (item code → value; no key where nothing was answered).

    A question off the person's route is "not asked", whatever was answered to it; a blank on the route is
    "left blank". `today` is the day that routes with `today()` are read on: that of the round, for a rerun to
    give the same. Raises DataError naming response and question of every value that does not fit.
    """
    builder = _Builder(questionnaire, today)
    for record in records:
        builder.add(record)
    return builder.dataset()


class _Builder:
    """The columns while they grow."""

    def __init__(self, questionnaire: Questionnaire, today: datetime.date) -> None:
        self.questionnaire = questionnaire
        self.routes = _Routes(questionnaire, today)
        self.design: dict[str, list[str]] = {column: [] for column in DESIGN_COLUMNS}
        self.items: dict[str, Columns] = {
            item.code: BUILDERS[item.question.kind](item) for item in questionnaire.items()
        }
        self.seen: set[str] = set()
        self.faults: list[Fault] = []

    def add(self, record: Mapping[str, Any]) -> None:
        self._add_design(record)
        answers = record["answers"]
        on_route = self.routes.of(answers)
        for code, columns in self.items.items():
            if code not in on_route:
                columns.add_absent("not_asked")
            elif is_blank(value := answers.get(code)):
                columns.add_absent("blank")
            else:
                self._add_value(record, code, columns, value)
        for code in sorted(answers.keys() - self.items.keys()):
            self._refuse(record, code, UNKNOWN_ITEM, item=code)

    def _add_design(self, record: Mapping[str, Any]) -> None:
        for column in REQUIRED:
            if not record.get(column):
                self._refuse(record, column, NO_VALUE, column=column)
        if (response := str(record.get("response_id"))) in self.seen:
            self._refuse(record, "response_id", TWICE)
        self.seen.add(response)
        for column, values in self.design.items():
            values.append(str(record.get(column) or ""))

    def _add_value(self, record: Mapping[str, Any], code: str, columns: Columns, value: Any) -> None:
        try:
            columns.add(value)
        except BadValue as bad:
            template, shown = (*bad.args, value)[:2]
            self._refuse(record, code, template, value=str(shown)[:40])
            columns.add_absent("blank")

    def _refuse(self, record: Mapping[str, Any], place: str, template: str, **values: object) -> None:
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(Fault(f"{record.get('response_id', '')}.{place}", template, values))

    def dataset(self) -> Dataset:
        if self.faults:
            raise DataError(self.faults)
        order = np.argsort(np.array(self.design["response_id"], dtype=object), kind="stable")
        columns: dict[str, Any] = {name: np.array(values, object) for name, values in self.design.items()}
        for item in self.items.values():
            columns.update(item.series())
        frame = pd.DataFrame(columns).iloc[order].reset_index(drop=True)
        codebook = pd.DataFrame(row for item in self.items.values() for row in item.codebook())
        return Dataset(frame, codebook, self.questionnaire)


class _Routes:
    """Which items a person was asked. It hangs on few answers, so each combination is worked out once."""

    def __init__(self, questionnaire: Questionnaire, today: datetime.date) -> None:
        self.questionnaire, self.today = questionnaire, today
        conditions = [section.relevant for section in questionnaire.sections]
        conditions += [question.relevant for question in questionnaire.questions()]
        self.deciding = sorted(frozenset().union(*(names(tree) for tree in conditions if tree is not None)))
        self.known: dict[tuple[str, ...], frozenset[str]] = {}

    def of(self, answers: Mapping[str, Any]) -> frozenset[str]:
        key = tuple(repr(answers.get(code)) for code in self.deciding)
        if key not in self.known:
            self.known[key] = self._work_out(answers)
        return self.known[key]

    def _work_out(self, answers: Mapping[str, Any]) -> frozenset[str]:
        return frozenset(item.code for item in asked_items(self.questionnaire, answers, today=self.today))
