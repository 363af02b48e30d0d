"""Where the questions of a draft stand, and which codes their items have taken."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any

from questionnaires.check_questionnaire import DESIGN_COLUMNS
from questionnaires.editing.coded import (
    Definition,
    Table,
    code_of,
    codes,
    index_of,
    next_code,
    replaced,
    tables,
)
from questionnaires.editing.refused import refuse
from questionnaires.faults import N_

NO_QUESTION = N_("There is no question “%(code)s”; somebody may have renamed or removed it.")
NO_SECTION = N_("There is no section “%(code)s”; somebody may have renamed or removed it.")

Place = tuple[int, int]
"""Of a question: the index of its section, and its own within it."""


def questions_of(definition: Definition) -> Iterator[tuple[Place, Table]]:
    """Every question in the order asked, with its place."""
    for number, section in enumerate(tables(definition, "sections")):
        for index, question in enumerate(tables(section, "questions")):
            yield (number, index), question


LEVELS = ("sections", "questions", "rows")


def owners(holder: Definition, levels: Sequence[str] = LEVELS) -> Iterator[Table]:
    """Every section, question and row, in the order asked: whatever has settings of its own."""
    for entry in tables(holder, levels[0]) if levels else ():
        yield entry
        yield from owners(entry, levels[1:])


def with_each_owner(
    holder: Definition, change: Callable[[Table], Table], levels: Sequence[str] = LEVELS
) -> Table:
    """The definition with every section, question and row changed."""
    if not levels or levels[0] not in holder:
        return dict(holder)
    entries = [with_each_owner(change(entry), change, levels[1:]) for entry in tables(holder, levels[0])]
    return {**holder, levels[0]: entries}


def following(definition: Definition, key: str, code: str, new: str) -> Table:
    """The definition whose sections, questions and rows name something by another code under a key."""
    return with_each_owner(definition, lambda owner: {**owner, key: new} if owner.get(key) == code else owner)


def place_of(definition: Definition, code: str) -> Place:
    """Where a question stands; raises EditRefused where there is none of that code."""
    for place, question in questions_of(definition):
        if code and code_of(question) == code:
            return place
    raise refuse(code, NO_QUESTION, code=code)


def question_of(definition: Definition, code: str) -> tuple[str, Table]:
    """The code of a question's section, and the question as a table of its own.

    Raises EditRefused where there is none of that code.
    """
    number, index = place_of(definition, code)
    section = tables(definition, "sections")[number]
    return code_of(section), deepcopy(tables(section, "questions")[index])


def section_index(definition: Definition, code: str) -> int:
    """Where a section stands; raises EditRefused where there is none of that code."""
    return index_of(tables(definition, "sections"), code, NO_SECTION)


def with_section(definition: Definition, number: int, section: Table) -> Table:
    """The definition with another section at an index."""
    return {**definition, "sections": replaced(tables(definition, "sections"), number, section)}


def with_questions(definition: Definition, number: int, questions: Sequence[Table]) -> Table:
    """The definition with other questions in the section at an index."""
    section = tables(definition, "sections")[number]
    return with_section(definition, number, {**section, "questions": list(questions)})


def questions_in(definition: Definition, number: int) -> list[Table]:
    return tables(tables(definition, "sections")[number], "questions")


def own_codes(question: Mapping[str, Any]) -> list[str]:
    """The codes that a question and its rows have taken."""
    return [code for code in (code_of(question), *codes(tables(question, "rows"))) if code]


def taken_codes(definition: Definition) -> set[str]:
    """Codes that no new question or row may bear: those in use, and columns every dataset has."""
    used = (code for _, question in questions_of(definition) for code in own_codes(question))
    return {*used, *DESIGN_COLUMNS}


def proposed_code(definition: Definition) -> str:
    """A free code for the next question."""
    return next_code("q", taken_codes(definition))
