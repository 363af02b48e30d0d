"""The pages of parts that are one list each: ratings, ranking groups, changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import request

from questionnaires.editing.parts import with_part
from survey.builder.framework_editor.editor import part_editor
from survey.builder.framework_editor.page import tree_address
from survey.builder.nested_forms import read_part
from survey.builder.part_editing import PartEditor
from survey.builder.part_form import PartForm

Table = dict[str, Any]


def list_editor(
    key: str,
    saved: str,
    entry: Callable[[Table], Table] = lambda entry: entry,
    context: Callable[..., Table] = lambda draft, reading, table: {},
) -> PartEditor:
    """The pages of the list under a key; `entry` makes a line's table of what was typed, {} for nothing."""

    def read() -> PartForm:
        lines = read_part(request.form, (key,)).get(key, [])
        entries = [made for line in lines if isinstance(line, dict) and (made := entry(line))]
        return PartForm({key: entries} if entries else {})

    return part_editor(
        noun=key,
        saved=saved,
        place=lambda code: key,
        read=read,
        put=lambda code, form: lambda definition: with_part(definition, key, form.table),
        context=context,
        faults_of=lambda reading, code: reading.of_list(key),
        leads_to=lambda draft, code: tree_address(draft),
    )
