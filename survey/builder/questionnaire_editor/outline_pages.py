"""The builder's start: sections and their questions in order; adding, moving, copying and removing them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from questionnaires.editing.coded import tables
from questionnaires.editing.question_edits import (
    add_question,
    duplicate_question,
    move_question,
    remove_question,
)
from questionnaires.editing.question_places import place_of, proposed_code
from questionnaires.editing.questionnaire_sections import add_section, move_section, remove_section
from questionnaires.editing.refused import EditRefused
from questionnaires.faults import N_
from questionnaires.kinds import KINDS
from survey.access import roles
from survey.builder.blueprint import blueprint
from survey.builder.drafts.addresses import to_read
from survey.builder.drafts.life import WRITERS, may_change
from survey.builder.drafts.storing import change, found, held
from survey.builder.questionnaire_editor.outline import outline
from survey.builder.questionnaire_editor.page import outline_address, panel, usable_frameworks
from survey.builder.questionnaire_editor.reading import read_draft
from survey.builder.terms import QUESTION_KINDS
from survey.db import db
from survey.errors import UserError
from survey.models import DefinitionDraft

Operation = Callable[[dict[str, Any]], dict[str, Any]]

UNCLEAR = N_("It is not said where to.")


@blueprint.get("/questionnaires/drafts/<int:draft_id>")
@roles(*WRITERS)
def edit_questionnaire_draft(draft_id: int) -> ResponseReturnValue:
    draft = found(draft_id, "questionnaire")
    return show_outline(draft) if may_change(draft) else to_read(draft)


def show_outline(draft: DefinitionDraft, refused: EditRefused | None = None) -> str:
    reading = read_draft(draft)
    return render_template(
        "builder/questionnaire_editor/outline.html",
        draft=draft,
        sections=outline(reading),
        frameworks=usable_frameworks(draft),
        kinds={kind: QUESTION_KINDS[kind] for kind in KINDS},
        faults=[refused.fault] if refused else [],
        refused_act=request.form.get("act", "") if refused else "",
        **panel(draft, reading),
    )


@blueprint.post("/questionnaires/drafts/<int:draft_id>/outline")
@roles(*WRITERS)
def rearrange_questionnaire(draft_id: int) -> ResponseReturnValue:
    """One button of the outline: `act` is "verb:code"; scripts ask for no page in return."""
    draft = held(draft_id, "questionnaire")
    verb, _, code = request.form.get("act", "").partition(":")
    if verb not in ACTS:
        raise UserError(UNCLEAR)
    noun, action, operation = ACTS[verb]
    try:
        change(draft, partial(operation, code=code), action, f"{noun}:{code}")
    except EditRefused as refused:
        return show_outline(draft, refused), 422
    db.session.commit()
    if request.headers.get("HX-Request"):
        return "", 204
    return redirect(outline_address(draft) + f"#{noun}-{code}")


def step_question(definition: dict[str, Any], code: str, step: int) -> dict[str, Any]:
    """A question one place up or down, into the next section at the end of its own."""
    number, index = place_of(definition, code)
    sections = tables(definition, "sections")
    if 0 <= index + step < len(tables(sections[number], "questions")):
        return move_question(definition, code, str(sections[number].get("code")), index + 1 + step)
    if not 0 <= number + step < len(sections):
        return definition
    beside = sections[number + step]
    position = 1 if step > 0 else len(tables(beside, "questions")) + 1
    return move_question(definition, code, str(beside.get("code")), position)


def step_section(definition: dict[str, Any], code: str, step: int) -> dict[str, Any]:
    codes = [section.get("code") for section in tables(definition, "sections")]
    return move_section(definition, code, codes.index(code) + 1 + step) if code in codes else definition


def place_dragged(definition: dict[str, Any], code: str) -> dict[str, Any]:
    """A question where it was dropped: `section` and `position`, counted from 1, say where."""
    position = request.form.get("position", type=int)
    if position is None:
        raise UserError(UNCLEAR)
    return move_question(definition, code, request.form.get("section", ""), position)


ACTS: dict[str, tuple[str, str, Callable[..., dict[str, Any]]]] = {
    "up": ("question", "move", partial(step_question, step=-1)),
    "down": ("question", "move", partial(step_question, step=1)),
    "place": ("question", "move", place_dragged),
    "copy": ("question", "copy", duplicate_question),
    "remove": ("question", "remove", remove_question),
    "force": ("question", "remove", partial(remove_question, force=True)),
    "section-up": ("section", "move", partial(step_section, step=-1)),
    "section-down": ("section", "move", partial(step_section, step=1)),
    "section-remove": ("section", "remove", remove_section),
    "section-force": ("section", "remove", partial(remove_section, force=True)),
}


@blueprint.post("/questionnaires/drafts/<int:draft_id>/questions")
@roles(*WRITERS)
def add_a_question(draft_id: int) -> ResponseReturnValue:
    draft = held(draft_id, "questionnaire")
    section, kind = request.form.get("section", ""), request.form.get("kind", "single")
    if kind not in KINDS:
        raise UserError(UNCLEAR)
    code = proposed_code(draft.content)
    after = request.form.get("after") or None
    try:
        change(
            draft,
            lambda definition: add_question(definition, section, kind, after, code),
            "add",
            f"question:{code}",
        )
    except EditRefused as refused:
        return show_outline(draft, refused), 422
    db.session.commit()
    return redirect(url_for("builder.edit_question", draft_id=draft.id, code=code, added=1))


@blueprint.post("/questionnaires/drafts/<int:draft_id>/sections")
@roles(*WRITERS)
def add_a_section(draft_id: int) -> ResponseReturnValue:
    draft = held(draft_id, "questionnaire")
    try:
        content = add_section(draft.content, {}, after=request.form.get("after") or None)
    except EditRefused as refused:
        return show_outline(draft, refused), 422
    code = (section_codes(content) - section_codes(draft.content)).pop()
    change(draft, lambda _: content, "add", f"section:{code}")
    db.session.commit()
    return redirect(url_for("builder.edit_section", draft_id=draft.id, code=code, added=1))


def section_codes(definition: dict[str, Any]) -> set[str]:
    return {str(section.get("code")) for section in tables(definition, "sections")}
