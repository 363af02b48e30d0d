"""The bank beside a draft: searching it, and putting a question into the form at a place."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from questionnaires import Fault
from questionnaires.bank import Entry, Inserted, insert
from questionnaires.editing.coded import code_of, tables
from questionnaires.editing.question_places import place_of, taken_codes
from questionnaires.editing.refused import EditRefused
from questionnaires.faults import N_
from survey.access import roles
from survey.builder.bank.holding import held as bank_held
from survey.builder.bank.looking import look_up
from survey.builder.bank.standing import when
from survey.builder.blueprint import blueprint
from survey.builder.drafts.life import WRITERS
from survey.builder.drafts.storing import Content, change, found, held
from survey.builder.questionnaire_editor.outline import words
from survey.builder.questionnaire_editor.page import outline_address
from survey.db import db
from survey.errors import UserError
from survey.language import sentence
from survey.models import DefinitionDraft

IN_THE_FORM = N_("The question is in the form, as “%(code)s”.")
NOT_CHOSEN = N_("Choose a question of the bank.")
GONE = N_("This question is no longer in the bank: somebody removed the form that asked it.")


@dataclass(frozen=True)
class Place:
    """Where a question can be put: behind another, or at the end of a section (`after` blank)."""

    section: str
    after: str
    words: str

    @property
    def key(self) -> str:
        return f"question:{self.after}" if self.after else f"section:{self.section}"


@blueprint.get("/questionnaires/drafts/<int:draft_id>/bank")
@roles(*WRITERS)
def bank_for_draft(draft_id: int) -> str:
    return show_bank(found(draft_id, "questionnaire"))


def show_bank(draft: DefinitionDraft, refused: Sequence[Fault] = ()) -> str:
    taken = taken_codes(draft.content)
    return render_template(
        "builder/bank/draft.html",
        draft=draft,
        title=words(draft.content.get("title")),
        sections=places(draft.content),
        chosen=request.form.get("place") or place_in_address(draft.content),
        taken=taken,
        key=key_of,
        when=when,
        faults=refused,
        **look_up(draft.content.get("group"), draft.framework_version, taken),
    )


def places(content: Content) -> list[tuple[str, list[Place]]]:
    """Each section's title with the places in it, its end first."""
    listed = []
    for number, section in enumerate(tables(content, "sections"), 1):
        code = code_of(section)
        behind = [
            Place(code, code_of(question), words(question.get("text")))
            for question in tables(section, "questions")
        ]
        listed.append((f"{number}. {words(section.get('title'))}", [Place(code, "", ""), *behind]))
    return listed


def place_in_address(content: Content) -> str:
    """The place that `after` or `section` of the address names; else the end of the form."""
    after, section = request.args.get("after", ""), request.args.get("section", "")
    last = [code_of(each) for each in tables(content, "sections")][-1:]
    return f"question:{after}" if after else f"section:{section or ''.join(last)}"


def key_of(entry: Entry) -> str:
    """What names an entry in a form."""
    return json.dumps([*entry.latest.edition, entry.code], ensure_ascii=False)


@blueprint.post("/questionnaires/drafts/<int:draft_id>/bank")
@roles(*WRITERS)
def use_bank_question(draft_id: int) -> ResponseReturnValue:
    draft, entry = held(draft_id, "questionnaire"), chosen_entry()
    try:
        section, after = chosen_place(draft.content)
        inserted = insert(draft.content, section, after, entry)
        change(draft, lambda _: inserted.definition, "add", f"question:{inserted.code}")
    except EditRefused as refusal:
        fault = Fault("place", refusal.fault.template, refusal.fault.values)
        return show_bank(draft, [fault]), 422
    db.session.commit()
    tell(inserted)
    return redirect(outline_address(draft, inserted.code), 303)


def chosen_entry() -> Entry:
    """The entry whose button was pressed. Raises UserError where there is none."""
    try:
        form, version, code = map(str, json.loads(request.form.get("question", "")))
    except (ValueError, TypeError, RecursionError):
        raise UserError(NOT_CHOSEN) from None
    entry = bank_held().find((form, version), code)
    if entry is None:
        raise UserError(GONE, status=409)
    return entry


def chosen_place(content: Content) -> tuple[str, str | None]:
    """Section and question that the new one goes behind. Raises EditRefused where that is gone."""
    sort, _, code = request.form.get("place", "").partition(":")
    if sort != "question":
        return code, None
    number, _ = place_of(content, code)
    return code_of(tables(content, "sections")[number]), code


def tell(inserted: Inserted) -> None:
    """Say where the question is, and what came differently from how it stood elsewhere."""
    flash(gettext(IN_THE_FORM) % {"code": inserted.code})
    for note in inserted.notes:
        flash(sentence(note))
