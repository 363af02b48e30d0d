"""Questions written from criteria: one for each, or one whose rows ask them all on one scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from questionnaires.editing.coded import Definition, Table, free_codes, texts
from questionnaires.editing.question_edits import empty_question, place_question
from questionnaires.editing.question_places import proposed_code, taken_codes
from questionnaires.editing.refused import refuse
from questionnaires.faults import N_
from questionnaires.schema import Text

NOTHING_TO_ASK = N_("There is no criterion to ask about.")


@dataclass(frozen=True)
class Asked:
    """A criterion by the name that items give it; its title, with which the words of a question begin."""

    name: str
    title: Text


def ask(definition: Definition, section: str, criterion: Asked) -> Table:
    """The definition with one question more about a criterion, at the end of a section.

    It is rated on the first scale of the form, where it has one. Raises EditRefused for an unknown section.
    """
    question = empty_question(definition, "scale", proposed_code(definition))
    return place_question(definition, section, question | _asking(definition, criterion))


def ask_in_rows(definition: Definition, section: str, criteria: Sequence[Asked]) -> Table:
    """The definition with one question more, without words of its own, whose rows ask the criteria.

    Raises EditRefused for no criterion and for an unknown section.
    """
    if not criteria:
        raise refuse("criteria", NOTHING_TO_ASK)
    code = proposed_code(definition)
    wanted = [f"{code}_{number}" for number in range(1, len(criteria) + 1)]
    rows = free_codes(wanted, {*taken_codes(definition), code})
    question = empty_question(definition, "matrix", code)
    question["rows"] = [
        {"code": row, **_asking(definition, criterion)} for row, criterion in zip(rows, criteria, strict=True)
    ]
    return place_question(definition, section, question)


def _asking(definition: Definition, criterion: Asked) -> dict[str, Any]:
    languages = texts(definition, "languages")
    words = {language: words for language, words in criterion.title.items() if language in languages}
    return {"text": words, "criterion": criterion.name}
