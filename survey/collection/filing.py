"""Forms keyed on one page and sent whole: each is keyed once, whoever tries twice."""

from __future__ import annotations

from sqlalchemy import select

from questionnaires.faults import N_, Fault
from survey import audit
from survey.collection.form_trail import move
from survey.collection.second_choice import is_chosen
from survey.collection.submission import PaperEntry, Refused, Submission
from survey.db import VIETNAM, db, now
from survey.models import Batch, FormReading, PaperForm, Survey
from survey.models.paper import GONE_STATES

KEYED_BEFORE = N_("Form %(number)s of this batch was already keyed by %(name)s on %(day)s.")
BEING_KEYED = N_("Form %(number)s of this batch is being keyed by %(name)s.")
FORM_GONE = N_("Form %(number)s of this batch is marked as spoiled, refused or lost.")
NO_SUCH_FORM = N_("This batch has no form with the number %(number)s.")
BATCH_CLOSED = N_("Batch %(code)s is closed: it takes no more forms.")
FOREIGN_BATCH = N_("This batch belongs to another survey or stratum.")


def file_form(survey: Survey, submission: Submission) -> None:
    """Note which printed form the response was keyed from. Raises Refused."""
    paper = submission.paper
    batch = db.session.get(Batch, paper.batch_id)
    if batch is None or batch.survey_id != survey.id or batch.stratum_id != submission.stratum_id:
        raise Refused([Fault("form", FOREIGN_BATCH)])
    require_open_batch(batch)
    form = form_to_key(batch, paper.number)
    move(form, "entered", paper.keyed_by)
    form.response_id, form.keyed_by_id, form.keyed_at = submission.response_id, paper.keyed_by, now()
    form.second_wanted = is_chosen(batch, form.number)
    move(form, "accepted", paper.keyed_by)
    db.session.add(whole_reading(form, submission))
    audit.record("form.key", f"survey {survey.code}", batch=batch.code, number=paper.number)


def require_open_batch(batch: Batch) -> None:
    if batch.closed:
        raise Refused([Fault("form", BATCH_CLOSED, {"code": batch.code})])


def whole_reading(form: PaperForm, submission: Submission) -> FormReading:
    """The first reading, as it was sent."""
    return FormReading(
        form=form,
        kind="first",
        person_id=submission.paper.keyed_by,
        state="done",
        answers=dict(submission.answers),
        started_at=form.keyed_at,
        saved_at=form.keyed_at,
        finished_at=form.keyed_at,
    )


def form_to_key(batch: Batch, number: int) -> PaperForm:
    """The form of this number, locked, the paper of it here and nothing keyed from it. Raises Refused."""
    form = find_form(batch.id, number)
    if form is None:
        return new_form(batch, number)
    refuse_unless_free(form)
    if form.state != "returned":
        move(form, "returned", None)
    return form


def find_form(batch_id: int, number: int) -> PaperForm | None:
    query = select(PaperForm).filter_by(batch_id=batch_id, number=number).with_for_update()
    return db.session.scalars(query.execution_options(populate_existing=True)).one_or_none()


def new_form(batch: Batch, number: int) -> PaperForm:
    """A form printed elsewhere, known from now on. Raises Refused where the forms were printed here."""
    if batch.printed_on is not None:
        raise Refused([Fault("number", NO_SUCH_FORM, {"number": number})])
    form = PaperForm(batch=batch, number=number, state="returned")
    db.session.add(form)
    return form


def refuse_unless_free(form: PaperForm) -> None:
    """Raises Refused, naming who keyed this form and when, or who is at it."""
    values: dict[str, object] = {"number": form.number}
    if form.state in GONE_STATES:
        raise Refused([Fault("number", FORM_GONE, values)])
    if form.keyed_at is not None:
        day = f"{form.keyed_at.astimezone(VIETNAM):%d/%m/%Y %H:%M}"
        values |= {"name": form.keyed_by.full_name if form.keyed_by else "–", "day": day}
        raise Refused([Fault("number", KEYED_BEFORE, values)])
    reading = db.session.scalars(select(FormReading).filter_by(form_id=form.id)).first()
    if reading is not None:
        values["name"] = reading.person.full_name if reading.person else "–"
        raise Refused([Fault("number", BEING_KEYED, values)])


def refuse_keyed_before(paper: PaperEntry) -> None:
    """Raises Refused, naming who keyed this form and when."""
    form = find_form(paper.batch_id, paper.number)
    if form is not None:
        refuse_unless_free(form)
