"""The tree of groups as sections: inner groups flattened, grids of one scale read as a matrix."""

from __future__ import annotations

from itertools import groupby

from questionnaires.exchange.xlsform.columns import INTRO, KIND
from questionnaires.exchange.xlsform.dialect import both
from questionnaires.exchange.xlsform.form import Form
from questionnaires.exchange.xlsform.groups import Asked, Group
from questionnaires.exchange.xlsform.matrix import as_matrix, is_grid, rows_of_grid
from questionnaires.exchange.xlsform.names import Codes
from questionnaires.exchange.xlsform.question_parts import written
from questionnaires.exchange.xlsform.questions import questions_of
from questionnaires.exchange.xlsform.sourced import Sourced
from questionnaires.expression import Tree
from questionnaires.faults import N_

EMPTY_GROUP = N_("The group asks nothing and is left out.")
NO_TITLE = N_("The group has no label; the section takes the title of the form.")
FLATTENED = N_("Groups inside groups become part of the section; a label of theirs becomes a note.")

Parts = list[Asked | Group]


def sections_of(parts: Parts, form: Form) -> list[Sourced]:
    """A section for each outer group, and one for each run of rows outside of groups."""
    codes = Codes()
    asked = [part for part in parts if not _is_intro(part)]
    sections = []
    for in_group, run in groupby(asked, key=lambda part: isinstance(part, Group) and not is_grid(part)):
        if in_group:
            sections += [_section(part, form, codes) for part in run if isinstance(part, Group)]
        else:
            sections.append(_loose_section(list(run), form, codes))
    return [section for section in sections if section is not None]


def intro_of(parts: Parts, form: Form) -> dict[str, str]:
    """The text of the note marked as the introduction."""
    texts = (form.words(part.line, "label") for part in parts if _is_intro(part))
    return next(texts, {})


def _is_intro(part: Asked | Group) -> bool:
    return isinstance(part, Asked) and part.line[KIND] == INTRO


def _section(group: Group, form: Form, codes: Codes) -> Sourced | None:
    questions = _questions([part for part in group.parts if not _is_intro(part)], form, None)
    if not questions:
        form.findings.note(group.line, "type", EMPTY_GROUP)
        return None
    title = form.words(group.line, "label")
    if not title:
        form.findings.note(group.line, "label", NO_TITLE)
    return Sourced(
        group.line,
        code=codes.new(group.line["name"] or "section"),
        title=title or dict(form.title),
        intro=intro_of(group.parts, form) or form.words(group.line, "hint"),
        relevant=written(form.expression(group.line, "relevant")),
        questions=questions,
    )


def _loose_section(parts: Parts, form: Form, codes: Codes) -> Sourced | None:
    questions = _questions(parts, form, None)
    if not questions:
        return None
    line = questions[0].line
    return Sourced(line, code=codes.new("questions"), title=dict(form.title), questions=questions)


def _questions(parts: Parts, form: Form, condition: Tree | None) -> list[Sourced]:
    made: list[Sourced] = []
    for part in parts:
        if isinstance(part, Asked):
            made += questions_of(part, form, condition)
        else:
            made += _inner(part, form, condition)
    return made


def _inner(group: Group, form: Form, condition: Tree | None) -> list[Sourced]:
    """The questions of a group inside a group, each under the group's condition."""
    around = both(condition, form.expression(group.line, "relevant"))
    grid = is_grid(group)
    if grid and (matrix := as_matrix(group, form, around)):
        return [matrix]
    questions = _questions([*rows_of_grid(group)] if grid else group.parts, form, around)
    text = form.words(group.line, "label")
    if not questions or not text:
        return questions
    form.findings.note(group.line, "label", FLATTENED)
    heading = Sourced(
        group.line,
        code=form.spare.new(group.line["name"] or "heading"),
        kind="note",
        text=text,
        hint=form.words(group.line, "hint"),
        relevant=written(around),
    )
    return [heading, *questions]
