"""A questionnaire's draft as it stands: as much of it as can be read, its faults, what it covers."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from questionnaires import Fault, examine_questionnaire
from questionnaires.editing.coded import tables
from questionnaires.editing.question_places import questions_of
from questionnaires.framework import Framework
from questionnaires.schema import Questionnaire
from survey.builder.covering import Covering, covering, of_group
from survey.models import DefinitionDraft

Table = dict[str, Any]


@dataclass(frozen=True)
class Reading:
    """`faults` are those of the whole; `by_question` and `by_section` those below each, by its code."""

    questionnaire: Questionnaire
    faults: tuple[Fault, ...]
    content: Table

    def below(self, place: str) -> list[Fault]:
        """The faults at a place of the definition, their places told from there."""
        prefix = f"{place}." if place else ""
        return [
            Fault(fault.place.removeprefix(prefix), fault.template, fault.values)
            for fault in self.faults
            if fault.place.startswith(prefix)
        ]

    def question_place(self, code: str) -> str:
        """Where in the definition a question stands."""
        found = (place for place, table in questions_of(self.content) if table.get("code") == code)
        section, question = next(found, (-1, -1))
        return f"sections.{section + 1}.questions.{question + 1}"

    def entry_place(self, key: str, code: str) -> str:
        """Where a section or scale stands."""
        codes = [entry.get("code") for entry in tables(self.content, key)]
        return f"{key}.{codes.index(code) + 1 if code in codes else 0}"


def read_draft(draft: DefinitionDraft) -> Reading:
    questionnaire, faults = _examined(draft.id, draft.revision, _Content(draft.content))
    return Reading(questionnaire, faults, draft.content)


def covered(reading: Reading, framework: Framework | None) -> Covering | None:
    """What the draft gives its framework, as far as its own respondents go; None without a framework."""
    if framework is None:
        return None
    return of_group(covering(framework, [reading.questionnaire]), reading.questionnaire.group)


class _Content:
    """Lets the cache look at the draft's id and revision alone."""

    def __init__(self, value: Table) -> None:
        self.value = value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Content) and self.value == other.value

    def __hash__(self) -> int:
        return 0


@functools.lru_cache(maxsize=32)
def _examined(_draft_id: int, _revision: int, content: _Content) -> tuple[Questionnaire, Sequence[Fault]]:
    return examine_questionnaire(content.value)
