"""Paper forms: each is keyed once, whoever tries twice."""

from __future__ import annotations

from sqlalchemy import select

from questionnaires.faults import N_, Fault
from survey import audit
from survey.collection.submission import PaperEntry, Refused, Submission
from survey.db import VIETNAM, db, now
from survey.models import Batch, PaperForm, Survey

KEYED_BEFORE = N_("Form %(number)s of this batch was already keyed by %(name)s on %(day)s.")
BATCH_CLOSED = N_("Batch %(code)s is closed: it takes no more forms.")
FOREIGN_BATCH = N_("This batch belongs to another survey or stratum.")


def file_form(survey: Survey, submission: Submission) -> None:
    """Note which printed form the response was keyed from. Raises Refused."""
    paper = submission.paper
    batch = db.session.get(Batch, paper.batch_id)
    if batch is None or batch.survey_id != survey.id or batch.stratum_id != submission.stratum_id:
        raise Refused([Fault("form", FOREIGN_BATCH)])
    if batch.closed:
        raise Refused([Fault("form", BATCH_CLOSED, {"code": batch.code})])
    refuse_keyed_before(paper)
    db.session.add(
        PaperForm(
            batch_id=batch.id,
            number=paper.number,
            response_id=submission.response_id,
            keyed_by_id=paper.keyed_by,
            keyed_at=now(),
        )
    )
    audit.record("form.key", f"survey {survey.code}", batch=batch.code, number=paper.number)


def refuse_keyed_before(paper: PaperEntry) -> None:
    """Raises Refused, naming who keyed this form and when."""
    query = select(PaperForm).filter_by(batch_id=paper.batch_id, number=paper.number)
    form = db.session.scalars(query).one_or_none()
    if form is not None:
        values = {
            "number": form.number,
            "name": form.keyed_by.full_name if form.keyed_by else "–",
            "day": f"{form.keyed_at.astimezone(VIETNAM):%d/%m/%Y %H:%M}",
        }
        raise Refused([Fault("number", KEYED_BEFORE, values)])
