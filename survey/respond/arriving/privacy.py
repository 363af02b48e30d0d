"""The data page: everything about what becomes of the answers, on a page or two of paper."""

from __future__ import annotations

from typing import NamedTuple

from flask.typing import ResponseReturnValue
from flask_login import current_user

from questionnaires.schema import Question, Section
from survey.access import public
from survey.collection import SurveyClosed, standing
from survey.models import Survey
from survey.respond.blueprint import blueprint, find_survey, page


class Asked(NamedTuple):
    """A section as the data page lists it. `sensitive` are the questions that the law protects."""

    section: Section
    sensitive: tuple[Question, ...]


@blueprint.get("/k/<slug>/privacy")
@public
def privacy(slug: str) -> ResponseReturnValue:
    """Open to everybody once the survey has been opened, also when it is over; to staff before."""
    survey = find_survey(slug)
    if survey.state == "draft" and not current_user.is_authenticated:
        raise SurveyClosed("early")
    return page(
        "privacy.html",
        survey,
        asked=asked(survey),
        can_withdraw=survey.withdrawable and standing(survey) in ("open", "paused", "early"),
    )


def asked(survey: Survey) -> list[Asked]:
    sections = survey.questionnaire_version.questionnaire.sections
    return [Asked(each, tuple(one for one in each.questions if one.sensitive)) for each in sections]
