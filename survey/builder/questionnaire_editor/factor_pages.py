"""The factors that items belong to, in the order reports print them."""

from __future__ import annotations

from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from questionnaires.editing.parts import with_part
from questionnaires.editing.questionnaire_factors import set_factor
from questionnaires.faults import N_
from survey.access import roles
from survey.builder.blueprint import blueprint
from survey.builder.drafts.life import WRITERS
from survey.builder.drafts.storing import Operation
from survey.builder.nested_forms import read_part
from survey.builder.part_form import PartForm, former_codes
from survey.builder.questionnaire_editor.editor import part_editor
from survey.builder.questionnaire_editor.page import outline_address
from survey.builder.questionnaire_editor.reading import Reading
from survey.models import DefinitionDraft

Table = dict[str, Any]


def read_factors() -> PartForm:
    """Lines of code and title as the part has them: {"factors": {code: title}}."""
    lines = read_part(request.form, ("lines",))
    former = former_codes(lines, "lines", "f")
    factors = {str(line["code"]): line.get("text", {}) for line in lines.get("lines", [])}
    return PartForm({"factors": factors} if factors else {}, factors=former)


def put_factors(code: str, form: PartForm) -> Operation:
    def put(definition: Table) -> Table:
        for was, now in form.factors.items():
            if was in definition.get("factors", {}):
                definition = set_factor(definition, was, definition["factors"][was], renamed=now)
        return with_part(definition, "factors", form.table)

    return put


def around_factors(draft: DefinitionDraft, reading: Reading, table: Table) -> Table:
    lines = [{"code": code, "text": words} for code, words in table.get("factors", {}).items()]
    return {"lines": lines}


FACTORS = part_editor(
    noun="factors",
    saved=N_("The factors are saved."),
    place=lambda code: "factors",
    read=read_factors,
    put=put_factors,
    context=around_factors,
    faults_of=lambda reading, code: reading.below("factors"),
    leads_to=lambda draft, code: outline_address(draft) + "#factors",
)


@blueprint.route("/questionnaires/drafts/<int:draft_id>/factors", methods=["GET", "POST"])
@roles(*WRITERS)
def edit_factors(draft_id: int) -> ResponseReturnValue:
    return FACTORS.edit(draft_id)
