"""Each field that is keyed is saved by itself: a crash loses no more than the one being typed."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

import sqlalchemy as sa

from questionnaires.faults import N_, Fault
from questionnaires.schema import Questionnaire
from survey.collection.form_trail import move_back
from survey.collection.paper.comparing import entries_of
from survey.collection.paper.locking import locked_form, locked_reading
from survey.collection.paper.reading import require_possible, typed_value
from survey.collection.paper.undoing import to_take_back
from survey.collection.submission import Refused
from survey.collection.transaction import transaction
from survey.db import db, now
from survey.models import Batch, FormReading, PaperForm, QuestionnaireVersion, Survey

NOT_YOURS = N_(
    "This form is open on another screen, somebody else has taken it over, or a supervisor has put it back: "
    "nothing was saved."
)
OUT_OF_ORDER = N_("An earlier field has not arrived. Send the fields again in their order.")


def save_field(
    reading_id: int,
    token: uuid.UUID,
    item: str,
    texts: Sequence[str],
    *,
    note: str = "",
    cursor: str = "",
    seq: int,
    undo: bool = False,
) -> int:
    """Save one item as raw texts, or a `note` of it ("blank", "unreadable"; "impossible" beside an answer),
    and the place the keyer goes on to. Texts and note both empty take the answer back. With `undo` this puts
    back what the last save replaced, which then can be taken back no more.

    `seq` counts the saves of this reading, from 1 without a gap; what was saved before changes nothing.
    Returns the highest saved. Raises Refused: at the item, or at "form" where the screen no longer holds the
    form.
    """
    with transaction():
        form = form_read(reading_id) if seq == 1 else None
        reading = held_reading(reading_id, token)
        if seq > reading.seq + 1:
            raise Refused([Fault("form", OUT_OF_ORDER)])
        if seq == reading.seq + 1:
            keep(reading, item, texts, note, undo=undo)
            if form is not None:
                move_back(form, reading.person_id)
            reading.cursor, reading.seq, reading.saved_at = cursor, seq, now()
        return reading.seq


def form_read(reading_id: int) -> PaperForm | None:
    """The form of a reading, locked before the reading is, as everybody locks them."""
    form_id = db.session.scalars(sa.select(FormReading.form_id).filter_by(id=reading_id)).one_or_none()
    return locked_form(form_id) if form_id is not None else None


def held_reading(reading_id: int, token: uuid.UUID) -> FormReading:
    """The open reading that this screen holds, locked. Raises Refused."""
    reading = locked_reading(reading_id)
    if reading is None or reading.token != token or reading.state != "open":
        raise Refused([Fault("form", NOT_YOURS)])
    return reading


def keep(reading: FormReading, item: str, texts: Sequence[str], note: str, *, undo: bool) -> None:
    questionnaire = questionnaire_of(reading)
    before = entries_of(reading)
    entries = before.changed(item, typed_value(questionnaire, item, texts, note), note)
    require_possible(questionnaire, entries, item)
    reading.replaced = to_take_back(reading.replaced, item, before, entries, undo=undo)
    reading.answers, reading.notes = dict(entries.answers), dict(entries.notes)


def questionnaire_of(reading: FormReading) -> Questionnaire:
    """In one query: somebody waits at every field."""
    query = (
        sa.select(QuestionnaireVersion)
        .join(Survey, Survey.questionnaire_id == QuestionnaireVersion.id)
        .join(Batch, Batch.survey_id == Survey.id)
        .join(PaperForm, PaperForm.batch_id == Batch.id)
        .where(PaperForm.id == reading.form_id)
    )
    return db.session.scalars(query).one().questionnaire


def stay(reading_id: int, token: uuid.UUID) -> None:
    """A sign of life from a screen where nothing was typed for a while. Raises Refused."""
    with transaction():
        held_reading(reading_id, token).saved_at = now()
        db.session.flush()
