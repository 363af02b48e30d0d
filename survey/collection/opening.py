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
