"""Two runs side by side."""

from __future__ import annotations

import uuid

import sqlalchemy as sa

from survey.db import db
from survey.models import Stratum, Survey
from tests.survey.answered import add_response
from tests.survey.results.rounds import computed, new_round, percent


def test_a_new_answer_makes_another_run_and_the_comparison_names_what_changed(
    app, client, sign_in, the_round, press
):
    sign_in("analyst")
    before = press()
    with app.app_context():
        stratum = db.session.scalar(sa.select(Stratum).where(Stratum.code == f"{the_round.units[1]}-all"))
        survey = db.session.scalar(sa.select(Survey).where(Survey.code == the_round.survey))
        add_response(db.session, survey, stratum, polite="high", clear="high")
        db.session.commit()
    after = press(official="unweighted")
    page = client.get(f"{after}/compare?with={before.rpartition('/')[2]}").text
    assert f"Khảo sát {the_round.survey}: phiếu trả lời" in page
    assert f"Khảo sát {the_round.survey}: mẫu phiếu" not in page
    assert "không quyền số: mỗi phiếu tính là một" in page
    # polite 2.5/4 and clear 2/3: 48 + 40 · (0.625 + 2/3)/2 = 73.83, where it was 68
    assert percent("73,83") in page
    assert "+5,83" in page


def test_a_comparison_with_nothing_or_with_another_round_is_no_page(app, client, sign_in, the_round, press):
    sign_in("analyst")
    address = press()
    assert client.get(f"{address}/compare").status_code == 404
    assert client.get(f"{address}/compare?with={uuid.uuid4()}").status_code == 404
    other = computed(client, new_round(app)).rpartition("/")[2]
    assert client.get(f"{address}/compare?with={other}").status_code == 404
