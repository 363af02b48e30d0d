"""The parts of a definition: the units in which people edit, and in which they are told of conflicts.

A place is "head", "section:<code>", "question:<code>", "scale:<code>" or "factors" of a questionnaire, and
"head", "node:<code>", "bands", "ranking_groups" or "changes" of a framework. Every part is a table; those
that are no record stand in it under their own name: {"bands": [...]}.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from questionnaires.editing.coded import Definition, Table
from questionnaires.editing.framework_nodes import set_node
from questionnaires.editing.framework_tree import find, nodes_of
from questionnaires.editing.question_places import question_of
from questionnaires.editing.question_setting import set_question
from questionnaires.editing.questionnaire_head import head_of, set_head
from questionnaires.editing.questionnaire_scales import scale_of, set_scale
from questionnaires.editing.questionnaire_sections import section_of, set_section
from questionnaires.editing.refused import refuse
from questionnaires.editing.renamed import NOTHING_RENAMED, Renamed
from questionnaires.faults import N_

NO_PART = N_("There is no part “%(place)s” in a definition.")


@dataclass(frozen=True)
class Part:
    """How one sort of part is taken out of a definition by its code, and put back."""

    read: Callable[[Definition, str], Table]
    write: Callable[[Definition, str, Mapping[str, Any], Renamed], Table]


def part_of(definition: Definition, place: str) -> Table:
    """The part at a place, as a table of its own; raises EditRefused where there is none."""
    part, code = _part(place)
    return part.read(definition, code)


def with_part(
    definition: Definition, place: str, table: Mapping[str, Any], renamed: Renamed = NOTHING_RENAMED
) -> Table:
    """The definition with `table`, all of it, at a place.

    Another code in it renames the part; `renamed` says which rows and choices got other codes. Raises
    EditRefused where there is no such part, and for a code that is bad or used.
    """
    part, code = _part(place)
    return part.write(definition, code, table, renamed)


def _part(place: str) -> tuple[Part, str]:
    sort, parted, code = place.partition(":")
    if sort not in PARTS or bool(parted) != (sort in NAMED):
        raise refuse(place, NO_PART, place=place)
    return PARTS[sort], code


def _set_section(definition: Definition, code: str, table: Mapping[str, Any], renamed: Renamed) -> Table:
    return set_section(definition, code, table)


def _node_of(definition: Definition, code: str) -> Table:
    return deepcopy(dict(find(nodes_of(definition), code)))


def _set_node(definition: Definition, code: str, table: Mapping[str, Any], renamed: Renamed) -> Table:
    return set_node(definition, code, table)


def _whole(key: str) -> Part:
    """A part that is all there is under one key."""

    def read(definition: Definition, code: str) -> Table:
        return deepcopy({key: definition[key]}) if key in definition else {}

    def write(definition: Definition, code: str, table: Mapping[str, Any], renamed: Renamed) -> Table:
        left = {other: value for other, value in definition.items() if other != key}
        return left | (deepcopy({key: table[key]}) if table.get(key) else {})

    return Part(read, write)


NAMED = {
    "section": Part(section_of, _set_section),
    "question": Part(lambda definition, code: question_of(definition, code)[1], set_question),
    "scale": Part(scale_of, set_scale),
    "node": Part(_node_of, _set_node),
}
"""Parts of which there are many, told apart by code."""

PARTS = {
    **NAMED,
    "head": Part(
        lambda definition, code: head_of(definition),
        lambda definition, code, table, renamed: set_head(definition, table),
    ),
    **{key: _whole(key) for key in ("factors", "bands", "ranking_groups", "changes")},
}
