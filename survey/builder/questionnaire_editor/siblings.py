"""The other questionnaires that serve the framework of a draft: in its rounds, or in the making beside it."""

from __future__ import annotations

import sqlalchemy as sa

from questionnaires.schema import Questionnaire
from survey.builder.questionnaire_editor.reading import read_draft
from survey.db import db
from survey.models import DefinitionDraft, QuestionnaireVersion, Round, Survey


def siblings(draft: DefinitionDraft) -> list[Questionnaire]:
    """Those of another code: earlier and later versions of the draft's own stand for the same form."""
    if draft.framework_id is None:
        return []
    return [*in_rounds(draft), *in_the_making(draft)]


def in_rounds(draft: DefinitionDraft) -> list[Questionnaire]:
    rounds = sa.select(Round.id).filter_by(framework_id=draft.framework_id)
    asked = sa.select(Survey.questionnaire_id).where(Survey.round_id.in_(rounds))
    query = sa.select(QuestionnaireVersion).where(
        QuestionnaireVersion.id.in_(asked), QuestionnaireVersion.code != draft.code
    )
    return [version.questionnaire for version in db.session.scalars(query)]


def in_the_making(draft: DefinitionDraft) -> list[Questionnaire]:
    query = sa.select(DefinitionDraft).where(
        DefinitionDraft.kind == "questionnaire",
        DefinitionDraft.framework_id == draft.framework_id,
        DefinitionDraft.state != "approved",
        DefinitionDraft.code != draft.code,
    )
    return [read_draft(other).questionnaire for other in db.session.scalars(query)]
