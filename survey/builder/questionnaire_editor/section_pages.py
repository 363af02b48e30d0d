"""One section: its title and introduction in every language, and when it is asked at all."""

from __future__ import annotations

from flask import request
from flask.typing import ResponseReturnValue

from questionnaires.editing.parts import with_part
from questionnaires.faults import N_
from survey.access import roles
from survey.builder.blueprint import blueprint
from survey.builder.drafts.life import WRITERS
from survey.builder.drafts.storing import Operation
from survey.builder.part_form import PartForm, read_form
from survey.builder.questionnaire_editor.editor import part_editor
from survey.builder.questionnaire_editor.page import outline_address

KEYS = ("code", "title", "intro", "relevant", "criterion", "factor")


def put_section(code: str, form: PartForm) -> Operation:
    return lambda definition: with_part(definition, f"section:{code}", form.table)


SECTION = part_editor(
    noun="section",
    saved=N_("The section is saved."),
    place=lambda code: f"section:{code}",
    read=lambda: read_form(request.form, KEYS),
    put=put_section,
    context=lambda draft, reading, table: {},
    faults_of=lambda reading, code: reading.below(reading.entry_place("sections", code)),
    leads_to=lambda draft, code: outline_address(draft) + f"#section-{code}",
)


@blueprint.route("/questionnaires/drafts/<int:draft_id>/sections/<code>", methods=["GET", "POST"])
@roles(*WRITERS)
def edit_section(draft_id: int, code: str) -> ResponseReturnValue:
    return SECTION.edit(draft_id, code)
