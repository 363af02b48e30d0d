"""A new framework or version, and edits of all beside the tree: head, bands, ranking groups, changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from typing import Any

from questionnaires.codes import DEFINITION, check_form
from questionnaires.dump import plain
from questionnaires.editing.framework_tree import Definition
from questionnaires.editing.refused import EditRefused, refuse
from questionnaires.faults import N_
from questionnaires.framework import Change

NO_VERSION = N_("Name the version, such as its year.")
SAME_VERSION = N_("“%(version)s” is the version before; the next one needs another name.")


def new_framework(
    code: str,
    version: str,
    title: Mapping[str, str],
    decision: Mapping[str, Any],
    applies_to: Sequence[str],
) -> dict[str, Any]:
    """The draft of a framework without a field yet; raises EditRefused for what is no code or no version."""
    for fault in check_form("code", code, DEFINITION):
        raise EditRefused(fault)
    if not version.strip():
        raise refuse("version", NO_VERSION)
    return {
        "code": code,
        "version": version,
        "title": dict(title),
        "decision": dict(decision),
        "applies_to": list(applies_to),
        "nodes": [],
    }


def set_changes(definition: Definition, changes: Iterable[Change | Mapping[str, Any]]) -> dict[str, Any]:
    """The definition with another list of what became of the criteria of the version before."""
    return {**definition, "changes": [plain(change) for change in changes]}


def succeed(
    definition: Definition, version: str, decision: Mapping[str, Any], code: str | None = None
) -> dict[str, Any]:
    """The draft of the next version: a new decision that replaces the old one, no changes yet, all else kept.

    Another `code` serves frameworks that carry the year in theirs. Raises EditRefused where the version has
    no name of its own.
    """
    code = definition.get("code") if code is None else code
    if not version.strip():
        raise refuse("version", NO_VERSION)
    if (code, version) == (definition.get("code"), definition.get("version")):
        raise refuse("version", SAME_VERSION, version=version)
    before = definition.get("decision")
    replaced = before.get("number") if isinstance(before, Mapping) else None
    follows = {"replaces": replaced} if replaced else {}
    kept = {key: deepcopy(value) for key, value in definition.items() if key != "changes"}
    return {**kept, "code": code, "version": version, "decision": {**follows, **decision}}
