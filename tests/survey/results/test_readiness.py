"""What cannot be computed is said, in words, and nothing is stored."""

from __future__ import annotations

import sqlalchemy as sa

from questionnaires.faults import Fault
from survey.db import db
from survey.models import Job, Round, Run, Stratum, Survey
from survey.results.readiness import refusal
from tests.survey.results.rounds import DEFAULT_FORM, in_database


def test_everything_wrong_with_the_round_is_said_before_anything_starts(app, client, sign_in, the_round):
    targets = {"by": ["planet"], "cells": [{"planet": "earth", "count": -1}]}
    in_database(app, sa.update(Survey).where(Survey.code == the_round.survey).values(targets=targets))
    in_database(app, sa.delete(Round.members.property.mapper.class_))
    sign_in("analyst")
    page = client.submit(the_round.runs, DEFAULT_FORM)
    assert page.status_code == 422
    assert "Kỳ đánh giá chưa có đơn vị nào" in page.text
    assert "planet" in page.text
    assert f"Khảo sát {the_round.survey}, tổng thể đã biết" in page.text
    with app.app_context():
        assert db.session.scalar(sa.select(Job)) is None


def test_what_only_the_answers_show_is_said_by_the_job_in_the_readers_words(app, client, sign_in, the_round):
    code = f"{the_round.units[0]}-far"
    in_database(app, sa.update(Stratum).where(Stratum.code == code).values(population=4, selected=4))
    sign_in("analyst")
    job = client.submit(the_round.runs, DEFAULT_FORM).location
    page = client.get(job).text
    assert f"Chưa tính được kỳ đánh giá này. Khảo sát {the_round.survey}:" in page
    assert code in page
    assert "Chạy lại" in page
    with app.app_context():
        assert db.session.scalar(sa.select(Run)) is None


def test_a_long_list_of_faults_is_cut_to_what_a_message_holds(app):
    faults = [
        Fault(f"response.{place}", "Stratum %(code)s is not known.", {"code": place}) for place in range(99)
    ]
    with app.test_request_context("/"):
        said = refusal(faults).sentence()
    assert "Stratum 0 is not known." in said
    assert "(Và " in said
    assert len(said) < 500
