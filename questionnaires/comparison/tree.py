"""The order and the fields of a framework's tree, also of an unfinished one."""

from __future__ import annotations

from collections.abc import Mapping

from questionnaires.framework import Framework, Node, ancestors


def in_tree_order(framework: Framework) -> tuple[Node, ...]:
    """Each node before its parts; what hangs under nothing, or in a loop, comes last."""
    children = framework.children
    waiting = list(reversed(framework.fields))
    ordered: dict[str, Node] = {}
    while waiting:
        node = waiting.pop()
        if node.code not in ordered:
            ordered[node.code] = node
            waiting.extend(reversed(children.get(node.code, ())))
    return (*ordered.values(), *(node for node in framework.nodes if node.code not in ordered))


def fields_of_nodes(framework: Framework) -> Mapping[str, str]:
    """Code of a node → code of the field it belongs to; a field belongs to itself."""
    parents = {code: node.parent for code, node in framework.by_code.items()}
    return {code: [code, *ancestors(code, parents)][-1] for code in parents}


def leaves_below(framework: Framework) -> Mapping[str, set[str]]:
    """Code of a node → codes of the leaves below it."""
    parents = {code: node.parent for code, node in framework.by_code.items()}
    below: dict[str, set[str]] = {code: set() for code in parents}
    for leaf in framework.leaves:
        for code in ancestors(leaf.code, parents):
            below[code].add(leaf.code)
    return below
