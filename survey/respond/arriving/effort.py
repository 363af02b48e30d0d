"""What answering takes, as the first page promises it: minutes and pages."""

from __future__ import annotations

from typing import NamedTuple

from questionnaires.schema import Questionnaire
from questionnaires.trial import answering_time
from survey.collection import asked_of, minutes_of
from survey.models import Survey
from survey.respond.answering.booklet import laid_out


class Effort(NamedTuple):
    """`minutes` is what typical people take, rounded up; `pages` the most that anybody is shown."""

    minutes: int
    pages: int


def effort_of(survey: Survey) -> Effort:
    return Effort(minutes_of(survey), pages_of(asked_of(survey), survey.page_by))


def effort_unseen(questionnaire: Questionnaire, page_by: str) -> Effort:
    """The same of a questionnaire that no survey asks yet."""
    return Effort(answering_time(questionnaire).minutes, pages_of(questionnaire, page_by))


def pages_of(questionnaire: Questionnaire, page_by: str) -> int:
    return len(laid_out(questionnaire, page_by).pages)
