"""Scales added, changed, renamed and removed; questions that use one follow its codes."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from questionnaires.codes import ITEM
from questionnaires.editing.coded import (
    Definition,
    Table,
    claim,
    code_of,
    codes,
    index_of,
    replaced,
    tables,
)
from questionnaires.editing.question_places import following, own_codes, questions_of
from questionnaires.editing.question_references import with_choices
from questionnaires.editing.refused import refuse
from questionnaires.editing.renamed import NOTHING_RENAMED, Renamed
from questionnaires.faults import N_

NO_SCALE = N_("There is no scale “%(code)s”; somebody may have renamed or removed it.")
SCALE_USED = N_("The scale “%(code)s” cannot be removed: %(questions)s are answered on it.")


def scale_of(definition: Definition, code: str) -> Table:
    """A scale as a table of its own; raises EditRefused for an unknown one."""
    scales = tables(definition, "scales")
    return deepcopy(scales[index_of(scales, code, NO_SCALE)])


def add_scale(definition: Definition, table: Mapping[str, Any]) -> Table:
    """The definition with one more scale; raises EditRefused for a code that is bad or used."""
    scales = tables(definition, "scales")
    claim(table.get("code"), codes(scales), ITEM)
    return {**definition, "scales": [*scales, deepcopy(dict(table))]}


def set_scale(
    definition: Definition, code: str, table: Mapping[str, Any], renamed: Renamed = NOTHING_RENAMED
) -> Table:
    """The definition with `table`, all of it, in the place of the scale `code`.

    Another code in the table renames the scale; `renamed` says which choices got other codes. Questions on
    the scale, and every route and constraint that compares their answers, follow. Raises EditRefused for an
    unknown scale, a code that is bad or used, a renaming that cannot be.
    """
    scales = tables(definition, "scales")
    index = index_of(scales, code, NO_SCALE)
    if table.get("code") != code:
        claim(table.get("code"), codes(scales), ITEM)
    renamed.check(scales[index], table)
    changed = {**definition, "scales": replaced(scales, index, deepcopy(dict(table)))}
    if renamed.choices:
        changed = with_choices(changed, _answered_on(definition, code), renamed.choices)
    return following(changed, "scale", code, code_of(table))


def remove_scale(definition: Definition, code: str) -> Table:
    """The definition without a scale; raises EditRefused for an unknown one, and for one in use."""
    scales = tables(definition, "scales")
    index = index_of(scales, code, NO_SCALE)
    if users := _answered_on(definition, code):
        raise refuse(code, SCALE_USED, code=code, questions=", ".join(users))
    return {**definition, "scales": replaced(scales, index)}


def _answered_on(definition: Definition, code: str) -> dict[str, list[str]]:
    """The questions answered on a scale, each with the codes of its items."""
    return {
        code_of(question): own_codes(question)
        for _, question in questions_of(definition)
        if question.get("scale") == code
    }
