"""Error rates as rows of tables: of a batch, its keyers and its items."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from analysis.acceptance import ErrorRate
from survey.collection.paper import batch_errors, item_errors, keyer_errors, wrong_forms
from survey.collection.paper.basis import Basis, basis_of
from survey.entry.screen import Line, lines_of
from survey.models import Batch, Survey


@dataclass(frozen=True)
class Rates:
    """`keyers` by name, None for the machine; `items` are those that were read wrongly, worst first."""

    basis: Basis
    batch: ErrorRate
    wrong_forms: int
    keyers: list[tuple[str | None, ErrorRate]]
    items: list[tuple[Line, ErrorRate]]


def rates_of(batch: Batch) -> Rates:
    return Rates(
        basis_of(batch),
        batch_errors(batch.id),
        wrong_forms(batch.id),
        keyers_of(batch.survey, batch.id),
        items_of(batch.survey, batch.id),
    )


def keyers_of(survey: Survey, batch_id: int | None = None) -> list[tuple[str | None, ErrorRate]]:
    found = keyer_errors(survey.id, batch_id)
    return [(user.full_name if user else None, rate) for user, rate in found]


def items_of(survey: Survey, batch_id: int | None = None) -> list[tuple[Line, ErrorRate]]:
    by_item = item_errors(survey.id, batch_id)
    lines = lines_of(survey.questionnaire_version.questionnaire)
    return worst_first((line, by_item[line.item.code]) for line in lines if line.item.code in by_item)


def worst_first(rates: Iterable[tuple[Line, ErrorRate]]) -> list[tuple[Line, ErrorRate]]:
    wrong = [(line, rate) for line, rate in rates if rate.wrong]
    return sorted(wrong, key=lambda each: -each[1].share)
