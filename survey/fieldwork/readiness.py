"""What stands in the way of opening a survey, and what is worth a thought before."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import sqlalchemy as sa

from questionnaires import DefinitionError
from questionnaires.faults import N_, Fault
from questionnaires.sitting import sitting_faults
from survey.collection import open_link_faults, strata_on_offer
from survey.collection.paper_waiting import unfinished
from survey.db import db, today
from survey.models import Batch, Invitation, PaperForm, Round, RoundUnit, Sample, Stratum, Survey, Unit

ROUND_NOT_OPEN = N_("The round is not open.")
ENDED = N_("The last day, %(day)s, has passed.")
NO_CONTACT = N_("Nobody is named whom people may ask.")
NO_SAMPLE = N_("The sample has no strata yet: no populations to weigh the answers by.")
NOBODY_CHOSEN = N_("Nobody is chosen in any stratum of the sample.")
STRANGER = N_("%(unit)s is in the sample, but not in the round.")
FAULTY = N_("The questionnaire no longer passes its checks: %(place)s.")
SEVERAL_STRATA = N_(
    "%(unit)s has several strata, so nobody could rate it in one sitting with the others. Give it one."
)
NOBODY_ONLINE = N_("Nobody can answer online yet: the address needs a personal code, and none is made.")
NO_DOSSIERS = N_("Nobody can answer with a dossier number yet: no list of dossiers is imported.")
NO_LAST_DAY = N_("No day is set until which answers are kept. People are told so.")
NO_PURPOSE = N_("What the answers are for is not written down yet: people read it before they agree.")
UNREAD = N_(
    "Forms on paper that are not keyed: %(count)s. They are left out once the survey is closed; their "
    "batches say which they are."
)
OPEN_BATCHES = N_(
    "Batches of paper forms that are open: %(count)s. They are closed and judged with the survey."
)
DOUBTFUL = N_("Forms whose scans hold answers in doubt that nobody has decided: %(count)s.")
FOR_SECOND = N_("Forms that wait for their second keying: %(count)s.")
TO_SETTLE = N_("Forms that were keyed twice with differences, and wait to be settled: %(count)s.")
PAPER_WAITS = N_(
    "Forms on paper were keyed and do not count yet (%(surveys)s). Have them keyed a second time, settled or "
    "rejected first."
)
TAKES_PAPER = ("open", "paused")


def obstacles(survey: Survey) -> list[Fault]:
    """Everything that keeps the survey from being opened now; nothing where it can be."""
    return [fault for look in LOOKS for fault in look(survey)]


def obstacles_to_printing(survey: Survey) -> list[Fault]:
    """Everything that keeps a survey that is not open yet from being printed: paper is there before the
    round opens.
    """
    return [fault for fault in obstacles(survey) if fault.template != ROUND_NOT_OPEN]


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
        questionnaire = survey.questionnaire_version.questionnaire
    except DefinitionError as error:
        yield from (Fault("", FAULTY, {"place": fault.place}) for fault in error.faults)
        return
    if survey.rates == "several":
        strata = strata_on_offer(survey)
        units = [(stratum.unit.code, stratum.unit.name) for stratum in strata]
        faults = sitting_faults(questionnaire, units or None)  # that there are none is said of the sample
        yield from (replace(fault, place="") for fault in faults)


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
    if strata and survey.rates == "several":
        yield from parted_units(survey)
    elif strata:
        yield from open_link_faults(survey)


def parted_units(survey: Survey) -> Iterator[Fault]:
    several = (
        sa.select(Unit.name)
        .join(Stratum)
        .join(Sample)
        .where(Sample.survey_id == survey.id)
        .group_by(Unit.id, Unit.name)
        .having(sa.func.count() > 1)
        .order_by(Unit.name)
    )
    return (Fault("", SEVERAL_STRATA, {"unit": name}) for name in db.session.scalars(several))


LOOKS: tuple[Callable[[Survey], Iterator[Fault]], ...] = (in_the_round, in_the_questionnaire, in_the_sample)


def reminders(survey: Survey) -> Iterator[Fault]:
    """What may stay as it is, but hardly was meant so."""
    kinds = invitation_kinds(survey.id)
    if survey.by_dossier and "dossier" not in kinds:
        yield Fault("", NO_DOSSIERS)
    if not (survey.open_link or survey.by_dossier or "code" in kinds):
        yield Fault("", NOBODY_ONLINE)
    if not survey.purpose:
        yield Fault("", NO_PURPOSE)
    if survey.keep_until is None:
        yield Fault("", NO_LAST_DAY)
    if survey.state in TAKES_PAPER:
        yield from on_paper(survey)


def on_paper(survey: Survey) -> Iterator[Fault]:
    """What waits before the survey is closed."""
    waits = unfinished(Batch.survey_id == survey.id)
    words = {
        OPEN_BATCHES: open_batches(survey),
        UNREAD: waits.unread,
        DOUBTFUL: waits.doubtful,
        FOR_SECOND: waits.second,
        TO_SETTLE: waits.disputed,
    }
    return (Fault("", template, {"count": count}) for template, count in words.items() if count)


def open_batches(survey: Survey) -> int:
    query = sa.select(sa.func.count()).where(Batch.survey_id == survey.id, ~Batch.closed)
    return db.session.scalar(query) or 0


def paper_that_waits(survey: Survey) -> bool:
    """Whether the survey takes paper, and some of it would not count as it is."""
    return survey.state in TAKES_PAPER and any(unfinished(Batch.survey_id == survey.id))


def paper_of_round(a_round: Round) -> Fault | None:
    """What was keyed in closed surveys too, and would be missing in the results of the round."""
    query = (
        sa.select(Survey.code, sa.func.count())
        .join(Batch, Batch.survey_id == Survey.id)
        .join(PaperForm, PaperForm.batch_id == Batch.id)
        .where(Survey.round_id == a_round.id, PaperForm.state.in_(("entered", "disputed")))
        .group_by(Survey.code)
        .order_by(Survey.code)
    )
    found = [f"{code}: {count}" for code, count in db.session.execute(query)]
    return Fault("surveys", PAPER_WAITS, {"surveys": ", ".join(found)}) if found else None


def invitation_kinds(survey_id: int) -> set[str]:
    query = sa.select(Invitation.kind).where(Invitation.survey_id == survey_id)
    return set(db.session.scalars(query.distinct()))
