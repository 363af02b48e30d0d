"""The accepted answers of a survey, in chunks: a survey may hold more than memory does."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa

from survey.db import db
from survey.export import CHUNK, CURRENT
from survey.models import Response, ResponseFlag, ResponseVersion, Survey


class Answered(NamedTuple):
    id: uuid.UUID
    unit_id: int
    mode: str
    answers: Mapping[str, Any]


def accepted(survey_id: int) -> sa.Select[Any]:
    columns = (Response.id, Response.unit_id, Response.mode, ResponseVersion.answers)
    return (
        sa.select(*columns)
        .join(ResponseVersion, CURRENT)
        .where(Response.survey_id == survey_id, Response.state == "accepted")
    )


def number_of(survey_id: int) -> int:
    counted = sa.select(sa.func.count()).where(Response.survey_id == survey_id, Response.state == "accepted")
    return db.session.scalar(counted.select_from(Response)) or 0


def all_answers(survey_id: int) -> Iterator[Answered]:
    """In the order of their ids, which tells nothing of who came when."""
    query = accepted(survey_id).order_by(Response.id).execution_options(yield_per=CHUNK)
    return (Answered(*row) for row in db.session.execute(query))


def answers_of(survey_id: int, ids: Sequence[uuid.UUID]) -> Iterator[Answered]:
    for start in range(0, len(ids), CHUNK):
        part = accepted(survey_id).where(Response.id.in_(ids[start : start + CHUNK]))
        yield from (Answered(*row) for row in db.session.execute(part))


def noted_flags(survey_id: int) -> dict[uuid.UUID, set[str]]:
    """The signals noted as forms came in."""
    query = (
        sa.select(ResponseFlag.response_id, ResponseFlag.kind)
        .join(Response, Response.id == ResponseFlag.response_id)
        .where(Response.survey_id == survey_id)
    )
    noted: dict[uuid.UUID, set[str]] = {}
    for response_id, kind in db.session.execute(query):
        noted.setdefault(response_id, set()).add(kind)
    return noted


def persons_of(survey: Survey) -> dict[uuid.UUID, str]:
    """Who filled each response, where one person fills several."""
    if survey.rates == "one":
        return {}
    query = sa.select(Response.id, Response.psu).where(
        Response.survey_id == survey.id, Response.psu.is_not(None)
    )
    return dict(db.session.execute(query).all())
