"""One flagged response in words, for a supervisor who decides whether it counts.

Opened are only responses with a signal, and of those nothing that describes the person: what somebody is
stays out of the question whether they answered with care.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from flask_login import current_user
from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from questionnaires.answers import show
from questionnaires.faults import Fault
from questionnaires.quality import SAME_TEXT, StraightLine, straight_lining
from questionnaires.routing import asked
from questionnaires.schema import Item
from survey.access import roles
from survey.collection import Refused, reject
from survey.collection.paper_waiting import NOT_YET, hidden_form
from survey.db import db, today
from survey.errors import UserError
from survey.fieldwork.blueprint import blueprint
from survey.fieldwork.quality.look import last_look
from survey.fieldwork.quality.signals import in_order
from survey.fieldwork.survey_pages import MODE_NAMES
from survey.forms import StaffForm
from survey.language import language
from survey.models import Response, ResponseFlag

OPENED = ("accepted", "rejected")  # the others hold no answers any more


class ReasonForm(StaffForm):
    reason = TextAreaField(
        lazy_gettext("Reason"),
        [DataRequired(lazy_gettext("Say why.")), Length(max=500)],
        description=lazy_gettext("A signal alone is no reason: say what in the answers shows it."),
    )


@dataclass(frozen=True)
class Opened:
    """A response, its signals, and the evidence: so many responses have the same words at an item."""

    response: Response
    kinds: frozenset[str]
    line: StraightLine | None
    alike: Sequence[tuple[str, int]]


@blueprint.get("/surveys/<int:survey_id>/quality/<uuid:response_id>")
@roles("supervisor")
def show_response(survey_id: int, response_id: uuid.UUID) -> str:
    return page(find(survey_id, response_id), ReasonForm())


@blueprint.post("/surveys/<int:survey_id>/quality/<uuid:response_id>/reject")
@roles("supervisor")
def reject_flagged(survey_id: int, response_id: uuid.UUID) -> ResponseReturnValue:
    found, form = find(survey_id, response_id), ReasonForm()
    if not form.validate():
        return page(found, form), 422
    try:
        reject(found.response, current_user, form.reason.data)
    except Refused as refusal:
        return page(found, form, [Fault("", each.template, each.values) for each in refusal.faults]), 409
    flash(gettext("The response is rejected: it counts nowhere any more."))
    return redirect(url_for("fieldwork.show_quality", survey_id=survey_id), 303)


def find(survey_id: int, response_id: uuid.UUID) -> Opened:
    """A flagged response of this survey; a page that there is none of otherwise.

    Raises UserError while a second person is still to key its form without seeing the first answers.
    """
    response = db.session.get(Response, response_id)
    if response is None or response.survey_id != survey_id or response.state not in OPENED:
        abort(404)
    noted = db.session.scalars(sa.select(ResponseFlag.kind).filter_by(response_id=response_id))
    look = last_look(response.survey)
    kept = look.find(response_id) if look else None
    kinds = frozenset(noted) | frozenset(kept.kinds if kept else ())
    if not kinds:
        abort(404)
    waiting = hidden_form(response_id)
    if waiting is not None:
        raise UserError(NOT_YET, {"number": waiting}, status=409)
    answers = answers_of(response)
    line = straight_lining(response.survey.questionnaire_version.questionnaire, answers)
    groups = look.same_texts if look and SAME_TEXT in kinds else ()
    alike = [(group.item, len(group.responses)) for group in groups if response_id in group.responses]
    return Opened(response, kinds, line, alike)


def answers_of(response: Response) -> dict[str, Any]:
    return next(each.answers for each in response.versions if each.version == response.version)


def page(found: Opened, form: ReasonForm, faults: Sequence[Fault] = ()) -> str:
    survey = found.response.survey
    texts = {item.code: item.text for item in survey.questionnaire_version.questionnaire.items()}
    return render_template(
        "fieldwork/quality/response.html",
        survey=survey,
        synthetic=survey.round.synthetic,
        response=found.response,
        signals=in_order(found.kinds),
        line=found.line,
        alike=[(texts.get(item, item), number) for item, number in found.alike],
        sections=sections_in_words(found.response),
        form=form,
        faults=faults,
        modes=MODE_NAMES,
    )


def sections_in_words(response: Response) -> list[tuple[Any, list[tuple[Item, str]]]]:
    """Section by section, what was asked and answered, without what describes the person."""
    answers = answers_of(response)
    questionnaire = response.survey.questionnaire_version.questionnaire
    sections = []
    for part in asked(questionnaire, answers, today=today()):
        told = (each for each in part.questions if not (each.profile or each.sensitive))
        lines = [
            (item, show(item.question, answers.get(item.code), language()))
            for question in told
            for item in question.items()
        ]
        if lines:
            sections.append((part.section, lines))
    return sections
