"""What the bank holds: the stored forms and the shipped ones, put together once until something is stored."""

from __future__ import annotations

import functools
from collections.abc import Mapping

import sqlalchemy as sa

from questionnaires.bank import Bank
from questionnaires.bank.entries import Edition
from survey.db import db
from survey.models import QuestionnaireVersion, Round, Survey

Years = Mapping[Edition, tuple[int, ...]]
"""Code and version of a form → the years whose rounds asked it, the first first."""

Digests = tuple[tuple[int, str], ...]


def held() -> Bank:
    """The bank over all stored versions, retired ones too: their figures are there to be continued.

    It is put together anew when a version is stored or removed or a round asks one, never while searching.
    """
    stored = sa.select(QuestionnaireVersion.id, QuestionnaireVersion.sha256).order_by(QuestionnaireVersion.id)
    digests = tuple((version_id, sha256) for version_id, sha256 in db.session.execute(stored))
    first = tuple((edition, years[0]) for edition, years in sorted(years_asked().items()))
    return _put_together(digests, first)


def years_asked() -> Years:
    query = (
        sa.select(QuestionnaireVersion.code, QuestionnaireVersion.version, Round.year)
        .join(Survey, Survey.questionnaire_id == QuestionnaireVersion.id)
        .join(Round, Survey.round_id == Round.id)
        .where(Survey.state != "draft")
        .distinct()
        .order_by(Round.year)
    )
    found: dict[Edition, tuple[int, ...]] = {}
    for code, version, year in db.session.execute(query):
        found[code, version] = (*found.get((code, version), ()), year)
    return found


@functools.lru_cache(maxsize=2)
def _put_together(digests: Digests, years: tuple[tuple[Edition, int], ...]) -> Bank:
    ids = [version_id for version_id, _ in digests]
    query = sa.select(QuestionnaireVersion).where(QuestionnaireVersion.id.in_(ids))
    return Bank.over([version.questionnaire for version in db.session.scalars(query)], dict(years))
