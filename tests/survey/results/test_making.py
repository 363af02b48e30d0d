"""What a run computes is what was worked out by hand, from what is asked for and nothing else."""

from __future__ import annotations

import hashlib

import pytest
import sqlalchemy as sa

from analysis.round.result import RunResult
from survey.db import db
from survey.models import ResponseVersion, Survey
from tests.survey.answered import EXPECTED
from tests.survey.results.rounds import in_database, the_run


@pytest.mark.parametrize("official", ["weighted", "unweighted"])
def test_the_index_is_the_one_worked_out_by_hand(app, sign_in, the_round, press, official):
    sign_in("analyst")
    result = RunResult.from_bytes(the_run(app, press(official=official)).result)
    index = result.tables["index"].set_index("unit")
    for unit, expected in zip(the_round.units, EXPECTED[official], strict=True):
        assert index.loc[unit, "index"] == pytest.approx(expected)
    ranks = result.tables["ranking"].set_index("unit")["rank"]
    assert list(ranks[the_round.units[:2]]) == [1, 2]
    assert ranks[the_round.units[2:]].isna().all()


def test_weights_meet_the_population_counts_only_where_that_is_chosen(app, sign_in, the_round, press):
    """All answers of the agency's two strata come from towns; the counts say as many people live there."""
    cells = [{"area": "urban", "count": 400.0}, {"area": "rural", "count": 250.0}]
    targets = {"by": ["area"], "cells": cells}
    in_database(app, sa.update(Survey).where(Survey.code == the_round.survey).values(targets=targets))
    with app.app_context():
        for place, version in enumerate(db.session.scalars(sa.select(ResponseVersion)).all()):
            version.answers = {**version.answers, "area": "urban" if place % 2 else "rural"}
        db.session.commit()
    sign_in("analyst")
    plain = RunResult.from_bytes(the_run(app, press(targets="no")).result).tables["weights"]
    adjusted = RunResult.from_bytes(the_run(app, press()).result).tables["weights"]
    assert len(plain) == 1
    assert len(adjusted) == 2
    assert adjusted["after"].iloc[-1] == pytest.approx(650)


def test_a_rerun_on_the_same_inputs_gives_the_same_bytes_and_the_page_says_so(
    app, client, sign_in, the_round, press
):
    sign_in("analyst")
    first, second = press(), press()
    one, other = the_run(app, first), the_run(app, second)
    assert one.id != other.id
    assert one.result == other.result
    assert one.sha256 == other.sha256 == hashlib.sha256(one.result).hexdigest()
    assert "Giống hoàn toàn" in client.get(second).text
    assert "Giống hoàn toàn" not in client.get(first).text
    assert "giống lần" in client.get(the_round.runs).text
