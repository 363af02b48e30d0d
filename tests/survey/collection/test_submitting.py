"""A form is accepted once, whole, however often it is sent."""

from __future__ import annotations

import pytest

from survey.collection import Refused, Submission, submit
from survey.db import db, today
from survey.models import Response, ResponseVersion
from tests.survey.collection.sending import count, form
from tests.survey.factory import ANSWERS, MadeRound, make_round


def test_a_submitted_form_becomes_one_response_with_one_version(made: MadeRound) -> None:
    sent = form(made)
    assert submit(made.survey, sent).repeated is False
    response = db.session.get(Response, sent.response_id)
    assert (response.unit_id, response.stratum_id, response.mode) == (
        made.units[0].id,
        made.strata[0].id,
        "online",
    )
    assert response.received_on == today()
    assert [version.answers for version in response.versions] == [ANSWERS]


def test_a_repeated_submit_changes_nothing_even_after_the_survey_closed(made: MadeRound) -> None:
    sent = form(made)
    submit(made.survey, sent)
    made.survey.state = "closed"
    db.session.commit()
    assert submit(made.survey, sent).repeated
    assert count(Response) == count(ResponseVersion) == 1


def test_an_id_taken_by_another_survey_is_refused(made: MadeRound) -> None:
    other = make_round(db.session)
    sent = form(other)
    submit(other.survey, sent)
    with pytest.raises(Refused):
        submit(made.survey, Submission(sent.response_id, made.strata[0].id, ANSWERS))
