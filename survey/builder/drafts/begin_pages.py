"""Beginning a draft."""

from __future__ import annotations

from dataclasses import dataclass

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from questionnaires import DefinitionError
from questionnaires.editing.refused import EditRefused
from questionnaires.faults import N_
from questionnaires.sheets import SheetsRefused
from survey.access import roles
from survey.builder.blueprint import blueprint
from survey.builder.drafts import begin_forms as forms
from survey.builder.drafts.addresses import KINDS, SHELF, working_address
from survey.builder.drafts.files import brought_in, is_unread
from survey.builder.drafts.life import WRITERS
from survey.builder.drafts.storing import SHELVES, begin
from survey.builder.exchange.brought import Brought
from survey.builder.exchange.confirm_pages import ask_to_confirm
from survey.builder.places import with_codes
from survey.db import db
from survey.faulty_sheets import Report, report_of
from survey.language import sentence

BEGUN = N_("The draft is begun. Nobody but staff sees it until it is approved.")


@dataclass(frozen=True)
class Way:
    """A way to begin a draft: what it is called, what it is for, the form of each kind of definition."""

    name: str
    purpose: str
    forms: dict[str, type[forms.BeginForm]]


WAYS = {
    "copy": Way(
        N_("Next version of one stored here"),
        N_("Everything is kept: criteria, questions, texts, routes and rules."),
        {"framework": forms.Copied, "questionnaire": forms.CopiedQuestionnaire},
    ),
    "decision": Way(
        N_("A new decision that replaces an earlier one"),
        N_("The criteria are kept to be changed, and every change against the earlier set is noted."),
        {"framework": forms.Succeeding},
    ),
    "file": Way(
        N_("From a file"),
        N_("A definition that exists already, here or elsewhere."),
        {"framework": forms.FromFile, "questionnaire": forms.QuestionnaireFromFile},
    ),
    "empty": Way(
        N_("Empty"),
        N_("Nothing but a title and a code to begin with."),
        {"framework": forms.EmptyFramework, "questionnaire": forms.EmptyQuestionnaire},
    ),
}


@blueprint.get(f"/{SHELF}/drafts/new")
@roles(*WRITERS)
def begin_draft(shelf: str) -> str:
    ways = {name: way for name, way in WAYS.items() if KINDS[shelf] in way.forms}
    return render_template("builder/drafts/begin.html", shelf=shelf, kind=KINDS[shelf], ways=ways)


@blueprint.route(f"/{SHELF}/drafts/new/<way>", methods=["GET", "POST"])
@roles(*WRITERS)
def begin_draft_by(shelf: str, way: str) -> ResponseReturnValue:
    kind = KINDS[shelf]
    if way not in WAYS or kind not in WAYS[way].forms:
        abort(404)
    given = (request.args.get(name, type=int) for name in ("of", "framework"))
    form = WAYS[way].forms[kind](SHELVES[kind], *given)
    if not form.validate_on_submit():
        return show_form(shelf, way, form), 422 if form.is_submitted() else 200
    try:
        brought = brought_in(kind, form.file.data) if "file" in form else Brought(form.content())
    except EditRefused as refusal:
        put_at_field(form, refusal)
        return show_form(shelf, way, form), 422
    except SheetsRefused as refusal:
        return show_form(shelf, way, form, report=report_of(refusal.faults)), 422
    except DefinitionError as error:
        return show_form(shelf, way, form, error), 422
    if brought.is_to_confirm:
        return ask_to_confirm(brought, form.file.data.filename, form.covered())
    draft = begin(kind, brought.content, form.covered())
    address = working_address(draft)
    db.session.commit()
    flash(gettext(BEGUN))
    return redirect(address, 303)


def put_at_field(form: forms.BeginForm, refusal: EditRefused) -> None:
    """Say a refusal at the field it is about, else at the first."""
    place = refusal.fault.place
    field = form[place] if place in form else next(iter(form))
    field.errors = [*field.errors, sentence(refusal.fault)]


def show_form(
    shelf: str,
    way: str,
    form: forms.BeginForm,
    error: DefinitionError | None = None,
    report: Report | None = None,
) -> str:
    """The form; `error` and `report` are of a file that was refused."""
    faults = error.faults if error else ()
    if unread := [sentence(fault) for fault in faults if is_unread(fault)]:
        form.file.errors = unread
    return render_template(
        "builder/drafts/begin_form.html",
        shelf=shelf,
        kind=KINDS[shelf],
        way=WAYS[way],
        form=form,
        refused=[(with_codes(fault.place, {}), fault) for fault in faults if not is_unread(fault)],
        report=report,
        back=url_for("builder.begin_draft", shelf=shelf),
    )
