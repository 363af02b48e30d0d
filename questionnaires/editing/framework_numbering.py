"""Codes after the order of the tree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from questionnaires.editing.coded import code_of
from questionnaires.editing.framework_codes import NUMBERED, NUMERALS, separator
from questionnaires.editing.framework_renames import rename_codes
from questionnaires.editing.framework_tree import (
    Definition,
    in_tree_order,
    nodes_of,
    parent_of,
    parts_of,
    with_nodes,
)
from questionnaires.editing.refused import refuse
from questionnaires.faults import N_

LOOSE = N_("“%(code)s” hangs under no field. Move it to its place first; then the codes can follow the tree.")


def renumbering(definition: Definition) -> dict[str, str]:
    """Old code → new one after the order of the tree, in the manner of the framework's own codes.

    Raises EditRefused where a node hangs under none: it has no place to be numbered by.
    """
    nodes = in_tree_order(nodes_of(definition))
    numbering = _numbering(definition)
    paths: dict[str | None, tuple[int, ...]] = {None: ()}
    counts: dict[str | None, int] = {}
    for node in nodes:
        parent = parent_of(node)
        if parent not in paths:
            raise refuse("code", LOOSE, code=code_of(node))
        counts[parent] = counts.get(parent, 0) + 1
        paths[code_of(node)] = (*paths[parent], counts[parent])
    return {code: numbering.code(path) for code, path in paths.items() if code is not None}


def renumber(definition: Definition) -> dict[str, Any]:
    """The definition with codes after the order of the tree; all that names them follows.

    Raises EditRefused as `renumbering` does.
    """
    renamed = rename_codes(definition, renumbering(definition))
    return with_nodes(renamed, nodes_of(renamed))


@dataclass(frozen=True)
class Numbering:
    """How a framework writes its codes: c1_2 has the prefix “c” and the separator “_”."""

    prefix: str = ""
    separator: str = "."
    roman: bool = False

    def code(self, path: tuple[int, ...]) -> str:
        field, *others = path
        numeral = NUMERALS[field] if self.roman and field < len(NUMERALS) else str(field)
        return self.separator.join([f"{self.prefix}{numeral}", *map(str, others)])


def _numbering(definition: Definition) -> Numbering:
    fields = [code_of(node) for node in parts_of(nodes_of(definition), None)]
    first = NUMBERED.fullmatch(fields[0]) if fields else None
    prefix = first[1] if first and first[1].isalpha() else ""
    return Numbering(prefix, separator(definition), roman=bool(fields) and set(fields) <= set(NUMERALS))
