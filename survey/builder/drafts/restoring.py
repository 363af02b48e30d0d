"""Putting a part back as it was before a change: what was reworded, moved or removed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import deepcopy
from typing import Any

from questionnaires.editing.coded import code_of, codes, inserted, tables
from questionnaires.editing.framework_nodes import move_node, set_node
from questionnaires.editing.framework_tree import nodes_of, with_nodes
from questionnaires.editing.parts import NO_PART, with_part
from questionnaires.editing.question_edits import move_question, place_question
from questionnaires.editing.question_places import own_codes, taken_codes
from questionnaires.editing.questionnaire_sections import move_section
from questionnaires.editing.refused import refuse
from questionnaires.faults import N_
from survey.builder.drafts.standing import Standing, part_at, renamed, standing
from survey.models import DraftChange

Content = dict[str, Any]

NOTHING = N_("There was nothing here before this change, so there is nothing to put back.")
TAKEN = N_("It cannot be put back: the code “%(code)s” now names something else.")
ALREADY = N_("It is like this already; nothing changed.")
SECTION_GONE = N_("It cannot be put back: section “%(code)s” is gone. Put that back first.")
PARENT_GONE = N_(
    "It cannot be put back: criterion “%(code)s”, which it belonged to, is gone. Put that back first."
)


def place_now(change: DraftChange, later: Sequence[DraftChange]) -> str:
    """Where the part of a change is found today: its place, followed through the renamings since."""
    place = renamed(change.place, change.after)
    for each in later:
        if each.place == place:
            place = renamed(place, each.after)
    return place


def put_back(content: Content, change: DraftChange, place: str) -> Content:
    """The definition with the part at `place` as it was before the change.

    Raises EditRefused where that cannot be: nothing was there, its code or its place is taken or gone.
    """
    if change.before is None:
        raise refuse(change.place, NOTHING)
    before = deepcopy(change.before)
    if part_at(content, place) is None:
        restored = put_of(place)(content, before, change.stood or {})
    else:
        restored = rewritten(content, change, place, before)
    if restored == content:
        raise refuse(change.place, ALREADY)
    return restored


def rewritten(content: Content, change: DraftChange, place: str, before: Content) -> Content:
    """The part, which is still there, with its old contents, and where the change took it from."""
    code = place.partition(":")[2]
    new = set_node(content, code, before) if sort_of(place) == "node" else with_part(content, place, before)
    back = renamed(place, before)
    if change.stood in (None, change.stands) or standing(new, back) == change.stood:
        return new
    return MOVE[sort_of(place)](new, code_of(before), change.stood) if sort_of(place) in MOVE else new


def sort_of(place: str) -> str:
    return place.partition(":")[0]


# Moving back


def move_question_back(content: Content, code: str, stood: Standing) -> Content:
    refuse_unless_section(content, stood["section"])
    return move_question(content, code, stood["section"], stood["position"])


MOVE: dict[str, Callable[[Content, str, Standing], Content]] = {
    "question": move_question_back,
    "section": lambda content, code, stood: move_section(content, code, stood["position"]),
    "node": lambda content, code, stood: move_node(content, code, stood["parent"], stood["position"]),
}


# Putting back what was removed


def put_question(content: Content, question: Content, stood: Standing) -> Content:
    refuse_taken(own_codes(question), taken_codes(content))
    refuse_unless_section(content, stood.get("section"))
    placed = place_question(content, stood["section"], question)
    return move_question(placed, code_of(question), stood["section"], stood["position"])


def put_section(content: Content, section: Content, stood: Standing) -> Content:
    sections, questions = tables(content, "sections"), stood.get("questions", [])
    refuse_taken([code_of(section)], codes(sections))
    refuse_taken([code for question in questions for code in own_codes(question)], taken_codes(content))
    whole = {**section, "questions": questions}
    return {**content, "sections": inserted(sections, stood.get("position", len(sections) + 1), whole)}


def put_scale(content: Content, scale: Content, stood: Standing) -> Content:
    scales = tables(content, "scales")
    refuse_taken([code_of(scale)], codes(scales))
    return {**content, "scales": inserted(scales, stood.get("position", len(scales) + 1), scale)}


def put_node(content: Content, node: Content, stood: Standing) -> Content:
    nodes, below = nodes_of(content), stood.get("below", [])
    refuse_taken(codes([node, *below]), codes(nodes))
    parent = stood.get("parent")
    if parent is not None and parent not in codes(nodes):
        raise refuse(code_of(node), PARENT_GONE, code=parent)
    placed = with_nodes(content, [*nodes, node, *below])
    return move_node(placed, code_of(node), parent, stood.get("position"))


PUT: dict[str, Callable[[Content, Content, Standing], Content]] = {
    "question": put_question,
    "section": put_section,
    "scale": put_scale,
    "node": put_node,
}


def put_of(place: str) -> Callable[[Content, Content, Standing], Content]:
    if sort_of(place) not in PUT:
        raise refuse(place, NO_PART, place=place)
    return PUT[sort_of(place)]


def refuse_taken(wanted: Sequence[str], taken: object) -> None:
    for code in wanted:
        if code in taken:
            raise refuse(code, TAKEN, code=code)


def refuse_unless_section(content: Content, code: str | None) -> None:
    if code not in codes(tables(content, "sections")):
        raise refuse(str(code), SECTION_GONE, code=code)
