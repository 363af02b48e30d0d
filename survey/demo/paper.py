"""The example's answers that came on paper: batches of forms, and who keyed each."""

from __future__ import annotations

import datetime
import uuid
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from survey.demo.users import user_named
from survey.models import Batch, FormEvent, FormReading, PaperForm, Stratum, Survey

FORMS_STILL_TO_KEY = 12


def add_paper(
    session: Session,
    survey: Survey,
    strata: list[Stratum],
    replies: list[tuple[dict[str, Any], dict[str, Any]]],
    today: datetime.date,
) -> None:
    """The keyed responses as forms of one batch per unit, with some forms still to be keyed."""
    keyer = user_named("nhaplieu")
    # Yesterday, as every answer is received by then and nothing may be keyed later than now.
    keyed_at = datetime.datetime.combine(today - datetime.timedelta(days=1), datetime.time(8), datetime.UTC)
    for stratum in strata:
        keyed = {
            row["id"]: version["answers"]
            for row, version in replies
            if row["stratum_id"] == stratum.id and row["mode"] == "keyed"
        }
        if not keyed:
            continue
        batch = Batch(
            survey=survey,
            stratum=stratum,
            code=f"{survey.code}-{stratum.code}",
            forms_expected=len(keyed) + FORMS_STILL_TO_KEY,
        )
        session.add(batch)
        session.flush()
        forms = [
            {
                "batch_id": batch.id,
                "number": number,
                "response_id": response_id,
                "state": "accepted",
                "keyed_by_id": keyer.id,
                "keyed_at": keyed_at,
            }
            for number, response_id in enumerate(keyed, start=1)
        ]
        session.execute(sa.insert(PaperForm), forms)
        _add_trail(session, batch, keyed)


def _add_trail(session: Session, batch: Batch, keyed: dict[uuid.UUID, dict[str, Any]]) -> None:
    """What was keyed from each form, and when."""
    forms = session.scalars(sa.select(PaperForm).filter_by(batch_id=batch.id).order_by(PaperForm.number))
    readings, events = [], []
    for form in forms:
        at, person = form.keyed_at, {"form_id": form.id, "person_id": form.keyed_by_id}
        moments = {"started_at": at, "saved_at": at, "finished_at": at}
        readings.append(
            {**person, **moments, "kind": "first", "state": "done", "answers": keyed[form.response_id]}
        )
        events += [{**person, "event": event, "at": at} for event in ("entered", "accepted")]
    session.execute(sa.insert(FormReading), readings)
    session.execute(sa.insert(FormEvent), events)
