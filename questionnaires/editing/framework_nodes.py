"""Edits of a framework's tree: a node added, rewritten, moved, taken out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any

from questionnaires.editing.coded import code_of, tables
from questionnaires.editing.framework_codes import free_code, next_code
from questionnaires.editing.framework_renames import rename_codes
from questionnaires.editing.framework_tree import (
    Definition,
    NodeTable,
    branch,
    find,
    nodes_of,
    parent_of,
    parts_of,
    with_nodes,
)
from questionnaires.editing.refused import refuse
from questionnaires.faults import N_

UNDER_ITSELF = N_("“%(code)s” cannot hang under itself or one of its own parts.")
NOT_BESIDE = N_("“%(after)s” does not stand at that place any more.")

Where = str | None
"""The code of a parent; `None` for the top, where the fields stand."""


def add_node(
    definition: Definition, parent: Where, after: str | None = None, node: NodeTable | None = None
) -> dict[str, Any]:
    """The definition with a node under a parent, behind its sibling `after` or last.

    Without a code the node gets the next one. Raises EditRefused for an unknown parent or sibling and for a
    code that is taken or no code.
    """
    nodes = nodes_of(definition)
    if parent is not None:
        find(nodes, parent, "parent")
    siblings = [code_of(sibling) for sibling in parts_of(nodes, parent)]
    if after is not None and after not in siblings:
        raise refuse("after", NOT_BESIDE, after=after)
    table = deepcopy(dict(node or {}))
    code = free_code(definition, table.get("code") or next_code(definition, parent, after))
    position = siblings.index(after) + 1 if after is not None else len(siblings)
    return with_nodes(definition, _placed(nodes, _hung({**table, "code": code}, parent), position))


def set_node(definition: Definition, code: str, table: NodeTable) -> dict[str, Any]:
    """The definition with another table for a node, which stays at its place: `parent` is not read.

    Where the table has another code, everything that names the node follows. Raises EditRefused where the
    node is gone, and for a code that is taken or no code.
    """
    nodes = nodes_of(definition)
    found = find(nodes, code)
    new_code = free_code(definition, table.get("code", code), ours=code)
    hung = {"parent": found["parent"]} if "parent" in found else {}  # also the blank one that dumps write
    new = {**_hung(deepcopy(dict(table)), None), **hung, "code": code}
    rewritten = {**definition, "nodes": [new if node is found else node for node in nodes]}
    renamed = rename_codes(rewritten, {code: new_code}) if new_code != code else rewritten
    return with_nodes(renamed, nodes_of(renamed))


def move_node(
    definition: Definition, code: str, parent: Where, position: int | None = None
) -> dict[str, Any]:
    """The definition with a node, and all below it, at a position under a parent, counted from 1; else last.

    A position past the end is the last. Raises EditRefused where the node or the parent is gone, and where
    the parent is the node or one of its own parts.
    """
    nodes = nodes_of(definition)
    found = find(nodes, code)
    if parent is not None:
        find(nodes, parent, "parent")
        if parent in branch(nodes, code):
            raise refuse("parent", UNDER_ITSELF, code=code)
    others = [node for node in nodes if node is not found]
    place = len(others) if position is None else max(position - 1, 0)
    return with_nodes(definition, _placed(others, _hung(found, parent), place))


def remove_node(definition: Definition, code: str) -> dict[str, Any]:
    """The definition without a node and all below it, as if it had never been written.

    Raises EditRefused where the node is gone.
    """
    nodes = nodes_of(definition)
    find(nodes, code)
    gone = branch(nodes, code)
    return with_nodes(definition, [node for node in nodes if code_of(node) not in gone])


def retire_node(definition: Definition, code: str) -> dict[str, Any]:
    """The definition without a node and all below it, which `changes` notes as dropped.

    What the version before called otherwise is dropped by its name there; what was noted as added is noted
    no more, as that version never had it. Raises EditRefused where the node is gone.
    """
    nodes = nodes_of(definition)
    gone = branch(nodes, code)
    noted = tables(definition, "changes")
    about = {str(change.get("code")): str(change.get("kind")) for change in noted}
    changes = [kept for change in noted if (kept := _after_dropping(change, gone))]
    if about.get(code) not in ("added", "renamed"):
        changes.append(_dropped(code, find(nodes, code).get("title")))
    return {**remove_node(definition, code), "changes": changes}


def _after_dropping(change: Mapping[str, Any], gone: set[str]) -> Mapping[str, Any] | None:
    """What is left to note of a change when nodes are gone."""
    kind, code = change.get("kind"), change.get("code")
    if not isinstance(code, str) or code not in gone or kind == "dropped":
        return change
    return _dropped(code, change.get("before")) if kind == "renamed" else None


def _dropped(code: str, title: Any) -> dict[str, Any]:
    return {"kind": "dropped", "before": deepcopy(title or {}), "code": code}


def _hung(node: NodeTable, parent: Where) -> dict[str, Any]:
    """The node under a parent; a field has none, not even an empty one."""
    table = {key: value for key, value in node.items() if key != "parent"}
    return table if parent is None else {**table, "parent": parent}


def _placed(nodes: Sequence[NodeTable], node: NodeTable, position: int) -> list[NodeTable]:
    """The nodes with one more, `position` siblings before it."""
    siblings = parts_of(nodes, parent_of(node))
    placed = list(nodes)
    at = next((n for n, other in enumerate(nodes) if other in siblings[position : position + 1]), len(nodes))
    placed.insert(at, node)
    return placed
