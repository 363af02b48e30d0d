"""The job that looks through all answers of a survey for signals; what it found last is kept."""

from __future__ import annotations

import datetime
import uuid
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any, NamedTuple

from questionnaires.faults import N_
from questionnaires.quality import SameText, SignalReport, signals_of
from questionnaires.schema import Questionnaire
from survey import jobs
from survey.db import db, now
from survey.errors import UserError
from survey.export import CHUNK
from survey.fieldwork.quality.levels import LevelSum, LevelSums
from survey.fieldwork.quality.reading import all_answers, answers_of, noted_flags, number_of, persons_of
from survey.jobs import Progress, task
from survey.models import Job, Survey
from survey.models.definition import digest

KIND = "quality"
STEPS = 20
"""How often a look tells how far it is."""
FIRST_READING = 0.8  # of all work, about
NO_SURVEY = N_("There is no such survey any more.")


class Flagged(NamedTuple):
    id: uuid.UUID
    unit_id: int
    mode: str
    kinds: tuple[str, ...]


@dataclass(frozen=True)
class Look:
    """What was found in all `responses` that were accepted at that moment.

    `flagged` are those with a signal, the most signals first; `same_texts` tells who wrote the same;
    `answers_by_unit` counts all of them; `levels` and `flagged_levels` add up the same items.
    """

    at: datetime.datetime
    responses: int
    flagged: tuple[Flagged, ...]
    same_texts: tuple[SameText[uuid.UUID], ...]
    answers_by_unit: Mapping[int, int]
    levels: tuple[LevelSum, ...]
    flagged_levels: tuple[LevelSum, ...]

    @property
    def counts(self) -> Counter[str]:
        """Kind → responses."""
        return Counter(kind for each in self.flagged for kind in each.kinds)

    def find(self, response_id: uuid.UUID) -> Flagged | None:
        return next((each for each in self.flagged if each.id == response_id), None)


SHAPE = [Flagged._fields, *([each.name for each in fields(record)] for record in (Look, LevelSum, SameText))]
NAME = f"quality {digest(SHAPE)[:8]}"
"""Part of the name a look is kept by: what an older release kept in another shape is not met again."""


def last_look(survey: Survey) -> Look | None:
    return jobs.kept(f"{NAME} {subject_of(survey)}")


def subject_of(survey: Survey) -> str:
    return f"survey {survey.id} of {survey.round.code}"


@task(KIND)
def look_through(job: Job, report_progress: Progress) -> str:
    survey = db.session.get(Survey, int(job.subject.split()[1]))
    if survey is None:
        raise UserError(NO_SURVEY)
    jobs.keep(f"{NAME} {job.subject}", look_at(survey, report_progress))
    return f"/surveys/{survey.id}/quality"


def look_at(survey: Survey, report_progress: Progress) -> Look:
    """Reads all answers once, and the flagged ones a second time: never are all of them in memory."""
    questionnaire = survey.questionnaire_version.questionnaire
    expected, by_unit, sums = number_of(survey.id), Counter[int](), LevelSums(questionnaire)

    def records() -> Iterator[tuple[uuid.UUID, Mapping[str, Any]]]:
        tell = teller(expected, report_progress)
        for number, each in enumerate(all_answers(survey.id), 1):
            by_unit[each.unit_id] += 1
            sums.add(each.answers)
            yield each.id, each.answers
            tell(number)

    report = signals_of(questionnaire, records(), noted_flags(survey.id), persons_of(survey))
    report_progress(FIRST_READING, "")
    flagged, flagged_levels = flagged_of(survey.id, questionnaire, report)
    return Look(
        now(), report.responses, flagged, report.same_texts, dict(by_unit), sums.sums(), flagged_levels
    )


def teller(expected: int, report_progress: Progress) -> Callable[[int], None]:
    """A function that is told of every response read, and tells of some."""
    every = max(expected // STEPS, CHUNK)

    def tell(number: int) -> None:
        if number % every == 0:
            report_progress(FIRST_READING * min(number / expected, 1), "")

    return tell


def flagged_of(
    survey_id: int, questionnaire: Questionnaire, report: SignalReport[uuid.UUID]
) -> tuple[tuple[Flagged, ...], tuple[LevelSum, ...]]:
    """The flagged responses, and the levels of those alone."""
    sums, flagged = LevelSums(questionnaire), []
    for each in answers_of(survey_id, sorted(report.kinds)):
        sums.add(each.answers)
        flagged.append(Flagged(each.id, each.unit_id, each.mode, tuple(sorted(report.kinds[each.id]))))
    return tuple(sorted(flagged, key=lambda one: (-len(one.kinds), one.id))), sums.sums()
