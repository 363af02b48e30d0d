"""Forms keyed from paper and sent whole: each is filed once, in its batch, while the batch takes forms."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from survey.collection import PaperEntry, Refused, SurveyClosed, submit
from survey.db import db, today
from survey.models import AuditEntry, PaperForm, Response
from tests.survey.collection.sending import count, keyed, said_at
from tests.survey.factory import MadeRound, make_batch, make_user


def test_a_keyed_form_is_filed_with_who_keyed_it(made: MadeRound) -> None:
    batch, enumerator = make_batch(db.session, made), make_user(db.session)
    sent = keyed(made, PaperEntry(batch.id, 7, enumerator.id))
    submit(made.survey, sent)
    assert submit(made.survey, sent).repeated
    filed = db.session.scalars(sa.select(PaperForm)).one()
    assert (filed.number, filed.keyed_by, filed.response.mode) == (7, enumerator, "keyed")
    assert db.session.scalars(sa.select(AuditEntry)).one().action == "form.key"


def test_a_form_keyed_before_is_refused_naming_who_and_when(made: MadeRound) -> None:
    batch, enumerator = make_batch(db.session, made), make_user(db.session)
    paper = PaperEntry(batch.id, 7, enumerator.id)
    submit(made.survey, keyed(made, paper))
    with pytest.raises(Refused) as refusal:
        submit(made.survey, keyed(made, paper))
    assert enumerator.full_name in said_at(refusal)["number"]
    assert f"{today():%d/%m/%Y}" in said_at(refusal)["number"]
    assert count(Response) == 1


def test_paper_is_keyed_after_the_last_day_until_the_survey_is_closed(made: MadeRound) -> None:
    batch, enumerator = make_batch(db.session, made), make_user(db.session)
    made.survey.closes_on = today() - timedelta(1)
    db.session.commit()

    def key(number: int) -> None:
        submit(made.survey, keyed(made, PaperEntry(batch.id, number, enumerator.id)))

    key(1)
    made.survey.state = "closed"
    db.session.commit()
    with pytest.raises(SurveyClosed):
        key(2)


def test_a_batch_of_another_stratum_or_closed_takes_no_form(made: MadeRound) -> None:
    batch, enumerator = make_batch(db.session, made), make_user(db.session)
    paper = PaperEntry(batch.id, 1, enumerator.id)
    with pytest.raises(Refused):
        submit(made.survey, keyed(made, paper, place=1))
    batch.closed = True
    db.session.commit()
    with pytest.raises(Refused):
        submit(made.survey, keyed(made, paper))
    assert count(Response) == 0
