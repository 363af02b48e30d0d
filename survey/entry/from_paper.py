"""A response that came from paper: whether it may be opened, its form, and what was changed in it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from flask import abort, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import joinedload

from survey.collection.paper import Noted, noted_on
from survey.collection.paper_waiting import NOT_YET, hidden_form, wants_second
from survey.db import db
from survey.entry.blueprint import blueprint
from survey.entry.following.shown_numbers import name_of
from survey.entry.screen import Line, changes
from survey.errors import UserError
from survey.models import Batch, PaperForm, Response, ResponseVersion

FROM_PAPER = ("keyed", "scanned", "imported")


class StillHidden(UserError):
    """The form is to be keyed by a second person, to whom its answers are not shown."""

    def __init__(self, form: PaperForm) -> None:
        super().__init__(NOT_YET, {"number": name_of(form)}, status=409)
        self.batch_id, self.batch_code = form.batch_id, form.batch.code


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

    Raises StillHidden while a second person is still to key the form without seeing the first answers.
    """
    response = db.session.get(Response, response_id)
    if response is None or response.mode not in FROM_PAPER:
        abort(404)
    form = paper_form(response)
    if form is not None and hidden_form(response_id) is not None:
        raise StillHidden(form)
    return response


@blueprint.errorhandler(StillHidden)
def show_still_hidden(error: StillHidden) -> ResponseReturnValue:
    """What the person may do is on the page of the batch."""
    db.session.rollback()
    return render_template("entry/still_hidden.html", error=error), error.status


def paper_form(response: Response) -> PaperForm | None:
    """The form it was keyed from; none where it was imported."""
    query = sa.select(PaperForm).filter_by(response_id=response.id).options(joinedload(PaperForm.batch))
    return db.session.scalars(query).one_or_none()


def noted_by_item(form: PaperForm | None) -> dict[str, Noted]:
    """Item → what the paper says of it beyond the record; nothing of what was imported."""
    return {each.item: each for each in noted_on(form)} if form else {}


def counting_meanwhile(batch: Batch) -> int:
    """How many forms were accepted before they were sent to a second keying: their answers still count."""
    waits = sa.or_(wants_second(), PaperForm.state == "disputed")
    accepted = (PaperForm.batch_id == batch.id, PaperForm.response_id.is_not(None))
    return db.session.scalar(sa.select(sa.func.count()).where(*accepted, waits)) or 0


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
