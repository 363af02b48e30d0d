"""New codes for nodes of a framework, which everything that names them follows."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

from questionnaires.editing.framework_tree import Definition, nodes_of

# A quoted text, which stays, or a reference to the percent of a field.
_FIELD = re.compile(r"""'[^']*'|"[^"]*"|\$\{\s*field_(?P<code>\w[\w.-]*)\s*\}""")


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
