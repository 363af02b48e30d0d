"""The head of a questionnaire: its name, whom it asks, in which languages, the framework it is to cover."""

from __future__ import annotations

import re
from typing import Any

from flask import redirect, request
from flask.typing import ResponseReturnValue

from questionnaires.editing.questionnaire_head import set_head
from questionnaires.faults import N_
from questionnaires.schema import GROUPS
from survey.access import roles
from survey.addresses import sent
from survey.builder.blueprint import blueprint
from survey.builder.drafts.life import WRITERS
from survey.builder.drafts.storing import Operation, held
from survey.builder.part_form import PartForm, read_form
from survey.builder.questionnaire_editor.editor import part_editor
from survey.builder.questionnaire_editor.page import outline_address
from survey.builder.questionnaire_editor.reading import Reading
from survey.db import db
from survey.models import DefinitionDraft, FrameworkVersion

KEYS = ("code", "version", "title", "intro", "group", "languages", "illustrative", "source")


def read_head() -> PartForm:
    form = read_form(request.form, KEYS)
    if languages := re.findall(r"[^\s,;]+", str(form.table.get("languages", ""))):
        form.table["languages"] = languages
    return form


def around_head(draft: DefinitionDraft, reading: Reading, table: dict[str, Any]) -> dict[str, Any]:
    return {"groups": GROUPS}


def put_head(code: str, form: PartForm) -> Operation:
    return lambda definition: set_head(definition, form.table)


HEAD = part_editor(
    noun="head",
    saved=N_("The head of the questionnaire is saved."),
    place=lambda code: "head",
    read=read_head,
    put=put_head,
    context=around_head,
    faults_of=lambda reading, code: reading.of_head(),
    leads_to=lambda draft, code: outline_address(draft),
)


@blueprint.route("/questionnaires/drafts/<int:draft_id>/head", methods=["GET", "POST"])
@roles(*WRITERS)
def edit_questionnaire_head(draft_id: int) -> ResponseReturnValue:
    return HEAD.edit(draft_id)


@blueprint.post("/questionnaires/drafts/<int:draft_id>/framework")
@roles(*WRITERS)
def choose_framework(draft_id: int) -> ResponseReturnValue:
    """Say which framework the questionnaire is to cover."""
    draft = held(draft_id, "questionnaire")
    version_id = sent("framework")
    draft.framework_id = db.get_or_404(FrameworkVersion, version_id).id if version_id else None
    db.session.commit()
    return redirect(outline_address(draft))
