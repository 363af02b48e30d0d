"""Where a part stands in a definition: what its history tells of a move, and what puts it back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from questionnaires.editing.coded import Definition, code_of, codes, tables
from questionnaires.editing.framework_tree import branch, find, nodes_of, parent_of, parts_of
from questionnaires.editing.parts import part_of
from questionnaires.editing.question_places import place_of, questions_in, section_index
from questionnaires.editing.refused import EditRefused

Standing = dict[str, Any]


def part_at(definition: Definition, place: str) -> dict[str, Any] | None:
    """The part at a place; None where there is none, or no longer."""
    try:
        return part_of(definition, place)
    except EditRefused:
        return None


def renamed(place: str, part: Mapping[str, Any] | None) -> str:
    """The place of a part by the code that it has now."""
    sort, parted, _ = place.partition(":")
    return f"{sort}:{code_of(part)}" if parted and part and code_of(part) else place


def standing(definition: Definition, place: str, *, whole: bool = False) -> Standing | None:
    """Where a part stands, positions counted from 1; None for a part that is not there or has no position.

    `whole` adds what goes with the part when it is removed: a section's questions, the criteria below one.
    """
    sort, _, code = place.partition(":")
    try:
        return STANDINGS[sort](definition, code, whole) if sort in STANDINGS else None
    except EditRefused:
        return None


def _of_question(definition: Definition, code: str, whole: bool) -> Standing:
    section, position = place_of(definition, code)
    return {"section": codes(tables(definition, "sections"))[section], "position": position + 1}


def _of_section(definition: Definition, code: str, whole: bool) -> Standing:
    index = section_index(definition, code)
    found: Standing = {"position": index + 1}
    return found | ({"questions": questions_in(definition, index)} if whole else {})


def _of_scale(definition: Definition, code: str, whole: bool) -> Standing | None:
    listed = codes(tables(definition, "scales"))
    return {"position": listed.index(code) + 1} if code in listed else None


def _of_node(definition: Definition, code: str, whole: bool) -> Standing:
    nodes = nodes_of(definition)
    parent = parent_of(find(nodes, code))
    found: Standing = {"parent": parent, "position": _position(parts_of(nodes, parent), code)}
    below = branch(nodes, code) - {code}
    return found | ({"below": [dict(node) for node in nodes if code_of(node) in below]} if whole else {})


def _position(siblings: Sequence[Mapping[str, Any]], code: str) -> int:
    return [code_of(sibling) for sibling in siblings].index(code) + 1


STANDINGS = {"question": _of_question, "section": _of_section, "scale": _of_scale, "node": _of_node}
