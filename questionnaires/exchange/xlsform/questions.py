"""One row of the sheet `survey` as the question or questions it asks."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from questionnaires.exchange.xlsform.columns import KIND
from questionnaires.exchange.xlsform.form import Form
from questionnaires.exchange.xlsform.groups import Asked
from questionnaires.exchange.xlsform.limits import limited
from questionnaires.exchange.xlsform.question_parts import choices_of, note_parameters, question, written
from questionnaires.exchange.xlsform.row_types import (
    ACKNOWLEDGE,
    CALCULATE,
    METADATA,
    PERCENTAGE,
    PHONE,
    RANGE,
    REFUSED,
)
from questionnaires.exchange.xlsform.sourced import Sourced
from questionnaires.exchange.xlsform.texts import AGREED, DIGITS, OTHER, SPECIFY
from questionnaires.expression import Tree
from questionnaires.faults import N_

NOT_KEPT = N_("“%(type)s” is no question: the row is left out.")
UNCHECKED = N_("Whether the answer has digits alone is not checked here.")
OTHER_KIND = N_("The type does not fit the kind “%(kind)s”.")
OWN_KINDS = {"place": ("text", "single"), "unit": ("text", "single")}
"""Kinds that only our own column can name → what their rows look like to other programs."""


def questions_of(row: Asked, form: Form, condition: Tree | None) -> list[Sourced]:
    """What the row asks under a condition from around it; nothing for a calculation or metadata."""
    if row.type.kind == CALCULATE:
        return []
    if row.type.kind == METADATA:
        form.findings.note(row.line, "type", NOT_KEPT, type=row.line["type"])
        return []
    return MAKERS.get(row.type.kind, _plain)(row, form, condition)


def _plain(row: Asked, form: Form, condition: Tree | None) -> list[Sourced]:
    note_parameters(row.line, form)
    kind = row.type.kind
    if kind == "text" and "multiline" in row.line["appearance"]:
        kind = "long_text"
    return [question(row, form, _own_kind(row, form, kind), condition)]


def _own_kind(row: Asked, form: Form, kind: str) -> str:
    """The kind that our own column names, if the type is one that carries it."""
    own = row.line[KIND]
    if own and kind not in OWN_KINDS.get(own, ()):
        form.findings.refuse(row.line, KIND, OTHER_KIND, kind=own)
    return own if own in OWN_KINDS else kind


def _refused(row: Asked, form: Form, condition: Tree | None) -> list[Sourced]:
    """A question of text stands in, so that what depends on it is not called unknown."""
    form.findings.refuse(row.line, "type", row.type.why, type=row.line["type"])
    return [question(row, form, "text", condition)]


def _select(row: Asked, form: Form, condition: Tree | None) -> list[Sourced]:
    note_parameters(row.line, form)
    kind = row.type.kind
    if kind == "single" and "likert" in row.line["appearance"]:
        kind = "scale"
    kind = _own_kind(row, form, kind)
    if row.type.other:
        return _with_other(row, form, kind, condition)
    return [question(row, form, kind, condition, **choices_of(row, form))]


def _with_other(row: Asked, form: Form, kind: str, condition: Tree | None) -> list[Sourced]:
    """The choices with “other” among them, and the question what the other is, asked where it is chosen."""
    chosen = choices_of(row, form).get("choices") or form.lists[row.type.list_name]
    if all(choice["code"] != "other" for choice in chosen):
        chosen = [*chosen, Sourced(row.line, code="other", text=form.ready_made(OTHER))]
    asked = question(row, form, kind, condition, choices=chosen)
    selected: Tree = ["selected", ["$", asked.get("code", "")], "other"]
    code = form.spare.new(f"{asked.get('code', '')}_other")
    specify = Sourced(
        row.line, code=code, kind="text", text=form.ready_made(SPECIFY), relevant=written(selected)
    )
    return [asked, specify]


def _acknowledge(row: Asked, form: Form, condition: Tree | None) -> list[Sourced]:
    agreed = Sourced(row.line, code="OK", text=form.ready_made(AGREED))
    return [question(row, form, "single", condition, choices=[agreed])]


def _phone(row: Asked, form: Form, condition: Tree | None) -> list[Sourced]:
    form.findings.note(row.line, "type", UNCHECKED)
    made = question(row, form, "text", condition)
    made.setdefault("hint", form.ready_made(DIGITS))
    return [made]


def _limited(row: Asked, form: Form, condition: Tree | None) -> list[Sourced]:
    kind, limits = limited(row, form)
    made = question(row, form, kind, condition)
    made.update(limits)
    return [made]


Maker: TypeAlias = "Callable[[Asked, Form, Tree | None], list[Sourced]]"
MAKERS: dict[str, Maker] = {
    **dict.fromkeys(["single", "multiple", "rank"], _select),
    ACKNOWLEDGE: _acknowledge,
    PERCENTAGE: _limited,
    PHONE: _phone,
    RANGE: _limited,
    REFUSED: _refused,
}
