"""The editor's start: the whole tree with its sums; nodes are added to it, and change places in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from questionnaires.editing.coded import code_of
from questionnaires.editing.framework_codes import next_code
from questionnaires.editing.framework_nodes import add_node, move_node
from questionnaires.editing.framework_tree import find, nodes_of, parent_of, parts_of
from questionnaires.editing.refused import EditRefused
from questionnaires.faults import N_
from survey.access import roles
from survey.builder.blueprint import blueprint
from survey.builder.drafts.addresses import to_read
from survey.builder.drafts.life import WRITERS, may_change
from survey.builder.drafts.storing import change, found, held
from survey.builder.framework_editor.page import node_address, panel, tree_address
from survey.builder.framework_editor.reading import read_draft
from survey.builder.framework_editor.tree import tree_lines
from survey.db import db
from survey.errors import UserError
from survey.models import DefinitionDraft

Definition = Mapping[str, Any]
FOLDER = "builder/framework_editor"

UNCLEAR = N_("It is not said where to.")


@blueprint.get("/frameworks/drafts/<int:draft_id>")
@roles(*WRITERS)
def edit_framework_draft(draft_id: int) -> ResponseReturnValue:
    draft = found(draft_id, "framework")
    return show_tree(draft) if may_change(draft) else to_read(draft)


def show_tree(draft: DefinitionDraft, refused: EditRefused | None = None) -> str:
    """The page; where a script asks, only the tree and its sums."""
    reading = read_draft(draft)
    shared = panel(draft, reading)
    page = "tree_lines.html" if request.headers.get("HX-Request") else "tree.html"
    return render_template(
        f"{FOLDER}/{page}",
        draft=draft,
        lines=tree_lines(draft, reading, shared["sums"]),
        refused=[refused.fault] if refused else [],
        **shared,
    )


@blueprint.post("/frameworks/drafts/<int:draft_id>/tree")
@roles(*WRITERS)
def rearrange_framework(draft_id: int) -> ResponseReturnValue:
    """One button of the tree: `act` is "verb:code". A script gets the tree back, others the page."""
    draft = held(draft_id, "framework")
    verb, _, code = request.form.get("act", "").partition(":")
    if verb in ADDING:
        return add(draft, verb, code)
    if verb not in MOVES:
        raise UserError(UNCLEAR)
    try:
        change(draft, lambda definition: MOVES[verb](definition, code), "move", f"node:{code}")
    except EditRefused as refused:
        return show_tree(draft, refused), 422
    db.session.commit()
    return show_tree(draft) if request.headers.get("HX-Request") else redirect(tree_address(draft, code))


def step(definition: Definition, code: str, step: int) -> dict[str, Any]:
    """A node one place up or down among the parts of its parent; past either end it stays."""
    parent, siblings = family(definition, code)
    place = siblings.index(code) + step
    return move_node(definition, code, parent, place + 1) if 0 <= place < len(siblings) else dict(definition)


def step_in(definition: Definition, code: str) -> dict[str, Any]:
    """A node under the sibling above it, as its last part; the first one stays."""
    _, siblings = family(definition, code)
    place = siblings.index(code)
    return move_node(definition, code, siblings[place - 1]) if place else dict(definition)


def step_out(definition: Definition, code: str) -> dict[str, Any]:
    """A node out of its parent, right behind it; a field stays."""
    parent, _ = family(definition, code)
    if parent is None:
        return dict(definition)
    above, siblings = family(definition, parent)
    return move_node(definition, code, above, siblings.index(parent) + 2)


def family(definition: Definition, code: str) -> tuple[str | None, list[str]]:
    """A node's parent, and the codes of that one's parts; raises EditRefused where the node is gone."""
    nodes = nodes_of(definition)
    parent = parent_of(find(nodes, code))
    return parent, [code_of(node) for node in parts_of(nodes, parent)]


MOVES: dict[str, Callable[[Definition, str], dict[str, Any]]] = {
    "up": partial(step, step=-1),
    "down": partial(step, step=1),
    "in": step_in,
    "out": step_out,
}


def as_part(definition: Definition, code: str) -> tuple[str | None, str | None]:
    return code, None


def behind(definition: Definition, code: str) -> tuple[str | None, str | None]:
    return family(definition, code)[0], code


def as_field(definition: Definition, code: str) -> tuple[str | None, str | None]:
    return None, None


ADDING: dict[str, Callable[[Definition, str], tuple[str | None, str | None]]] = {
    "part": as_part,
    "after": behind,
    "field": as_field,
}
"""Where a new node goes: its parent, and the sibling it stands behind."""


def add(draft: DefinitionDraft, verb: str, code: str) -> ResponseReturnValue:
    """A new node, open for its words and points."""
    try:
        parent, after = ADDING[verb](draft.content, code)
        new = next_code(draft.content, parent, after)
        change(
            draft,
            lambda definition: add_node(definition, parent, after, {"code": new, "title": {}}),
            "add",
            f"node:{new}",
        )
    except EditRefused as refused:
        return show_tree(draft, refused), 422
    db.session.commit()
    return redirect(node_address(draft, new))
