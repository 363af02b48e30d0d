"""How long a survey takes, as an invitation promises it."""

from __future__ import annotations

import math
from contextlib import suppress

from questionnaires.faults import DefinitionError
from questionnaires.sitting import for_units
from questionnaires.trial import answering_time
from survey.collection import strata_on_offer
from survey.models import Survey

MINUTE = 60


def minutes_of(survey: Survey) -> int:
    """Whole minutes a typical person takes, rounded up, at least two."""
    questionnaire = survey.questionnaire_version.questionnaire
    if survey.rates == "several":
        with suppress(DefinitionError):  # no question asks unit by unit: the survey's page says so
            questionnaire = for_units(questionnaire, units_rated(survey))
    return max(math.ceil(answering_time(questionnaire).typical / MINUTE), 2)


def units_rated(survey: Survey) -> tuple[tuple[str, str], ...]:
    return tuple((stratum.unit.code, stratum.unit.name) for stratum in strata_on_offer(survey))
