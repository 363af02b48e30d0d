"""Scales: lists of answers that several questions share; a new one, its levels, its end."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from questionnaires import library
from questionnaires.editing.coded import next_code, tables, texts
from questionnaires.editing.questionnaire_scales import add_scale, remove_scale, set_scale
from questionnaires.editing.refused import EditRefused
from questionnaires.faults import N_
from questionnaires.schema import MISSING_KINDS
from survey.access import roles
from survey.builder.blueprint import blueprint
from survey.builder.drafts.life import WRITERS
from survey.builder.drafts.storing import Operation, change, held
from survey.builder.part_form import PartForm, read_form
from survey.builder.questionnaire_editor.editor import part_editor
from survey.builder.questionnaire_editor.outline_pages import show_outline
from survey.builder.questionnaire_editor.page import outline_address
from survey.builder.terms import MISSING_WORDS
from survey.db import db
from survey.models import DefinitionDraft

KEYS = ("code", "choices")
SATISFACTION = "satisfaction5"
NEW_CHOICES = [{"code": str(number), "text": {}} for number in range(1, 6)]


def put_scale(code: str, form: PartForm) -> Operation:
    return lambda definition: set_scale(definition, code, form.table, form.renamed)


SCALE = part_editor(
    noun="scale",
    saved=N_("The scale is saved."),
    place=lambda code: f"scale:{code}",
    read=lambda: read_form(request.form, KEYS),
    put=put_scale,
    context=lambda draft, reading, table: {"missing": {kind: MISSING_WORDS[kind] for kind in MISSING_KINDS}},
    faults_of=lambda reading, code: reading.below(reading.entry_place("scales", code)),
    leads_to=lambda draft, code: outline_address(draft) + "#scales",
)


@blueprint.route("/questionnaires/drafts/<int:draft_id>/scales/<code>", methods=["GET", "POST"])
@roles(*WRITERS)
def edit_scale(draft_id: int, code: str) -> ResponseReturnValue:
    return SCALE.edit(draft_id, code)


@blueprint.post("/questionnaires/drafts/<int:draft_id>/scales")
@roles(*WRITERS)
def add_a_scale(draft_id: int) -> ResponseReturnValue:
    draft = held(draft_id, "questionnaire")
    taken = {str(scale.get("code")) for scale in tables(draft.content, "scales")}
    code = next_code("scale", taken)
    table = {"code": code, "choices": NEW_CHOICES}
    change(draft, lambda definition: add_scale(definition, table), "add", f"scale:{code}")
    db.session.commit()
    return redirect(url_for("builder.edit_scale", draft_id=draft.id, code=code, added=1))


@blueprint.post("/questionnaires/drafts/<int:draft_id>/scales/satisfaction")
@roles(*WRITERS)
def add_satisfaction_scale(draft_id: int) -> ResponseReturnValue:
    """The five levels of satisfaction that the shipped forms ask on, in the languages of the draft."""
    draft = held(draft_id, "questionnaire")
    try:
        change(draft, partial(add_scale, table=shipped_scale(draft)), "add", f"scale:{SATISFACTION}")
    except EditRefused as refused:
        return show_outline(draft, refused), 422
    db.session.commit()
    return redirect(outline_address(draft) + "#scales")


def shipped_scale(draft: DefinitionDraft) -> dict[str, Any]:
    languages = texts(draft.content, "languages")
    scales = tables(library.source("citizen-satisfaction-2024"), "scales")
    levels = next(tables(scale, "choices") for scale in scales if scale["code"] == SATISFACTION)
    choices = [
        {
            "code": level["code"],
            "text": {each: level["text"][each] for each in languages if each in level["text"]},
        }
        for level in levels
        if "missing" not in level
    ]
    return {"code": SATISFACTION, "choices": choices}


@blueprint.post("/questionnaires/drafts/<int:draft_id>/scales/<code>/remove")
@roles(*WRITERS)
def remove_a_scale(draft_id: int, code: str) -> ResponseReturnValue:
    draft = held(draft_id, "questionnaire")
    try:
        change(draft, lambda definition: remove_scale(definition, code), "remove", f"scale:{code}")
    except EditRefused as refused:
        return show_outline(draft, refused), 422
    db.session.commit()
    return redirect(outline_address(draft) + "#scales")
