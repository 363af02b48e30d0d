"""The job that walks a questionnaire's paths; what it found is kept with the words it walked through."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, fields

from questionnaires.schema import Choice, Question, Questionnaire, Row, Scale, Section
from questionnaires.trial import Finding, Length, Route, Walk, walk
from survey import jobs
from survey.builder.trial.sorts import result_address
from survey.builder.trial.subject import Tried, named
from survey.db import now, today
from survey.jobs import Progress, task
from survey.models import Job
from survey.models.definition import digest

KIND = "walk"
PATHS = 1_000
STEPS = 20
"""How often a walk tells how far it is."""


@dataclass(frozen=True)
class Walked:
    """A walk, the questionnaire it went through, and the revision of the draft that was; 0 of a version."""

    questionnaire: Questionnaire
    walk: Walk
    revision: int
    at: datetime.datetime

    def is_of(self, tried: Tried) -> bool:
        """Whether what is tried is still what was walked through."""
        return self.questionnaire == tried.questionnaire


RECORDS = (Walked, Walk, Length, Route, Finding, Questionnaire, Section, Question, Row, Choice, Scale)
SHAPE = digest([[each.name for each in fields(record)] for record in RECORDS])[:8]
"""Part of the name a walk is kept by: what an older release kept in another shape is not met again."""


@task(KIND)
def walk_through(job: Job, report_progress: Progress) -> str:
    tried = named(job.subject)

    def tell(done: int, to_do: int) -> None:
        if done % (PATHS // STEPS) == 0:
            report_progress(done / to_do, "")

    walked = walk(tried.questionnaire, PATHS, progress=tell, today=today())
    revision = tried.draft.revision if tried.draft else 0
    jobs.keep(key(tried), Walked(tried.questionnaire, walked, revision, now()))
    return result_address(tried, "walk")


def last_walk(tried: Tried) -> Walked | None:
    return jobs.kept(key(tried))


def key(tried: Tried) -> str:
    return f"walk {SHAPE} {tried.name}"
