"""A questionnaire's draft as it stands: as much of it as can be read, its faults, what it covers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from questionnaires.editing.question_places import questions_of
from questionnaires.framework import Framework
from questionnaires.schema import Questionnaire
from survey.builder import reading
from survey.builder.covering import Covering, covering, of_group
from survey.builder.reading import examined
from survey.models import DefinitionDraft


@dataclass(frozen=True)
class Reading(reading.Reading):
    questionnaire: Questionnaire

    def question_place(self, code: str) -> str:
        """Where in the definition a question stands."""
        found = (place for place, table in questions_of(self.content) if table.get("code") == code)
        section, question = next(found, (-1, -1))
        return f"sections.{section + 1}.questions.{question + 1}"


def read_draft(draft: DefinitionDraft) -> Reading:
    questionnaire, faults = examined(draft)
    return Reading(faults, draft.content, questionnaire)


def covered(
    reading: Reading, framework: Framework | None, others: Sequence[Questionnaire] = ()
) -> Covering | None:
    """What the draft and the `others` that serve its framework ask of its own respondents; None without a
    framework.
    """
    if framework is None:
        return None
    found = covering(framework, [reading.questionnaire, *others])
    return of_group(found, reading.questionnaire.group)
