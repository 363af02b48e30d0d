"""A room where paper is keyed: a printed batch, and people who key, keep silent, and settle."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from questionnaires.answers import write_form
from survey.collection.paper import (
    Held,
    Plan,
    WantedBatch,
    claim,
    finish,
    print_batches,
    record_scan,
    save_field,
)
from survey.collection.paper.locking import locked_form
from survey.collection.transaction import transaction
from survey.db import db
from survey.models import Batch, FormEvent, PaperForm, Response, ResponseVersion, User
from tests.survey.factory import ANSWERS, MadeRound, make_round, make_user

CODES = itertools.count(1)
LAYOUT = {"pages": 1, "boxes": []}
"""Where nothing is read by the machine, any layout will do."""


@dataclass
class Room:
    """`lan` and `mai` key, `thu` settles."""

    made: MadeRound
    batch: Batch
    lan: User
    mai: User
    thu: User

    def form(self, number: int) -> PaperForm:
        query = sa.select(PaperForm).filter_by(batch_id=self.batch.id, number=number)
        return db.session.scalars(query.execution_options(populate_existing=True)).one()

    def events(self, number: int) -> list[str]:
        query = sa.select(FormEvent.event).filter_by(form_id=self.form(number).id).order_by(FormEvent.id)
        return list(db.session.scalars(query))

    def answers(self, number: int) -> list[dict[str, Any]]:
        """What the response of a form says, version by version."""
        query = sa.select(ResponseVersion.answers).filter_by(response_id=self.form(number).response_id)
        return list(db.session.scalars(query.order_by(ResponseVersion.version)))


def make_room(forms: int = 4, **plan: Any) -> Room:
    made = make_round(db.session)
    lan, mai, thu = (make_user(db.session, role) for role in ("enumerator", "enumerator", "supervisor"))
    (batch,) = printed(made, thu, forms, **plan)
    return Room(made, batch, lan, mai, thu)


def printed(made: MadeRound, person: User, *forms: int, **plan: Any) -> list[Batch]:
    wanted = [WantedBatch(made.strata[0].id, f"in-{next(CODES)}", count) for count in forms]
    return print_batches(made.survey, wanted, LAYOUT, language="vi", person=person, plan=Plan(**plan))


def type_in(held: Held, answers: Mapping[str, Any], notes: Mapping[str, str] | None = None) -> None:
    """Key the answers, and the notes, field by field."""
    fields: list[tuple[str, Sequence[str], str]] = [
        (item, texts, "") for item, texts in write_form(answers).items()
    ]
    fields += [(item, (), note) for item, note in (notes or {}).items()]
    for seq, (item, texts, note) in enumerate(fields, start=held.seq + 1):
        save_field(held.reading_id, held.token, item, texts, note=note, cursor=item, seq=seq)


def key(
    room: Room, person: User, kind: str = "first", number: int | None = None, **changed: Any
) -> tuple[int, str]:
    """Key a form whole, as ANSWERS with some changed (None: blank); its number, and the state it is in."""
    held = claim(room.batch.id, person, kind, number=number)
    assert held is not None
    answers = {item: value for item, value in {**ANSWERS, **changed}.items() if value is not None}
    type_in(held, answers, {item: "blank" for item, value in changed.items() if value is None})
    return held.number, finish(held.reading_id, held.token)


def scan(room: Room, number: int, answers: Mapping[str, Any], person: User | None) -> str:
    """Take a form in as the machine read it; the state it is in."""
    with transaction():
        form = locked_form(room.form(number).id)
        record_scan(form, answers, {}, person)
    return form.state


def responses() -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(Response)) or 0
