"""What stands in the way of opening a survey."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import sqlalchemy as sa

from questionnaires import DefinitionError
from questionnaires.faults import N_, Fault
from survey.collection import open_link_faults
from survey.db import db, today
from survey.models import RoundUnit, Sample, Stratum, Survey, Unit

ROUND_NOT_OPEN = N_("The round is not open.")
ENDED = N_("The last day, %(day)s, has passed.")
NO_CONTACT = N_("Nobody is named whom people may ask.")
NO_SAMPLE = N_("The sample has no strata yet: no populations to weigh the answers by.")
NOBODY_CHOSEN = N_("Nobody is chosen in any stratum of the sample.")
STRANGER = N_("%(unit)s is in the sample, but not in the round.")
FAULTY = N_("The questionnaire no longer passes its checks: %(place)s.")


def obstacles(survey: Survey) -> list[Fault]:
    """Everything that keeps the survey from being opened now; nothing where it can be."""
    return [fault for look in LOOKS for fault in look(survey)]


def in_the_round(survey: Survey) -> Iterator[Fault]:
    if survey.round.state != "open":
        yield Fault("", ROUND_NOT_OPEN)
    if survey.closes_on < today():
        yield Fault("", ENDED, {"day": f"{survey.closes_on:%d/%m/%Y}"})
    if not survey.contact:
        yield Fault("", NO_CONTACT)


def in_the_questionnaire(survey: Survey) -> Iterator[Fault]:
    """A stored definition passed the checks of its day; those of today may be stricter."""
    try:
        _ = survey.questionnaire_version.questionnaire
    except DefinitionError as error:
        yield from (Fault("", FAULTY, {"place": fault.place}) for fault in error.faults)


def in_the_sample(survey: Survey) -> Iterator[Fault]:
    of_survey = Sample.survey_id == survey.id
    totals = sa.select(sa.func.count(), sa.func.sum(Stratum.selected)).join(Sample).where(of_survey)
    strata, selected = db.session.execute(totals).one()
    if not strata:
        yield Fault("", NO_SAMPLE)
    elif not selected:
        yield Fault("", NOBODY_CHOSEN)
    members = sa.select(RoundUnit.unit_id).where(RoundUnit.round_id == survey.round_id)
    strangers = sa.select(Unit.name).join(Stratum).join(Sample).where(of_survey, Unit.id.not_in(members))
    for name in db.session.scalars(strangers.distinct().order_by(Unit.name)):
        yield Fault("", STRANGER, {"unit": name})
    if strata:
        yield from open_link_faults(survey)


LOOKS: tuple[Callable[[Survey], Iterator[Fault]], ...] = (in_the_round, in_the_questionnaire, in_the_sample)
