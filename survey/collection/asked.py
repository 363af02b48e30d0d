"""What the people of a survey are asked, and how long they are told that it takes."""

from __future__ import annotations

from contextlib import suppress
from functools import lru_cache

from questionnaires.faults import DefinitionError
from questionnaires.same import Same
from questionnaires.schema import Questionnaire
from questionnaires.sitting import for_units
from questionnaires.trial import answering_time
from survey.collection.cells import strata_on_offer
from survey.models import Survey


def asked_of(survey: Survey) -> Questionnaire:
    """The survey's questionnaire; where several units are rated, with a row for each of them.

    Raises DefinitionError where several are to be rated and no question asks unit by unit.
    """
    questionnaire = survey.questionnaire
    return questionnaire if survey.rates == "one" else for_units(questionnaire, units_rated(survey))


def units_rated(survey: Survey) -> tuple[tuple[str, str], ...]:
    """Code and name of each unit that a person of this survey rates."""
    return tuple((stratum.unit.code, stratum.unit.name) for stratum in strata_on_offer(survey))


def minutes_of(survey: Survey) -> int:
    """What every poster, first page and tablet promises, in whatever language."""
    questionnaire = survey.questionnaire
    with suppress(DefinitionError):  # the survey's page says what is wrong
        questionnaire = asked_of(survey)
    return _minutes(Same(questionnaire))


@lru_cache(maxsize=128)
def _minutes(same: Same[Questionnaire]) -> int:
    return answering_time(same.record).minutes
