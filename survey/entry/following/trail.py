"""What happened to one form, step by step: from its trail, and from the versions of its answers."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa
from flask_babel import gettext
from sqlalchemy.orm import joinedload

from questionnaires.faults import N_
from survey.collection.paper.acceptance import SECOND_KEYING
from survey.collection.paper.scan_reading import SCAN_CAME
from survey.db import VIETNAM, db
from survey.models import FormEvent, PaperForm, ResponseVersion

EVENT_WORDS = {
    "printed": N_("printed"),
    "issued": N_("issued"),
    "returned": N_("returned"),
    "entered": N_("read once"),
    "disputed": N_("two readings differ"),
    "accepted": N_("accepted"),
    "rejected": N_("rejected"),
    "spoiled": N_("spoiled"),
    "refused": N_("refused"),
    "lost": N_("lost"),
    "verified": N_("verified"),
    "taken_over": N_("taken over by another keyer"),
    "rekeyed": N_("sent to a second keying"),
    "archived": N_("put into the archive"),
}
BY_SCAN = N_("taken over by its scan: nothing had been keyed")
BY_MACHINE = N_("read by the machine")
BY_MACHINE_AND = N_("read by the machine, doubts decided by a person")
CORRECTED = N_("corrected: version %(version)s of the answers")


@dataclass(frozen=True)
class Step:
    """`at` is a day where the moment is not stored; `person` and `reason` may be empty."""

    words: str
    at: datetime.datetime | datetime.date
    person: str
    reason: str

    @property
    def turn(self) -> datetime.datetime:
        """By what steps are ordered: what is known by its day comes after all else of that day."""
        if isinstance(self.at, datetime.datetime):
            return self.at
        return datetime.datetime.combine(self.at, datetime.time.max, VIETNAM)


def steps_of(form: PaperForm, *, is_by_machine: bool, with_reasons: bool) -> list[Step]:
    """In the order of time. Why the answers were corrected is told with `with_reasons` alone: the reason may
    quote them.
    """
    steps = [*events_of(form, is_by_machine), *corrections_of(form, with_reasons)]
    return sorted(steps, key=lambda step: step.turn)


def events_of(form: PaperForm, is_by_machine: bool) -> Iterator[Step]:
    query = sa.select(FormEvent).filter_by(form_id=form.id).order_by(FormEvent.id)
    for event in db.session.scalars(query.options(joinedload(FormEvent.person))):
        person = event.person.full_name if event.person else ""
        yield Step(gettext(words_for(event, is_by_machine)), event.at, person, event.reason)


def words_for(event: FormEvent, is_by_machine: bool) -> str:
    if event.event == "entered" and is_by_machine:
        return BY_MACHINE_AND if event.person_id else BY_MACHINE
    if event.event == "taken_over" and event.reason == SCAN_CAME:
        return BY_SCAN
    return EVENT_WORDS[event.event]


def corrections_of(form: PaperForm, with_reasons: bool) -> Iterator[Step]:
    """Those made by hand, and those that two readings led to."""
    query = (
        sa.select(ResponseVersion).filter_by(response_id=form.response_id).order_by(ResponseVersion.version)
    )
    later = query.where(ResponseVersion.version > 1).options(joinedload(ResponseVersion.author))
    for version in db.session.scalars(later) if form.response_id else ():
        person = version.author.full_name if version.author else ""
        is_told = with_reasons or version.reason == SECOND_KEYING
        words = gettext(CORRECTED) % {"version": version.version}
        yield Step(words, version.when, person, version.reason if is_told else "")
