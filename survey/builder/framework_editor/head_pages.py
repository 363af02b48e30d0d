"""The head of a framework: its name, the decision that issues it, the units it is for, how it is shown."""

from __future__ import annotations

from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from questionnaires.editing.coded import inner
from questionnaires.editing.parts import with_part
from questionnaires.faults import N_
from questionnaires.written import Unreadable, read_date
from survey.access import roles
from survey.builder.blueprint import blueprint
from survey.builder.drafts.life import WRITERS
from survey.builder.drafts.saving import read_seen
from survey.builder.drafts.storing import Operation
from survey.builder.framework_editor import words
from survey.builder.framework_editor.editor import part_editor
from survey.builder.framework_editor.page import tree_address
from survey.builder.framework_editor.reading import Reading
from survey.builder.framework_editor.written_numbers import read_numbers
from survey.builder.nested_forms import read_part
from survey.builder.part_form import PartForm
from survey.builder.terms import UNIT_TYPES
from survey.models import DefinitionDraft

Table = dict[str, Any]

KEYS = ("code", "version", "title", "decision", "scale", "survey_optional", "tie", "decimals", "notes")
DEFAULTS = {"scale": 100, "survey_optional": False, "decimals": 2, "tie": {"rule": "shared"}}


def read_head() -> PartForm:
    base = read_seen(request.form.get("seen", "")) or {}
    table = read_part(request.form, KEYS)
    read_numbers(table, "scale", "decimals")
    others = request.form.get("applies_to_others", "").replace(",", " ").split()
    table["applies_to"] = list(dict.fromkeys([*request.form.getlist("applies_to"), *others]))
    read_decision_date(table)
    for key, default in DEFAULTS.items():
        if key not in base and table.get(key) == default:
            del table[key]
        elif key in base and key not in table:  # an unticked box says so where the draft said it
            table[key] = default
    return PartForm(table)


def read_decision_date(table: Table) -> None:
    """The date as definitions write it; what is no date stays, for the draft's faults to speak of it."""
    decision = inner(table, "decision")
    try:
        date = read_date(decision["date"])
    except (KeyError, Unreadable):
        return
    table["decision"] = decision | {"date": date.isoformat()}


def shown_date(written: Any) -> str:
    """An ISO date as people write it, all else as it stands."""
    try:
        return f"{read_date(str(written)):%d/%m/%Y}"
    except Unreadable:
        return str(written or "")


def put_head(code: str, form: PartForm) -> Operation:
    return lambda definition: with_part(definition, "head", form.table)


def around_head(draft: DefinitionDraft, reading: Reading, table: Table) -> Table:
    chosen = table.get("applies_to") or []
    return {
        "unit_types": UNIT_TYPES,
        "chosen": chosen,
        "others": [unit_type for unit_type in chosen if unit_type not in UNIT_TYPES],
        "decision_date": shown_date(inner(table, "decision").get("date")),
        "words": words,
    }


HEAD = part_editor(
    noun="head",
    saved=N_("The head of the framework is saved."),
    place=lambda code: "head",
    read=read_head,
    put=put_head,
    context=around_head,
    faults_of=lambda reading, code: reading.of_head(),
    leads_to=lambda draft, code: tree_address(draft),
)


@blueprint.route("/frameworks/drafts/<int:draft_id>/head", methods=["GET", "POST"])
@roles(*WRITERS)
def edit_framework_head(draft_id: int) -> ResponseReturnValue:
    return HEAD.edit(draft_id)
