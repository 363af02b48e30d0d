"""Whether a survey takes answers today."""

from __future__ import annotations

from datetime import timedelta

import pytest

from survey.collection import SurveyClosed, submit
from survey.db import db, today
from survey.models import Response
from tests.survey.collection.sending import count, form
from tests.survey.factory import MadeRound


@pytest.mark.parametrize("state", ["draft", "paused", "closed"])
def test_a_survey_that_is_not_open_takes_nothing(made: MadeRound, state: str) -> None:
    made.survey.state = state
    db.session.commit()
    with pytest.raises(SurveyClosed):
        submit(made.survey, form(made))
    assert count(Response) == 0


@pytest.mark.parametrize(("opens", "closes", "standing"), [(1, 2, "early"), (-2, -1, "closed")])
def test_the_days_of_a_survey_bind(made: MadeRound, opens: int, closes: int, standing: str) -> None:
    made.survey.opens_on, made.survey.closes_on = today() + timedelta(opens), today() + timedelta(closes)
    db.session.commit()
    with pytest.raises(SurveyClosed) as closed:
        submit(made.survey, form(made))
    assert closed.value.standing == standing
