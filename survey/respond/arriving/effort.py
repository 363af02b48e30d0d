"""What answering takes, as the first page promises it: minutes and pages."""

from __future__ import annotations

import functools
import math
from typing import NamedTuple

from questionnaires.schema import Questionnaire
from questionnaires.trial import answering_time
from survey.language import language
from survey.models import Survey
from survey.respond.answering.booklet import asked_of, laid_out, units_rated

Units = tuple[tuple[str, str], ...]


class Effort(NamedTuple):
    """`minutes` is what typical people take, rounded up; `pages` the most that anybody is shown."""

    minutes: int
    pages: int


def effort_of(survey: Survey) -> Effort:
    units = units_rated(survey) if survey.rates == "several" else ()
    questionnaire = asked_of(survey)
    digest = survey.questionnaire_version.sha256
    minutes = remembered_minutes(digest, units, language(), _Unhashed(questionnaire))
    return Effort(minutes, pages_of(questionnaire, survey.page_by))


def effort_unseen(questionnaire: Questionnaire, page_by: str) -> Effort:
    """The same of a questionnaire that no survey asks yet."""
    return Effort(minutes_of(questionnaire, language()), pages_of(questionnaire, page_by))


def pages_of(questionnaire: Questionnaire, page_by: str) -> int:
    return len(laid_out(questionnaire, page_by).pages)


def minutes_of(questionnaire: Questionnaire, spoken: str) -> int:
    return max(math.ceil(answering_time(questionnaire, language=spoken).typical / 60), 1)


class _Unhashed:
    """Lets the cache look at the digest and the units alone: every questionnaire compares equal."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.questionnaire = questionnaire

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Unhashed)

    def __hash__(self) -> int:
        return 0


@functools.lru_cache(maxsize=128)
def remembered_minutes(_digest: str, _units: Units, spoken: str, asked: _Unhashed) -> int:
    return minutes_of(asked.questionnaire, spoken)
