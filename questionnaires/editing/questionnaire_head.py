"""A new questionnaire, what stands at its head, and its copy for the next year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any

from questionnaires.codes import DEFINITION, LANGUAGE, check_known
from questionnaires.editing.coded import Definition, Table, claim
from questionnaires.editing.refused import EditRefused, refuse
from questionnaires.faults import N_
from questionnaires.schema import GROUPS

NO_VERSION = N_("The version is missing.")
SAME_VERSION = N_("The version “%(version)s” is there already; give the copy another.")
NO_LANGUAGE = N_("At least one language is needed.")

BODY = ("sections", "scales", "factors", "nodes", "bands", "ranking_groups", "changes")
"""What is edited apart, in questionnaires and frameworks; all else is the head."""


def new_questionnaire(
    code: str, version: str, title: Mapping[str, str], group: str, languages: Sequence[str]
) -> Table:
    """A questionnaire that asks nothing yet.

    Raises EditRefused for a bad code or language, an unknown group, a missing version.
    """
    claim(code, (), DEFINITION)
    for fault in check_known("group", group, GROUPS):
        raise EditRefused(fault)
    for index, language in enumerate(languages):
        claim(language, languages[:index], LANGUAGE)
    if not languages:
        raise refuse("languages", NO_LANGUAGE)
    head = {"code": code, "version": _named_version(version), "title": dict(title), "group": group}
    return head | {"languages": list(languages), "sections": []}


def head_of(definition: Definition) -> Table:
    """The head of a questionnaire or framework as a table of its own."""
    return deepcopy({key: value for key, value in definition.items() if key not in BODY})


def set_head(definition: Definition, table: Mapping[str, Any]) -> Table:
    """The definition under another head, all of it; its body stays, whatever the table says of it."""
    body = {key: value for key, value in definition.items() if key in BODY}
    return head_of(table) | body


def next_version(definition: Definition, version: str, code: str | None = None) -> Table:
    """A copy, complete, under another version and, where one is given, another code.

    Raises EditRefused for a missing or the same version, and for a bad code.
    """
    new = {"code": definition.get("code") if code is None else claim(code, (), DEFINITION)}
    new["version"] = _named_version(version)
    if (new["code"], new["version"]) == (definition.get("code"), definition.get("version")):
        raise refuse("version", SAME_VERSION, version=version)
    return {**deepcopy(dict(definition)), **new}


def _named_version(version: str) -> str:
    if not version.strip():
        raise refuse("version", NO_VERSION)
    return version.strip()
