"""A response that came from paper: whether it may be opened, its form, and what was changed in it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from flask import abort
from sqlalchemy.orm import joinedload

from survey.collection.paper_waiting import NOT_YET, hidden_form
from survey.db import db
from survey.entry.screen import Line, changes
from survey.errors import UserError
from survey.models import PaperForm, Response, ResponseVersion

FROM_PAPER = ("keyed", "scanned", "imported")


@dataclass(frozen=True)
class Change:
    line: Line
    before: Any
    after: Any


@dataclass(frozen=True)
class Step:
    """One version in the history of a response, with what it changed."""

    version: ResponseVersion
    changes: Sequence[Change]


def find_response(response_id: uuid.UUID) -> Response:
    """A response that came from paper; what people sent themselves is nobody's to open here.

    Raises UserError while a second person is still to key the form without seeing the first answers.
    """
    response = db.session.get(Response, response_id)
    if response is None or response.mode not in FROM_PAPER:
        abort(404)
    waiting = hidden_form(response_id)
    if waiting is not None:
        raise UserError(NOT_YET, {"number": waiting}, status=409)
    return response


def paper_form(response: Response) -> PaperForm | None:
    """The form it was keyed from; none where it was imported."""
    query = sa.select(PaperForm).filter_by(response_id=response.id).options(joinedload(PaperForm.batch))
    return db.session.scalars(query).one_or_none()


def history(found: Response, lines: Sequence[Line]) -> list[Step]:
    """The versions, newest first."""
    earlier: dict[str, Any] = {}
    steps = []
    for version in found.versions:
        changed = changes(earlier, version.answers, lines) if version.version > 1 else []
        codes = [(line, line.item.code) for line in changed]
        steps.append(
            Step(
                version, [Change(line, earlier.get(code), version.answers.get(code)) for line, code in codes]
            )
        )
        earlier = version.answers
    return steps[::-1]
