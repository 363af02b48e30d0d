"""Questions added, moved, copied and removed."""

from __future__ import annotations

from copy import deepcopy

from questionnaires.codes import ITEM, check_known
from questionnaires.editing.coded import (
    Definition,
    Table,
    claim,
    code_of,
    codes,
    free_code,
    free_codes,
    index_of,
    inserted,
    moved,
    replaced,
    tables,
)
from questionnaires.editing.question_places import (
    NO_QUESTION,
    own_codes,
    place_of,
    proposed_code,
    question_of,
    questions_in,
    section_index,
    taken_codes,
    with_questions,
)
from questionnaires.editing.question_references import dependents, question_with_names
from questionnaires.editing.refused import EditRefused, refuse
from questionnaires.faults import N_
from questionnaires.kinds import KINDS

DEPENDED_ON = N_("“%(code)s” cannot be removed: the route or constraint of %(dependents)s depends on it.")

MOST_NAMED = 10
FEWEST_CHOICES = 2
"""Nobody chooses from one answer, though a kind may allow it."""


def add_question(
    definition: Definition, section: str, kind: str, after: str | None = None, code: str | None = None
) -> Table:
    """The definition with an empty question of a kind behind `after`, else at the end of its section.

    Its code is `code`, else `proposed_code(definition)`. Raises EditRefused for an unknown section, kind or
    `after`, and for a code that is bad or used.
    """
    for fault in check_known("kind", kind, KINDS):
        raise EditRefused(fault)
    own = claim(proposed_code(definition) if code is None else code, taken_codes(definition), ITEM)
    return place_question(definition, section, empty_question(definition, kind, own), after)


def add_another(definition: Definition, like: str, code: str | None = None) -> Table:
    """The definition with an empty question behind `like`, of its kind and on its scale.

    Raises EditRefused for an unknown question, and for a code that is bad or used.
    """
    section, model = question_of(definition, like)
    kind, scale = str(model.get("kind", "")), str(model.get("scale", ""))
    for fault in check_known("kind", kind, KINDS):
        raise EditRefused(fault)
    own = claim(proposed_code(definition) if code is None else code, taken_codes(definition), ITEM)
    return place_question(definition, section, empty_question(definition, kind, own, scale), like)


def place_question(definition: Definition, section: str, question: Table, after: str | None = None) -> Table:
    """The definition with a question, whose codes are free, behind `after` or at the end of a section.

    Raises EditRefused for an unknown section or `after`.
    """
    number = section_index(definition, section)
    questions = questions_in(definition, number)
    position = len(questions) if after is None else 1 + index_of(questions, after, NO_QUESTION)
    return with_questions(definition, number, inserted(questions, position + 1, question))


def move_question(definition: Definition, code: str, section: str, position: int) -> Table:
    """The definition with a question taken to a position, counted from 1, of a section.

    It may come before what its route depends on: the check names that. Without a criterion or factor of its
    own, it takes those of its new section. Raises EditRefused for an unknown question or section.
    """
    (number, index), target = place_of(definition, code), section_index(definition, section)
    questions = questions_in(definition, number)
    if number == target:
        return with_questions(definition, number, moved(questions, index, position))
    left = with_questions(definition, number, replaced(questions, index))
    return with_questions(left, target, inserted(questions_in(left, target), position, questions[index]))


def duplicate_question(definition: Definition, code: str, copy: str | None = None) -> Table:
    """The definition with a copy of a question behind it, the codes of its rows made anew.

    The copy's code is `copy`, else a numbered one. Raises EditRefused for an unknown question and for a code
    that is bad or used.
    """
    number, index = place_of(definition, code)
    questions, taken = questions_in(definition, number), taken_codes(definition)
    own = claim(free_code(code, taken) if copy is None else copy, taken, ITEM)
    rows = own_codes(questions[index])[1:]
    renamed = {code: own, **dict(zip(rows, free_codes(rows, taken | {own}), strict=True))}
    twin = recoded(questions[index], renamed)
    return with_questions(definition, number, inserted(questions, index + 2, twin))


def recoded(question: Table, renamed: dict[str, str]) -> Table:
    """A question under other codes, named so in its own constraint."""
    table = question_with_names(deepcopy(question), renamed)
    table["code"] = renamed.get(code_of(table), code_of(table))
    if rows := tables(table, "rows"):
        table["rows"] = [{**row, "code": renamed.get(code_of(row), code_of(row))} for row in rows]
    return table


def remove_question(definition: Definition, code: str, *, force: bool = False) -> Table:
    """The definition without a question.

    Raises EditRefused for an unknown question, and, unless `force`, where the route or constraint of others
    depends on it; by force these others stay, faulty, for the check to name.
    """
    number, index = place_of(definition, code)
    questions = questions_in(definition, number)
    left = with_questions(definition, number, replaced(questions, index))
    if not force:
        refuse_if_depended_on(left, code, own_codes(questions[index]))
    return left


def refuse_if_depended_on(left: Definition, code: str, items: list[str]) -> None:
    """Raises EditRefused, naming them, where anything left depends on items that were removed."""
    if found := dependents(left, items):
        named = [*found[:MOST_NAMED], *(["…"] if len(found) > MOST_NAMED else [])]
        raise refuse(code, DEPENDED_ON, code=code, dependents=", ".join(named))


def empty_question(definition: Definition, kind: str, code: str, scale: str = "") -> Table:
    """A question with what its kind needs, still without words; its code is free.

    It is answered on `scale`, else, where the kind needs several levels, on the first scale there is.
    """
    question: Table = {"code": code, "kind": kind, "text": {}}
    needs = KINDS[kind]
    if needs.rows:
        rows = free_codes((f"{code}_1", f"{code}_2"), {*taken_codes(definition), code})
        question["rows"] = [{"code": row, "text": {}} for row in rows]
    if not needs.levels:
        return question
    if not scale and needs.levels >= FEWEST_CHOICES and needs.rated:
        scale = next(iter(codes(tables(definition, "scales"))), "")
    if scale:
        return question | {"scale": scale}
    numbers = range(1, max(needs.levels, FEWEST_CHOICES) + 1)
    return question | {"choices": [{"code": str(number), "text": {}} for number in numbers]}
