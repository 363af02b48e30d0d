"""Between a file and its draft: what was lost is shown, what the file does not say is asked."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice

from questionnaires import examine_questionnaire
from questionnaires.editing.refused import EditRefused
from questionnaires.faults import N_
from survey.access import roles
from survey.builder.blueprint import blueprint
from survey.builder.drafts.addresses import working_address
from survey.builder.drafts.begin_fields import code_field, group_field, refuse_known, version_field
from survey.builder.drafts.life import WRITERS
from survey.builder.exchange.brought import Brought
from survey.builder.exchange.confirming import Pending, begin_with_notes
from survey.builder.shelves import QUESTIONNAIRES
from survey.db import db
from survey.forms import StaffForm
from survey.language import LANGUAGES, sentence

BEGUN = N_("The draft is begun. Nobody but staff sees it until it is approved.")
NOTED = N_("What was lost or changed stands in the draft's comments.")


class HeadForm(StaffForm):
    """What a file does not say of its questionnaire; a field that is said is left out."""

    code, version, group = code_field(), version_field(), group_field()
    language = SelectField(
        lazy_gettext("Language of the texts"),
        choices=[SelectChoice(code, name) for code, name in LANGUAGES.items()],
    )

    def __init__(self, pending: Pending, **options: Any) -> None:
        super().__init__(data={**pending.content, "language": pending.content["languages"][0]}, **options)
        for name in HEAD - pending.assumed:
            del self[name]

    def validate_version(self, field: StringField) -> None:
        refuse_known(QUESTIONNAIRES, self.code.data, field.data)

    def head(self) -> dict[str, str]:
        return {name: self[name].data for name in sorted(HEAD) if name in self}


HEAD = frozenset({"code", "version", "group", "language"})


def ask_to_confirm(brought: Brought, name: str, framework_id: int | None) -> str:
    """The page before the draft; nothing is stored yet."""
    pending = Pending.of(brought, name, framework_id)
    return show_confirmation(pending, HeadForm(pending, formdata=None))


@blueprint.post("/questionnaires/drafts/new/file/confirm")
@roles(*WRITERS)
def confirm_file() -> ResponseReturnValue:
    pending = Pending.unsealed(request.form.get("pending", ""))
    form = HeadForm(pending)
    if not form.validate():
        return show_confirmation(pending, form), 422
    try:
        content = pending.completed(form.head())
    except EditRefused as refusal:
        field = form[refusal.fault.place if refusal.fault.place in form else next(iter(form.head()))]
        field.errors = [*field.errors, sentence(refusal.fault)]
        return show_confirmation(pending, form), 422
    draft = begin_with_notes(pending, content)
    address = working_address(draft)
    db.session.commit()
    flash(" ".join(map(gettext, (BEGUN, NOTED) if pending.notes else (BEGUN,))))
    return redirect(address, 303)


def show_confirmation(pending: Pending, form: HeadForm) -> str:
    questionnaire, _ = examine_questionnaire(pending.content)
    return render_template(
        "builder/exchange/confirm.html",
        pending=pending,
        sealed=pending.sealed(),
        form=form,
        questionnaire=questionnaire,
        spoken=[LANGUAGES.get(each, each) for each in questionnaire.languages],
        back=url_for("builder.begin_draft_by", shelf="questionnaires", way="file"),
    )
