"""One question replaced as a whole; what names it elsewhere follows its new codes."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from questionnaires.codes import ITEM
from questionnaires.editing.coded import Definition, Table, claim, code_of, codes, replaced, tables
from questionnaires.editing.question_places import (
    own_codes,
    place_of,
    questions_in,
    taken_codes,
    with_questions,
)
from questionnaires.editing.question_references import with_choices, with_names
from questionnaires.editing.renamed import NOTHING_RENAMED, Renamed


def set_question(
    definition: Definition, code: str, table: Mapping[str, Any], renamed: Renamed = NOTHING_RENAMED
) -> Table:
    """The definition with `table`, all of it, in the place of the question `code`.

    Another code in the table renames the question; `renamed` says which rows and choices got other codes.
    Every route and constraint of the form follows, those of the table too: they may still say the old codes.
    Raises EditRefused for an unknown question, a code that is bad or used, a renaming that cannot be.
    """
    number, index = place_of(definition, code)
    before = questions_in(definition, number)[index]
    _claim_codes(definition, before, table)
    renamed.check(before, table)
    questions = replaced(questions_in(definition, number), index, deepcopy(dict(table)))
    changed = with_questions(definition, number, questions)
    if renamed.choices:
        changed = with_choices(changed, {code_of(table): own_codes(before)}, renamed.choices)
    return with_names(changed, _new_names(code, code_of(table), renamed))


def _claim_codes(definition: Definition, before: Table, table: Mapping[str, Any]) -> None:
    """Codes the question had are its own, even bad ones; new ones must be good and free."""
    own = own_codes(before)
    taken = taken_codes(definition) - set(own)
    for code in (table.get("code"), *codes(tables(table, "rows"))):
        if code not in own or code in taken:
            claim(code, taken, ITEM)
        taken.add(str(code))


def _new_names(code: str, new: str, renamed: Renamed) -> dict[str, str]:
    names = {code: new, **renamed.rows}
    return {old: name for old, name in names.items() if old != name}
