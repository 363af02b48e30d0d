"""What of a person's answers goes on record, and what is refused."""

from __future__ import annotations

import unicodedata
import uuid

import pytest

from survey.collection import Refused, Submission, submit
from survey.db import db
from survey.models import ResponseVersion
from tests.survey.collection.sending import form, said_at
from tests.survey.factory import ANSWERS, MadeRound


def test_a_missing_answer_and_a_question_of_another_form_are_named_together(made: MadeRound) -> None:
    answers = {code: answer for code, answer in ANSWERS.items() if code != "clear"}
    with pytest.raises(Refused) as refusal:
        submit(made.survey, Submission(uuid.uuid4(), made.strata[0].id, answers | {"salary": 5}))
    assert set(said_at(refusal)) == {"clear", "salary"}


def test_answers_off_the_route_are_dropped_from_the_record(made: MadeRound) -> None:
    sent = form(made, received="no", late="yes", reason="Lỗi hệ thống")
    submit(made.survey, sent)
    version = db.session.get(ResponseVersion, (sent.response_id, 1))
    assert "late" not in version.answers
    assert "reason" not in version.answers


def test_text_that_no_door_made_nfc_is_refused(made: MadeRound) -> None:
    answers = ANSWERS | {"comment": unicodedata.normalize("NFD", "Sở Nội vụ phục vụ tốt")}
    with pytest.raises(Refused):
        submit(made.survey, Submission(uuid.uuid4(), made.strata[0].id, answers))
