"""The stratum of a response: one of the survey's own, and on an open link the only one of its unit."""

from __future__ import annotations

import uuid

import pytest

from survey.collection import Refused, Submission, open_link_faults, strata_on_offer, submit
from survey.db import db
from survey.models import Response
from tests.survey.collection.sending import count
from tests.survey.factory import ANSWERS, MadeRound, make_round, make_stratum


def test_a_stratum_of_another_survey_is_refused(made: MadeRound) -> None:
    other = make_round(db.session)
    with pytest.raises(Refused):
        submit(made.survey, Submission(uuid.uuid4(), other.strata[0].id, ANSWERS))
    with pytest.raises(Refused):
        submit(made.survey, Submission(uuid.uuid4(), 10**6, ANSWERS))
    assert count(Response) == 0


def test_an_open_link_offers_units_with_one_stratum_only(made: MadeRound) -> None:
    make_stratum(made.survey, made.units[0], 50, code="second")
    db.session.commit()
    assert [stratum.unit for stratum in strata_on_offer(made.survey)] == made.units[1:]
    (fault,) = open_link_faults(made.survey)
    assert made.units[0].name in fault.sentence()
    made.survey.open_link = False
    assert open_link_faults(made.survey) == []
