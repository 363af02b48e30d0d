"""A file keyed elsewhere is accepted whole, or not at all."""

from __future__ import annotations

import uuid

import pytest
import sqlalchemy as sa

from survey.collection import Refused, Submission, submit_many
from survey.db import db
from survey.models import AuditEntry, Response
from tests.survey.collection.sending import count
from tests.survey.factory import ANSWERS, MadeRound


def imported(made: MadeRound, **changes: object) -> Submission:
    return Submission(uuid.uuid4(), made.strata[0].id, ANSWERS | changes, mode="imported")


def test_an_import_is_stored_whole(made: MadeRound) -> None:
    outcomes = submit_many(made.survey, [imported(made), imported(made)], source="answers.xlsx")
    assert len(outcomes) == count(Response) == 2
    entry = db.session.scalars(sa.select(AuditEntry)).one()
    assert entry.details == {"source": "answers.xlsx", "count": 2}


def test_an_import_with_faults_stores_nothing_and_names_them_all(made: MadeRound) -> None:
    rows = [imported(made), imported(made, polite="wonderful"), imported(made, late="yes", salary=5)]
    with pytest.raises(Refused) as refusal:
        submit_many(made.survey, rows, source="answers.xlsx")
    assert [fault.place for fault in refusal.value.faults] == ["1.polite", "2.late", "2.salary"]
    assert count(Response) == count(AuditEntry) == 0
