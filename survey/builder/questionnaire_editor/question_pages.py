"""One question: its words in every language side by side, its answers, its route, the criterion it feeds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import flash, request, url_for
from flask.typing import ResponseReturnValue

from questionnaires.editing.question_edits import add_another
from questionnaires.editing.question_places import proposed_code
from questionnaires.editing.question_setting import set_question
from questionnaires.editing.refused import EditRefused
from questionnaires.faults import N_
from questionnaires.kinds import KINDS
from questionnaires.schema import MISSING_KINDS
from survey.access import roles
from survey.builder.blueprint import blueprint
from survey.builder.drafts.life import WRITERS
from survey.builder.drafts.storing import Operation, change
from survey.builder.part_form import PartForm, read_form
from survey.builder.questionnaire_editor.criteria import pickable
from survey.builder.questionnaire_editor.editor import part_editor
from survey.builder.questionnaire_editor.page import outline_address
from survey.builder.questionnaire_editor.reading import Reading, read_draft
from survey.builder.terms import MISSING_WORDS, QUESTION_KINDS
from survey.db import db
from survey.language import sentence
from survey.models import DefinitionDraft

KEYS = (
    "code",
    "kind",
    "text",
    "hint",
    "required",
    "relevant",
    "constraint",
    "constraint_message",
    "choices",
    "scale",
    "rows",
    "criterion",
    "factor",
    "unit_of_rating",
    "profile",
    "sensitive",
)


@dataclass(frozen=True)
class Fields:
    """Which parts the form of a kind of question has."""

    answers: bool = True
    scales: bool = True
    rows: bool = True
    criterion: bool = True
    answered: bool = True


def fields_of(table: Mapping[str, Any]) -> Fields:
    kind = KINDS.get(str(table.get("kind")))
    if kind is None:
        return Fields()
    return Fields(
        answers=kind.levels is not None,
        scales=bool(kind.levels),
        rows=kind.rows,
        criterion=kind.rated,
        answered=kind.answered,
    )


def put_question(code: str, form: PartForm) -> Operation:
    return lambda definition: set_question(definition, code, form.table, form.renamed)


def around_question(draft: DefinitionDraft, reading: Reading, table: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "fields": fields_of(table),
        "kinds": {kind: QUESTION_KINDS[kind] for kind in KINDS},
        "missing": {kind: MISSING_WORDS[kind] for kind in MISSING_KINDS},
        "criteria": pickable(draft, reading.questionnaire.group),
    }


def after_question(draft: DefinitionDraft, code: str) -> str:
    """Where a saved question leads: to itself, to the one after it, to a new one, or back to the outline."""
    then = request.form.get("then", "")
    if then == "another":
        return url_for("builder.edit_question", draft_id=draft.id, code=added_behind(draft, code))
    codes = [question.code for question in read_draft(draft).questionnaire.questions()]
    following = codes[codes.index(code) + 1 :][:1] if then == "next" and code in codes else []
    if then == "outline" or (then == "next" and not following):
        return outline_address(draft, code)
    return url_for("builder.edit_question", draft_id=draft.id, code=(following or [code])[0])


def added_behind(draft: DefinitionDraft, code: str) -> str:
    """Add a question of the same kind and scale; returns its code, or `code` where no kind is known."""
    new = proposed_code(draft.content)
    try:
        change(draft, partial(add_another, like=code, code=new), "add", f"question:{new}")
    except EditRefused as refused:
        flash(sentence(refused.fault))
        return code
    db.session.commit()
    return new


QUESTION = part_editor(
    noun="question",
    saved=N_("The question is saved."),
    place=lambda code: f"question:{code}",
    read=lambda: read_form(request.form, KEYS),
    put=put_question,
    context=around_question,
    faults_of=lambda reading, code: reading.below(reading.question_place(code)),
    leads_to=after_question,
)


@blueprint.route("/questionnaires/drafts/<int:draft_id>/questions/<code>", methods=["GET", "POST"])
@roles(*WRITERS)
def edit_question(draft_id: int, code: str) -> ResponseReturnValue:
    return QUESTION.edit(draft_id, code)
