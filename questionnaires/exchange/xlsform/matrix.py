"""Groups that show several questions over one list: `table-list`, or `label` and `list-nolabel`."""

from __future__ import annotations

from questionnaires.exchange.xlsform.columns import CRITERION, FACTOR
from questionnaires.exchange.xlsform.form import Form
from questionnaires.exchange.xlsform.groups import Asked, Group
from questionnaires.exchange.xlsform.question_parts import (
    choices_of,
    demands,
    marks,
    written,
)
from questionnaires.exchange.xlsform.sourced import Sourced
from questionnaires.expression import Tree
from questionnaires.faults import N_

NOT_A_MATRIX = N_("The rows of this table are asked one by one: they differ in more than their text.")
HEAD_LEFT = N_("The row only shows the answers over a table; it is left out.")

ALIKE = ("required", "constraint")
OWN = ("relevant", "hint", "default", "choice_filter", "calculation", "read_only", "trigger")


def is_grid(group: Group) -> bool:
    """Whether the group is shown as a table of questions of one answer over one list."""
    rows = [part for part in group.parts if isinstance(part, Asked)]
    if not rows or len(rows) < len(group.parts):
        return False
    lists = {(row.type.kind, row.type.list_name, row.type.other) for row in rows}
    shown = "table-list" in group.line["appearance"] or _appearances(rows) == {"label", "list-nolabel"}
    first = rows[0].type
    return shown and len(lists) == 1 and first.kind in ("single", "multiple") and not first.other


def _appearances(rows: list[Asked]) -> set[str]:
    return {row.line["appearance"] for row in rows}


def rows_of_grid(group: Group) -> list[Asked]:
    """The rows that are asked: not the one that only shows the answers at the head of the table."""
    rows = (part for part in group.parts if isinstance(part, Asked))
    return [row for row in rows if row.line["appearance"] != "label"]


def as_matrix(group: Group, form: Form, condition: Tree | None) -> Sourced | None:
    """One matrix where the rows of a grid differ in their texts alone, else None."""
    rows = rows_of_grid(group)
    text = form.words(group.line, "label")
    for head in (part for part in group.parts if isinstance(part, Asked) and part not in rows):
        text = text or form.words(head.line, "label")
        form.findings.note(head.line, "type", HEAD_LEFT)
    if rows and text and _are_alike(rows):
        return _matrix(group, rows, text, form, condition)
    form.findings.note(group.line, "appearance", NOT_A_MATRIX)
    return None


def _are_alike(rows: list[Asked]) -> bool:
    lines = [row.line for row in rows]
    demanded = {
        (*(line[column] for column in ALIKE), str(line.words("constraint_message"))) for line in lines
    }
    own = any(line[column] for line in lines for column in OWN) or any(line.words("hint") for line in lines)
    return len(demanded) == 1 and not own and rows[0].type.kind == "single"


def _matrix(
    group: Group, rows: list[Asked], text: dict[str, str], form: Form, condition: Tree | None
) -> Sourced:
    return Sourced(
        group.line,
        code=form.spare.new(group.line["name"] or "matrix"),
        kind="matrix",
        text=text,
        hint=form.words(group.line, "hint"),
        relevant=written(condition),
        rows=[_row(row, form) for row in rows],
        **demands(rows[0].line, form),
        **marks(group.line),
        **choices_of(rows[0], form),
    )


def _row(row: Asked, form: Form) -> Sourced:
    return Sourced(
        row.line,
        code=form.code(row.line),
        text=form.words(row.line, "label"),
        criterion=row.line[CRITERION],
        factor=row.line[FACTOR],
    )
