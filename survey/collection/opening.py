"""Whether a survey takes answers today."""

from __future__ import annotations

from survey.collection.submission import SurveyClosed
from survey.db import today
from survey.models import Survey

STANDING_OF_STATE = {"draft": "early", "paused": "paused", "closed": "closed"}
BY_PEOPLE_THEMSELVES = {"online", "tablet"}
STATES_FOR_PAPER = {"open", "paused"}


def standing(survey: Survey) -> str:
    """What a person who comes to answer today is told: "open", "early", "paused" or "closed"."""
    if survey.state in STANDING_OF_STATE:
        return STANDING_OF_STATE[survey.state]
    if today() < survey.opens_on:
        return "early"
    return "closed" if today() > survey.closes_on else "open"


def require_open(survey: Survey, mode: str) -> None:
    """Raises SurveyClosed. Paper comes back after the last day, so it is keyed until the survey is closed."""
    found = standing(survey)
    is_accepted = found == "open" if mode in BY_PEOPLE_THEMSELVES else survey.state in STATES_FOR_PAPER
    if not is_accepted:
        raise SurveyClosed(found)


def require_kept(survey: Survey) -> None:
    """Raises SurveyClosed. A form that was read once while the survey was open is read again, settled and
    accepted after its end too, until the last day that answers are kept.
    """
    if survey.state == "draft" or (survey.keep_until is not None and survey.keep_until < today()):
        raise SurveyClosed("closed")
