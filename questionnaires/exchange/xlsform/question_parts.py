"""What a question of any kind takes from its row, and what no question can."""

from __future__ import annotations

from typing import Any

from questionnaires.exchange.xlsform.columns import (
    CRITERION,
    FACTOR,
    PROFILE,
    SENSITIVE,
    UNIT_OF_RATING,
)
from questionnaires.exchange.xlsform.dialect import both
from questionnaires.exchange.xlsform.form import Form
from questionnaires.exchange.xlsform.groups import Asked
from questionnaires.exchange.xlsform.lines import NO, YES, Line
from questionnaires.exchange.xlsform.sourced import Sourced
from questionnaires.exchange.xlsform.texts import INVALID, OTHER
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

REFUSED_COLUMNS = {"choice_filter": FILTERED, "trigger": TRIGGERED, "calculation": COMPUTED}


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
