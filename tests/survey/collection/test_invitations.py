"""A personal code is burnt with the answers it lets in, and not without them."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from survey.collection import CodeUsed, Refused, submit
from survey.db import db
from survey.models import Invitation, Response
from tests.survey.collection.sending import code_hash, count, form, said_at
from tests.survey.factory import MadeRound


def test_a_code_is_burnt_with_its_response_and_not_a_second_time(made: MadeRound) -> None:
    submit(made.survey, form(made), code_hash=code_hash(made))
    assert db.session.scalars(sa.select(Invitation).filter_by(used=True)).one().code_hash == code_hash(made)
    with pytest.raises(CodeUsed):
        submit(made.survey, form(made), code_hash=code_hash(made))
    assert count(Response) == 1


def test_the_same_form_sent_again_with_its_code_is_welcome(made: MadeRound) -> None:
    sent = form(made)
    submit(made.survey, sent, code_hash=code_hash(made))
    assert submit(made.survey, sent, code_hash=code_hash(made)).repeated


def test_refused_answers_leave_the_code_unburnt(made: MadeRound) -> None:
    with pytest.raises(Refused) as refusal:
        submit(made.survey, form(made, polite="wonderful", visits=99), code_hash=code_hash(made))
    assert set(said_at(refusal)) == {"polite", "visits"}
    assert "wonderful" in said_at(refusal)["polite"]
    assert count(Response) == 0
    assert not db.session.scalars(sa.select(Invitation).filter_by(used=True)).all()
