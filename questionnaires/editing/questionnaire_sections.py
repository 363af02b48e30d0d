"""Sections added, changed, moved and removed."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from questionnaires.codes import ITEM
from questionnaires.editing.coded import (
    Definition,
    Table,
    claim,
    code_of,
    codes,
    inserted,
    moved,
    next_code,
    replaced,
    tables,
)
from questionnaires.editing.question_edits import refuse_if_depended_on
from questionnaires.editing.question_places import own_codes, section_index, with_section


def section_of(definition: Definition, code: str) -> Table:
    """A section without its questions, as a table of its own; raises EditRefused for an unknown one."""
    section = tables(definition, "sections")[section_index(definition, code)]
    return deepcopy({key: value for key, value in section.items() if key != "questions"})


def add_section(
    definition: Definition,
    title: Mapping[str, str],
    after: str | None = None,
    code: str | None = None,
) -> Table:
    """The definition with an empty section behind `after`, else at the end.

    Raises EditRefused for an unknown `after`, and for a code that is bad or used.
    """
    sections = tables(definition, "sections")
    taken = codes(sections)
    own = claim(next_code("s", taken) if code is None else code, taken, ITEM)
    position = len(sections) if after is None else section_index(definition, after) + 1
    section = {"code": own, "title": dict(title), "questions": []}
    return {**definition, "sections": inserted(sections, position + 1, section)}


def set_section(definition: Definition, code: str, table: Mapping[str, Any]) -> Table:
    """The definition with other settings of a section, all of them; its questions stay.

    Raises EditRefused for an unknown section, and for a new code that is bad or used.
    """
    number = section_index(definition, code)
    section = tables(definition, "sections")[number]
    if table.get("code") != code:
        claim(table.get("code"), codes(tables(definition, "sections")), ITEM)
    questions = {"questions": tables(section, "questions")}
    return with_section(definition, number, deepcopy(dict(table)) | questions)


def move_section(definition: Definition, code: str, position: int) -> Table:
    """The definition with a section and its questions at a position counted from 1.

    Raises EditRefused for an unknown section.
    """
    index = section_index(definition, code)
    return {**definition, "sections": moved(tables(definition, "sections"), index, position)}


def remove_section(definition: Definition, code: str, *, force: bool = False) -> Table:
    """The definition without a section and its questions.

    Raises EditRefused for an unknown section, and, unless `force`, where others depend on its questions.
    """
    index = section_index(definition, code)
    sections = tables(definition, "sections")
    left = {**definition, "sections": replaced(sections, index)}
    items = [item for question in tables(sections[index], "questions") for item in own_codes(question)]
    if not force:
        refuse_if_depended_on(left, code_of(sections[index]), items)
    return left
