"""The tree inside a plain definition of a framework, which may be a draft with gaps and faults."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from questionnaires.editing.coded import code_of, tables
from questionnaires.editing.refused import refuse
from questionnaires.faults import N_
from questionnaires.framework import ancestors

Definition: TypeAlias = Mapping[str, Any]
NodeTable: TypeAlias = Mapping[str, Any]

NO_SUCH_NODE = N_("There is no criterion “%(code)s” here any more.")


def nodes_of(definition: Definition) -> Sequence[NodeTable]:
    """The tables of the nodes."""
    return tables(definition, "nodes")


def parent_of(node: NodeTable) -> str | None:
    return str(node["parent"]) if node.get("parent") else None


def parents(nodes: Iterable[NodeTable]) -> dict[str, str | None]:
    return {code_of(node): parent_of(node) for node in nodes}


def parts_of(nodes: Iterable[NodeTable], code: str | None) -> list[NodeTable]:
    """The nodes right below one, in order; below `None` the fields."""
    return [node for node in nodes if parent_of(node) == code]


def find(nodes: Sequence[NodeTable], code: str, place: str = "code") -> NodeTable:
    """The node of a code; raises EditRefused at `place` where there is none."""
    for node in nodes:
        if code_of(node) == code:
            return node
    raise refuse(place, NO_SUCH_NODE, code=code)


def branch(nodes: Sequence[NodeTable], code: str) -> set[str]:
    """The code and those of everything below it."""
    hung_under = parents(nodes)
    return {code, *(other for other in hung_under if code in ancestors(other, hung_under))}


def with_nodes(definition: Definition, nodes: Iterable[NodeTable]) -> dict[str, Any]:
    """The definition with these nodes, put in tree order."""
    return {**definition, "nodes": in_tree_order([dict(node) for node in nodes])}


def in_tree_order(nodes: Sequence[NodeTable]) -> list[NodeTable]:
    """Each node before its parts, parts in the order they stand in; what hangs in a loop comes last."""
    parts: dict[str | None, list[NodeTable]] = {}
    for node in nodes:
        parts.setdefault(parent_of(node), []).append(node)
    known = {code_of(node) for node in nodes}
    waiting = [node for node in reversed(nodes) if parent_of(node) not in known]
    ordered: dict[int, NodeTable] = {}
    while waiting:
        node = waiting.pop()
        if id(node) not in ordered:
            ordered[id(node)] = node
            waiting.extend(reversed(parts.get(code_of(node), ())))
    return [*ordered.values(), *(node for node in nodes if id(node) not in ordered)]
