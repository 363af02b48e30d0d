"""What a run reads of a round: everything that counts, nothing else, all of one moment."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pandas as pd
import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy import event

from analysis.round.pipeline import SurveyInput, run
from survey.collection.paper import mark_forms
from survey.db import begin_snapshot, db, today
from survey.export import round_inputs
from survey.fieldwork.paper_outcomes import paper_outcomes
from survey.models import Invitation, Response, ResponseVersion, Round
from tests.survey.answered import ANSWERS, APPRAISED, add_response, answered_round
from tests.survey.factory import MadeRound, make_survey, make_user
from tests.survey.paper.room import key, make_room


@pytest.fixture
def made(app: Flask) -> Iterator[MadeRound]:
    with app.app_context():
        yield answered_round(db.session)


def the_survey(made: MadeRound) -> SurveyInput:
    (survey,) = round_inputs(made.round).surveys
    return survey


def read(made: MadeRound) -> list[dict[str, Any]]:
    return list(the_survey(made).records)


@contextmanager
def counted_queries() -> Iterator[list[str]]:
    said: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_others: object) -> None:
        said.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield said
    event.remove(db.engine, "before_cursor_execute", note)


def test_every_accepted_response_is_read_with_its_place_in_the_sample(made):
    records = read(made)
    assert len(records) == sum(len(pairs) for _, pairs in ANSWERS.values())
    ids = [record["response_id"] for record in records]
    assert ids == sorted(ids)
    far = [record for record in records if record["stratum"] == made.strata[1].code]
    assert {record["unit"] for record in far} == {made.units[0].code}
    assert {record["mode"] for record in far} == {"online"}
    polite = sorted(record["answers"]["polite"] for record in far)
    assert polite == ["low", "low", "low", "low", "middle"]


def test_what_was_rejected_is_left_out_and_a_correction_replaces_what_it_corrects(made):
    rejected, corrected = db.session.scalars(sa.select(Response).limit(2))
    rejected.state = "rejected"
    corrected.version = 2
    author = make_user(db.session, "supervisor")
    answers = {"received": "no", "polite": "low", "clear": "low", "visits": 7}
    correction = ResponseVersion(
        response_id=corrected.id, version=2, answers=answers, author_id=author.id, reason="Đọc nhầm"
    )
    correction.made_on = today()
    db.session.add(correction)
    db.session.commit()
    by_id = {record["response_id"]: record for record in read(made)}
    assert str(rejected.id) not in by_id
    assert by_id[str(corrected.id)]["answers"] == answers


def test_units_come_with_their_ranking_group_and_facts(made):
    made.round.members[0].facts = {"late_dossier_rate": 2.5}
    db.session.commit()
    units = round_inputs(made.round).units
    assert list(units.columns) == ["unit", "name", "type", "ranking_group", "late_dossier_rate"]
    first, second, third = units.to_dict("records")
    assert (first["name"], first["late_dossier_rate"]) == ("Sở Nội vụ", 2.5)
    assert pd.isna(second["late_dossier_rate"])
    assert third["ranking_group"] == "khac"


def test_strata_evidence_and_targets_come_as_tables(made):
    made.survey.targets = {"by": ["area"], "cells": [{"area": "urban", "count": 250.0}]}
    db.session.commit()
    inputs = round_inputs(made.round)
    strata = inputs.surveys[0].strata
    assert strata["population"].sum() == 650
    assert list(strata.columns) == ["stratum", "unit", "population", "selected", "codes_used"]
    assert strata["codes_used"].sum() == 0
    assert set(strata["unit"]) == {unit.code for unit in made.units}
    assert list(inputs.evidence["appraised"]) == list(APPRAISED)
    assert list(inputs.evidence["note"]) == ["Chậm"] * 3
    assert inputs.surveys[0].targets.to_dict("list") == {"area": ["urban"], "count": [250.0]}
    assert round_inputs(made.round, with_targets=False).surveys[0].targets is None


def test_the_codes_used_are_counted_by_stratum(made):
    for place, number in ((0, 3), (None, 2)):
        stratum_id = None if place is None else made.strata[place].id
        row = {"survey_id": made.survey.id, "stratum_id": stratum_id, "used": True}
        db.session.execute(
            sa.insert(Invitation), [{**row, "code_hash": f"{place}-{each}"} for each in range(number)]
        )
    strata = round_inputs(made.round).surveys[0].strata.set_index("stratum")
    assert strata.loc[made.strata[0].code, "codes_used"] == 5
    assert strata.loc[made.strata[1].code, "codes_used"] == 2


def test_what_became_of_paper_comes_by_batch_as_the_page_of_the_survey_counts_it(app):
    """Of five forms one is accepted and waits for its second keying, two give no answers, one never left."""
    with app.app_context():
        room = make_room(forms=5, plan="all")
        survey, person = room.made.survey, room.thu
        assert round_inputs(room.made.round).surveys[0].paper["handed_out"].to_list() == [0]
        mark_forms(room.batch, [2, 3, 4], "issued", person)
        mark_forms(room.batch, [2], "refused", person, "không trả lời")
        mark_forms(room.batch, [3, 5], "spoiled", person, "rách")
        key(room, room.lan, number=1)
        (row,) = round_inputs(room.made.round).surveys[0].paper.to_dict("records")
        assert row == {
            **{"batch": room.batch.code, "handed_out": 4, "accepted": 0, "refused": 1, "spoiled": 2},
            **{"spoiled_here": 1, "lost": 0, "may_come": 0, "second": 1, "unsettled": 0},
        }
        assert paper_outcomes(survey.id).handed_out == 4


def test_a_survey_without_paper_has_no_record_of_it(made):
    assert the_survey(made).paper is None


def test_the_scores_of_a_unit_that_left_the_round_stay_out(made):
    db.session.delete(made.round.members[2])
    db.session.commit()
    assert set(round_inputs(made.round).evidence["unit"]) == {made.units[0].code, made.units[1].code}


def test_a_draft_of_a_survey_is_no_survey_yet(made):
    make_survey(db.session, made.round, made.survey.questionnaire_version.content, "plan", state="draft")
    db.session.commit()
    assert [survey.code for survey in round_inputs(made.round).surveys] == [made.survey.code]


def test_a_round_without_surveys_scores_or_units_is_read_too(made):
    empty = Round(code="empty", title={"vi": "Trống"}, year=2022, framework_id=made.round.framework_id)
    empty.starts_on = empty.ends_on = today()
    db.session.add(empty)
    db.session.commit()
    inputs = round_inputs(empty)
    assert (len(inputs.units), len(inputs.evidence), inputs.surveys) == (0, 0, [])


def test_the_number_of_queries_does_not_grow_with_the_answers(made):
    db.session.expire_all()
    with counted_queries() as few:
        read(made)
    for _ in range(30):
        add_response(db.session, made.survey, made.strata[0], polite="high", clear="high")
    db.session.commit()
    with counted_queries() as many:
        read(made)
    assert len(few) == len(many) < 12


def test_an_answer_that_comes_in_while_a_run_reads_is_not_in_it(app, made):
    def answer() -> None:
        with app.app_context():
            add_response(db.session, made.survey, made.strata[0], polite="low", clear="low")
            db.session.commit()

    survey_id, stratum = made.survey.id, made.strata[0].id
    assert survey_id
    assert stratum
    before = len(read(made))
    db.session.commit()
    begin_snapshot()
    survey = the_survey(made)
    with ThreadPoolExecutor(1) as citizen:
        citizen.submit(answer).result()
    assert len(list(survey.records)) == before
    db.session.commit()
    assert len(read(made)) == before + 1


def test_the_day_of_a_run_is_that_of_its_newest_answer_not_of_the_calendar(made):
    db.session.execute(sa.update(ResponseVersion).values(made_on=today() - timedelta(days=9)))
    db.session.commit()
    assert round_inputs(made.round).round["as_of"] == (today() - timedelta(days=9)).isoformat()


def test_the_same_answers_stored_in_another_order_are_the_same_run(app, made):
    first = run(round_inputs(made.round)).to_bytes()
    rows = db.session.execute(sa.select(Response.__table__)).mappings().all()
    versions = db.session.execute(sa.select(ResponseVersion.__table__)).mappings().all()
    db.session.execute(sa.delete(ResponseVersion))
    db.session.execute(sa.delete(Response))
    db.session.execute(sa.insert(Response), [dict(row) for row in reversed(rows)])
    db.session.execute(sa.insert(ResponseVersion), [dict(row) for row in reversed(versions)])
    db.session.commit()
    assert run(round_inputs(made.round)).to_bytes() == first
