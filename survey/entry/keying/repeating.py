"""What a keyer may repeat by one key: the profile that the same person keyed in the form before."""

from __future__ import annotations

import sqlalchemy as sa

from questionnaires.answers import write_form
from questionnaires.schema import Item, Questionnaire
from survey.db import db
from survey.entry.screen import RATING_KINDS
from survey.models import Batch, FormReading, PaperForm, User


def repeatable(questionnaire: Questionnaire) -> list[Item]:
    """The items that describe the respondent; where none is marked so, all that are no ratings."""
    items = questionnaire.items()
    profile = [item for item in items if item.question.profile]
    return profile or [item for item in items if item.question.kind not in RATING_KINDS]


def last_profile(batch: Batch, person: User) -> dict[str, list[str]]:
    """Raw texts by item, from the last form of this survey that this person keyed to its end, and from no
    other person's.
    """
    query = (
        sa.select(FormReading)
        .join(FormReading.form)
        .join(PaperForm.batch)
        .where(Batch.survey_id == batch.survey_id, FormReading.person_id == person.id)
        .where(FormReading.kind != "scan", FormReading.state == "done")
        .order_by(FormReading.finished_at.desc(), FormReading.id.desc())
        .limit(1)
    )
    last = db.session.scalars(query).first()
    if last is None:
        return {}
    codes = {item.code for item in repeatable(batch.survey.questionnaire_version.questionnaire)}
    return {item: texts for item, texts in write_form(last.answers).items() if item in codes}
