"""One row of the sheet `survey` as the question or questions it asks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from questionnaires.exchange.xlsform.columns import (
    CRITERION,
    FACTOR,
    KIND,
    PROFILE,
    SENSITIVE,
    UNIT_OF_RATING,
)
from questionnaires.exchange.xlsform.dialect import both
from questionnaires.exchange.xlsform.form import Form
from questionnaires.exchange.xlsform.groups import Asked
from questionnaires.exchange.xlsform.limits import limited
from questionnaires.exchange.xlsform.lines import NO, YES, Line
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
from questionnaires.exchange.xlsform.texts import AGREED, DIGITS, INVALID, OTHER, SPECIFY
from questionnaires.expression import Tree, to_text
from questionnaires.faults import N_

HINT_ASKED = N_("The question has no label; its hint is asked.")
NO_LIST = N_("The type names no list of the sheet “choices”; write it as in “select_one yes_no”.")
STRANGE_LIST = N_("There is no list “%(list)s” in the sheet “choices”.")
NOT_YES_OR_NO = N_("“required” is either yes or no here; a condition for it is not held.")
FILTERED = N_("The choices cannot depend on earlier answers here. Write one question for each list.")
SEARCHED = N_("Choices cannot be searched for in another file. Write them in the sheet “choices”.")
COMPUTED = N_("A question cannot be answered by a calculation here. Make the row a “calculate”.")
TRIGGERED = N_("A value that changes when another answer does is not held here.")
NO_DEFAULT = N_("Answers are not filled in beforehand here; the default is left out.")
NO_PARAMETERS = N_("The parameters “%(parameters)s” are left out.")
READ_ONLY = N_("Nothing can be entered here, so the row is read as a note.")
NOTE_DEMANDS = N_("A note takes no answer, so nothing can be demanded of one; this is left out.")
NO_MESSAGE = N_("The constraint has no message; “%(message)s” is shown to people who break it.")
NO_CONSTRAINT = N_("There is a message but no constraint; the message is left out.")
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


def question(row: Asked, form: Form, kind: str, condition: Tree | None, **more: Any) -> Sourced:
    """A question with all that any kind may have."""
    line = row.line
    refuse_what_no_question_holds(line, form)
    if kind != "note" and line.says_yes("read_only"):
        form.findings.note(line, "read_only", READ_ONLY)
        kind, more = "note", {key: more[key] for key in more.keys() - {"choices", "scale"}}
    text, hint = form.words(line, "label"), form.words(line, "hint")
    if hint and not text:
        form.findings.note(line, "hint", HINT_ASKED)
        text, hint = hint, {}
    made = Sourced(
        line,
        code=form.code(line),
        kind=kind,
        text=text,
        hint=hint,
        relevant=written(both(condition, form.expression(line, "relevant"))),
        **demands(line, form, answered=kind != "note"),
        **marks(line),
    )
    made.update(more)
    return made


def written(tree: Tree | None) -> str | None:
    return None if tree is None else to_text(tree)


def demands(line: Line, form: Form, *, answered: bool = True) -> dict[str, Any]:
    """Whether an answer is required, and what it must fulfil."""
    required = line["required"].lower()
    if required not in YES | NO:
        form.findings.refuse(line, "required", NOT_YES_OR_NO)
    constraint, message = form.expression(line, "constraint"), form.words(line, "constraint_message")
    if not answered:
        for column in ("required", "constraint"):
            if line[column] and line[column].lower() not in NO:
                form.findings.note(line, column, NOTE_DEMANDS)
        return {}
    if constraint is None and message and not line["constraint"]:
        form.findings.note(line, "constraint_message", NO_CONSTRAINT)
    if constraint is not None and not message:
        message = form.ready_made(INVALID)
        form.findings.note(line, "constraint", NO_MESSAGE, message=next(iter(message.values()), ""))
    held: dict[str, Any] = {"required": required in YES}
    if constraint is not None:
        held |= {"constraint": written(constraint), "constraint_message": message}
    return held


def marks(line: Line) -> dict[str, Any]:
    """What only our own columns carry."""
    return {
        "criterion": line[CRITERION],
        "factor": line[FACTOR],
        "unit_of_rating": line[UNIT_OF_RATING],
        "profile": line.says_yes(PROFILE),
        "sensitive": line.says_yes(SENSITIVE),
    }


REFUSED_COLUMNS = {"choice_filter": FILTERED, "trigger": TRIGGERED, "calculation": COMPUTED}


def refuse_what_no_question_holds(line: Line, form: Form) -> None:
    for column, template in REFUSED_COLUMNS.items():
        if line[column] and line[column] != "true()":  # a filter that all choices pass
            form.findings.refuse(line, column, template)
    if "search(" in line["appearance"]:
        form.findings.refuse(line, "appearance", SEARCHED)
    if line["default"]:
        form.findings.note(line, "default", NO_DEFAULT)


def note_parameters(line: Line, form: Form) -> None:
    if line["parameters"]:
        form.findings.note(line, "parameters", NO_PARAMETERS, parameters=line["parameters"])


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


def choices_of(row: Asked, form: Form) -> dict[str, Any]:
    """The list that the type names, as a scale or as the question's own choices."""
    name = row.type.list_name
    if name not in form.lists:
        template = STRANGE_LIST if name else NO_LIST
        form.findings.refuse(row.line, "type", template, list=name)
        return {"choices": _stand_ins(row, form)}
    return {"scale": form.scales[name]} if name in form.scales else {"choices": form.lists[name]}


def _stand_ins(row: Asked, form: Form) -> list[Sourced]:
    return [Sourced(row.line, code=code, text=form.ready_made(OTHER)) for code in ("a", "b")]


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
