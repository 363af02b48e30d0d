"""The criteria still unasked, picked in the panel, become questions, or the rows of one question."""

from __future__ import annotations

from functools import partial

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from questionnaires.editing.coded import code_of, tables
from questionnaires.editing.criteria_asking import Asked, ask, ask_in_rows
from questionnaires.editing.question_places import proposed_code
from questionnaires.editing.questionnaire_sections import add_section
from questionnaires.editing.refused import EditRefused
from survey.access import roles
from survey.builder.blueprint import blueprint
from survey.builder.drafts.life import WRITERS
from survey.builder.drafts.storing import Operation, change, held
from survey.builder.questionnaire_editor.outline_pages import show_outline
from survey.builder.questionnaire_editor.page import outline_address
from survey.builder.questionnaire_editor.reading import covered, read_draft
from survey.builder.questionnaire_editor.siblings import siblings
from survey.db import db
from survey.models import DefinitionDraft


@blueprint.post("/questionnaires/drafts/<int:draft_id>/criteria")
@roles(*WRITERS)
def ask_criteria(draft_id: int) -> ResponseReturnValue:
    """`criterion`: those picked, else all that are unasked. `how`: "rows" of one question, or one each."""
    draft = held(draft_id, "questionnaire")
    first = proposed_code(draft.content)
    try:
        section = section_to_fill(draft)
        for operation in operations(section, picked(draft)):
            change(draft, operation, "add", f"question:{proposed_code(draft.content)}")
    except EditRefused as refused:
        db.session.rollback()
        return show_outline(draft, refused), 422
    db.session.commit()
    return redirect(after_asking(draft, first))


def after_asking(draft: DefinitionDraft, first: str) -> str:
    """A question of many rows still lacks its own words; others can be read in the outline."""
    if request.form.get("how") == "rows":
        return url_for("builder.edit_question", draft_id=draft.id, code=first)
    return outline_address(draft, first)


def operations(section: str, criteria: list[Asked]) -> list[Operation]:
    if request.form.get("how") == "rows":
        return [partial(ask_in_rows, section=section, criteria=criteria)]
    return [partial(ask, section=section, criterion=criterion) for criterion in criteria]


def picked(draft: DefinitionDraft) -> list[Asked]:
    framework = draft.framework_version.framework if draft.framework_version else None
    found = covered(read_draft(draft), framework, siblings(draft))
    unasked = [line.leaf for line in found.lines if line.state == "unasked"] if found else []
    chosen = request.form.getlist("criterion")
    asked = {leaf.subject or leaf.code: leaf for leaf in unasked if not chosen or leaf.code in chosen}
    return [Asked(name, leaf.title) for name, leaf in asked.items()]


def section_to_fill(draft: DefinitionDraft) -> str:
    """The section chosen; of a form that has none, its first, added now."""
    if not tables(draft.content, "sections"):
        change(draft, partial(add_section, title={}), "add", "section:s1")
        return code_of(tables(draft.content, "sections")[0])
    return request.form.get("section", "")
