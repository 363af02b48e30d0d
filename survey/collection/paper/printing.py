"""Batches on their way to the printer: forms with their own numbers, and the layout to read them by."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from analysis.round.canonical import json_hash
from questionnaires.faults import N_, Fault
from questionnaires.paper import Notice
from survey import audit
from survey.collection.gate import FOREIGN_STRATUM
from survey.collection.paper.plans import NO_PLAN, Plan, require_sound
from survey.collection.submission import Refused
from survey.collection.transaction import transaction
from survey.db import db, now, today
from survey.models import Batch, FormEvent, FormLayout, PaperForm, Sample, Stratum, Survey, User

SERIALS_LOCK = 5_871_001
"""The number under which PostgreSQL knows this lock; no other code takes it."""

LARGEST_BATCH = 1_000
WRONG_COUNT = N_("A batch holds between 1 and %(most)s forms.")
CODE_TAKEN = N_("This survey has a batch with the code “%(code)s” already.")


@dataclass(frozen=True)
class WantedBatch:
    """Forms to print for one stratum. `enumerator` is who hands them out, `enumerator_id` if it is a user."""

    stratum_id: int
    code: str
    forms: int
    commune: str = ""
    enumerator: str = ""
    enumerator_id: int | None = None


def notice_of(survey: Survey) -> Notice:
    """What people are told on paper: the same promises as on the survey's pages."""
    return Notice(
        purpose=survey.purpose,
        legal_basis=survey.legal_basis,
        keep_until=survey.keep_until,
        contact=survey.contact,
        introduction=survey.questionnaire.intro,
        synthetic=survey.round.synthetic,
    )


def store_layout(questionnaire_id: int, language: str, content: Mapping[str, Any]) -> FormLayout:
    """The stored layout with this content, in the caller's transaction; stored now if it is new."""
    sha256 = json_hash(content)
    found = db.session.scalars(sa.select(FormLayout).filter_by(sha256=sha256)).one_or_none()
    if found is None:
        found = FormLayout(
            sha256=sha256,
            questionnaire_id=questionnaire_id,
            language=language,
            content=dict(content),
            made_on=today(),
        )
        db.session.add(found)
    return found


def print_batches(
    survey: Survey,
    wanted: Sequence[WantedBatch],
    content: Mapping[str, Any],
    *,
    language: str,
    person: User,
    plan: Plan = NO_PLAN,
) -> list[Batch]:
    """Make the batches and all their forms, serials in the order of the batches, by a layout as JSON.

    All of them or none. Raises Refused, the place of a fault written "<position in `wanted`, from 0>.<what>".
    """
    survey_id, person_id = survey.id, person.id
    try:
        return make_batches(survey_id, wanted, content, language, person_id, plan)
    except IntegrityError:  # somebody took a code, or stored this layout, in the same moment
        return make_batches(survey_id, wanted, content, language, person_id, plan)


def make_batches(
    survey_id: int,
    wanted: Sequence[WantedBatch],
    content: Mapping[str, Any],
    language: str,
    person_id: int,
    plan: Plan,
) -> list[Batch]:
    with transaction():
        survey = db.session.get_one(Survey, survey_id)
        require_printable(survey, wanted)
        require_sound(plan)
        serial = next_serial()
        layout = store_layout(survey.questionnaire_id, language, content)
        batches = []
        for each in wanted:
            batches.append(new_batch(survey, each, layout, serial, plan))
            serial += each.forms
        db.session.flush()
        moment = now()  # one for the whole order: by it the order is known again
        for batch in batches:
            add_forms(batch, person_id, moment)
            facts = {"forms": batch.forms_expected, "first_serial": batch.first_serial}
            audit.record("batch.print", f"batch {batch.code}", survey=survey.code, **facts)
    return batches


def require_printable(survey: Survey, wanted: Sequence[WantedBatch]) -> None:
    own = set(db.session.scalars(sa.select(Stratum.id).join(Sample).where(Sample.survey_id == survey.id)))
    codes = sa.select(sa.func.lower(Batch.code)).where(Batch.survey_id == survey.id)
    taken = set(db.session.scalars(codes))
    faults = []
    for position, each in enumerate(wanted):
        if each.stratum_id not in own:
            faults.append(Fault(f"{position}.stratum", FOREIGN_STRATUM))
        if not 0 < each.forms <= LARGEST_BATCH:
            faults.append(Fault(f"{position}.forms", WRONG_COUNT, {"most": LARGEST_BATCH}))
        if each.code.lower() in taken:
            faults.append(Fault(f"{position}.code", CODE_TAKEN, {"code": each.code}))
        taken.add(each.code.lower())
    if faults:
        raise Refused(faults)


def next_serial() -> int:
    """The first serial that no form has; nobody else takes serials until this transaction ends.

    SQLite has but one writer at a time.
    """
    if db.session.connection().dialect.name == "postgresql":
        db.session.execute(sa.select(sa.func.pg_advisory_xact_lock(SERIALS_LOCK)))
    return (db.session.scalar(sa.select(sa.func.max(PaperForm.serial))) or 0) + 1


def new_batch(survey: Survey, wanted: WantedBatch, layout: FormLayout, serial: int, plan: Plan) -> Batch:
    batch = Batch(
        survey=survey,
        stratum_id=wanted.stratum_id,
        code=wanted.code,
        forms_expected=wanted.forms,
        layout=layout,
        commune=wanted.commune,
        enumerator=wanted.enumerator,
        enumerator_id=wanted.enumerator_id,
        first_serial=serial,
        printed_on=today(),
        printed_notice=notice_of(survey).text(layout.language),
        printed_unit=db.session.get_one(Stratum, wanted.stratum_id).unit.name,
        **plan.columns(),
    )
    db.session.add(batch)
    return batch


def add_forms(batch: Batch, person_id: int, at: datetime.datetime) -> None:
    """Two statements, however many forms."""
    numbers = range(1, batch.forms_expected + 1)
    rows = [
        {"batch_id": batch.id, "number": n, "serial": batch.first_serial + n - 1, "state": "printed"}
        for n in numbers
    ]
    db.session.execute(sa.insert(PaperForm), rows)
    moment, by = sa.literal(at, FormEvent.at.type), sa.literal(person_id)
    printed = sa.select(PaperForm.id, sa.literal("printed"), moment, by, sa.literal(""))
    columns = ["form_id", "event", "at", "person_id", "reason"]
    of_batch = printed.where(PaperForm.batch_id == batch.id).order_by(PaperForm.number)
    db.session.execute(sa.insert(FormEvent).from_select(columns, of_batch))
