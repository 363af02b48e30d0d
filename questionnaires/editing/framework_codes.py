"""Codes of a framework's nodes: the next one to propose, and new ones that everything follows."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from questionnaires.codes import CRITERION, check_form
from questionnaires.editing.framework_tree import (
    Definition,
    code_of,
    in_tree_order,
    nodes_of,
    parent_of,
    parts_of,
    with_nodes,
)
from questionnaires.editing.refused import EditRefused, refuse
from questionnaires.faults import N_

TAKEN = N_("“%(code)s” is already the code of another criterion.")
NO_CODE = N_("Give the criterion a code.")
LOOSE = N_("“%(code)s” hangs under no field. Move it to its place first; then the codes can follow the tree.")

_NUMBERED = re.compile(r"(.*?)([0-9]+)")
_ROMAN = re.compile(r"(?:(.*)[._-])?([IVX]+)")
_TENS = ("", "X", "XX", "XXX")
_ONES = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
NUMERALS = tuple(f"{ten}{one}" for ten in _TENS for one in _ONES)
"""The numerals that annexes give their fields, each at its number, up to XXXIX."""

# A quoted text, which stays, or a reference to the percent of a field.
_FIELD = re.compile(r"""'[^']*'|"[^"]*"|\$\{\s*field_(?P<code>\w[\w.-]*)\s*\}""")


def next_code(definition: Definition, parent: str | None, after: str | None = None) -> str:
    """The code to propose under a parent, behind a sibling or the last one: 3.2 → 3.3, or 3.2.1 below 3.2."""
    nodes = nodes_of(definition)
    siblings = [code_of(node) for node in parts_of(nodes, parent)]
    taken = {code_of(node) for node in nodes}
    code = _following(after or siblings[-1]) if siblings else _first(definition, parent)
    while code in taken:
        code = _following(code)
    return code


def free_code(definition: Definition, code: object, ours: str | None = None) -> str:
    """The code, fit to be given to a node (`ours`: the one it has); raises EditRefused at “code”."""
    if not isinstance(code, str) or not code:
        raise refuse("code", NO_CODE)
    for fault in check_form("code", code, CRITERION):
        raise EditRefused(fault)
    if code != ours and any(code_of(node) == code for node in nodes_of(definition)):
        raise refuse("code", TAKEN, code=code)
    return code


def rename_codes(definition: Definition, renames: Mapping[str, str]) -> dict[str, Any]:
    """The definition with nodes renamed, all at once, and whatever names them: parts, bands, tie, changes.

    A dropped criterion keeps its code in `changes`: it is one of the version before.
    """
    renamed = dict(definition)
    renamed["nodes"] = [_renamed(node, ("code", "parent"), renames) for node in nodes_of(definition)]
    if isinstance(definition.get("tie"), Mapping):
        renamed["tie"] = _renamed(definition["tie"], ("criterion",), renames)
    if isinstance(definition.get("bands"), list | tuple):
        renamed["bands"] = [_with_fields(band, renames) for band in definition["bands"]]
    if isinstance(definition.get("changes"), list | tuple):
        renamed["changes"] = [_following_change(change, renames) for change in definition["changes"]]
    return renamed


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
    first = _NUMBERED.fullmatch(fields[0]) if fields else None
    prefix = first[1] if first and first[1].isalpha() else ""
    return Numbering(prefix, _separator(definition), roman=bool(fields) and set(fields) <= set(NUMERALS))


def _separator(definition: Definition) -> str:
    """What parts a node's code from its parent's, as the framework writes it."""
    for node in nodes_of(definition):
        code, parent = code_of(node), parent_of(node)
        if parent and code.startswith(parent) and code[len(parent) : len(parent) + 1] in (*"._-",):
            return code[len(parent)]
    return "."


def _first(definition: Definition, parent: str | None) -> str:
    return f"{parent}{_separator(definition)}1" if parent else "1"


def _following(code: str) -> str:
    if found := _NUMBERED.fullmatch(code):
        return f"{found[1]}{int(found[2]) + 1}"
    if (found := _ROMAN.fullmatch(code)) and found[2] in NUMERALS[:-1]:
        return f"{code[: -len(found[2])]}{NUMERALS[NUMERALS.index(found[2]) + 1]}"
    return f"{code}_2"


def _renamed(table: Mapping[str, Any], keys: Collection[str], renames: Mapping[str, str]) -> dict[str, Any]:
    named = {key: table[key] for key in keys if isinstance(table.get(key), str)}
    return {**table, **{key: renames.get(code, code) for key, code in named.items()}}


def _with_fields(band: Any, renames: Mapping[str, str]) -> Any:
    """A band whose `when` asks the fields by their new codes; its wording is otherwise left alone."""
    if not isinstance(band, Mapping) or not isinstance(band.get("when"), str):
        return band

    def follow(found: re.Match[str]) -> str:
        new = renames.get(found["code"] or "")
        return f"${{field_{new}}}" if new else found[0]

    return {**band, "when": _FIELD.sub(follow, band["when"])}


def _following_change(change: Any, renames: Mapping[str, str]) -> Any:
    if not isinstance(change, Mapping) or change.get("kind") == "dropped":
        return change
    return _renamed(change, ("code",), renames)
