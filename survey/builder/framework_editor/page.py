"""What every page of the framework editor shows: the running sums, and what is still to mend."""

from __future__ import annotations

from typing import Any

from flask import url_for

from questionnaires import Fault
from questionnaires.editing.coded import code_of, tables
from questionnaires.editing.framework_points import running_sums
from survey.builder.framework_editor.reading import Reading
from survey.models import DefinitionDraft

LANGUAGES = ["vi", "en"]

LISTS = {
    "bands": "builder.edit_framework_bands",
    "ranking_groups": "builder.edit_framework_ranking_groups",
    "changes": "builder.edit_framework_changes",
}


def tree_address(draft: DefinitionDraft, code: str = "") -> str:
    anchor = f"#node-{code}" if code else ""
    return url_for("builder.edit_framework_draft", draft_id=draft.id) + anchor


def panel(draft: DefinitionDraft, reading: Reading) -> dict[str, Any]:
    """What the templates of the editor share."""
    return {
        "reading": reading,
        "framework": reading.framework,
        "form_languages": LANGUAGES,
        "sums": running_sums(reading.content),
        "to_mend": [(fault, fault_address(draft, reading, fault)) for fault in reading.faults],
    }


def fault_address(draft: DefinitionDraft, reading: Reading, fault: Fault) -> str:
    """The page and field where a fault is mended."""
    key, *below = fault.place.split(".")
    if key == "nodes":
        if not below:
            return tree_address(draft)
        number, *field = below
        return node_address(draft, code_at(reading, int(number)), ".".join(field))
    endpoint = LISTS.get(key, "builder.edit_framework_head")
    return url_for(endpoint, draft_id=draft.id) + f"#{fault.place}"


def node_address(draft: DefinitionDraft, code: str, field: str = "") -> str:
    anchor = f"#{field}" if field else ""
    return url_for("builder.edit_framework_node", draft_id=draft.id, code=code or "-") + anchor


def code_at(reading: Reading, number: int) -> str:
    """The code of the node at a position counted from 1."""
    nodes = tables(reading.content, "nodes")
    return code_of(nodes[number - 1]) if 0 < number <= len(nodes) else ""
