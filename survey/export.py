"""A round as the analysis reads it: records and tables, without the database behind them."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from analysis.round.inputs import CODES_USED, EVIDENCE_COLUMNS, STRATA_COLUMNS, RoundInputs, SurveyInput
from analysis.round.paper_forms import PAPER_COLUMNS
from survey.collection.invitations import codes_used, used_in
from survey.collection.paper import outcomes_by_batch, unjudged
from survey.db import db
from survey.models import (
    Batch,
    EvidenceScore,
    Response,
    ResponseVersion,
    Round,
    RoundUnit,
    Sample,
    Stratum,
    Survey,
    Unit,
)

CHUNK = 1_000  # responses fetched at a time
UNIT_COLUMNS = ("unit", "name", "type", "ranking_group")
RECORD_COLUMNS = ("response_id", "unit", "stratum", "psu", "mode", "answers")

CURRENT = sa.and_(ResponseVersion.response_id == Response.id, ResponseVersion.version == Response.version)


def round_inputs(
    a_round: Round, recipe: Mapping[str, Any] | None = None, *, with_targets: bool = True
) -> RoundInputs:
    """Everything a run of this round reads: accepted responses in their current version, one query a table.

    Responses are fetched while the analysis lays them out. The caller keeps one transaction open until then
    (`begin_snapshot`), so that tables and answers are of one moment. `with_targets` says whether surveys are
    post-stratified to their population counts.
    """
    surveys = surveys_of(a_round)
    strata, paper = strata_of(surveys), paper_of(surveys)
    return RoundInputs(
        round=particulars(a_round, surveys),
        framework=a_round.framework_version.framework,
        units=unit_table(a_round),
        surveys=[
            survey_input(survey, strata[survey.id], paper.get(survey.id), with_targets) for survey in surveys
        ],
        evidence=evidence_table(a_round),
        recipe=dict(recipe or {}),
    )


def surveys_of(a_round: Round) -> list[Survey]:
    """The surveys that people were asked in; a draft is only a plan."""
    asked = sa.select(Survey).where(Survey.round_id == a_round.id, Survey.state != "draft")
    query = asked.options(joinedload(Survey.questionnaire_version)).order_by(Survey.code)
    return list(db.session.scalars(query))


def particulars(a_round: Round, surveys: Sequence[Survey]) -> dict[str, Any]:
    return {
        "code": a_round.code,
        "title": dict(a_round.title),
        "year": a_round.year,
        "synthetic": a_round.synthetic,
        "as_of": (last_day(surveys) or a_round.starts_on).isoformat(),
    }


def last_day(surveys: Sequence[Survey]) -> datetime.date | None:
    """The day of the newest answers. It moves with the answers alone, not with the calendar: a run made
    again a week later on the same answers is the same run.
    """
    newest = sa.select(sa.func.max(ResponseVersion.made_on)).join(Response, CURRENT)
    of_surveys = Response.survey_id.in_([survey.id for survey in surveys])
    return db.session.scalar(newest.where(of_surveys, Response.state == "accepted"))


def unit_table(a_round: Round) -> pd.DataFrame:
    """unit, name, type, ranking_group and the facts that any unit of the round has."""
    members = sa.select(Unit.code, Unit.name, Unit.type, RoundUnit.ranking_group, RoundUnit.facts)
    query = members.join(Unit).where(RoundUnit.round_id == a_round.id).order_by(Unit.code)
    rows = [{**dict(zip(UNIT_COLUMNS, row, strict=False)), **row.facts} for row in db.session.execute(query)]
    return pd.DataFrame(rows, columns=None if rows else list(UNIT_COLUMNS))


def strata_of(surveys: Sequence[Survey]) -> dict[int, pd.DataFrame]:
    """The id of each survey → its table of stratum, unit, population, selected, codes_used."""
    columns = (Stratum.code, Unit.code, Stratum.population, Stratum.selected, Stratum.id, Sample.survey_id)
    query = sa.select(*columns).select_from(Stratum).join(Sample).join(Unit).order_by(Stratum.code)
    survey_ids = [survey.id for survey in surveys]
    rows = db.session.execute(query.where(Sample.survey_id.in_(survey_ids))).all()
    used = codes_used(survey_ids)
    return {
        survey.id: pd.DataFrame(
            [
                (*design, used_in(stratum_id, used.get(survey.id, {})))
                for *design, stratum_id, survey_id in rows
                if survey_id == survey.id
            ],
            columns=[*STRATA_COLUMNS, CODES_USED],
        )
        for survey in surveys
    }


def paper_of(surveys: Sequence[Survey]) -> dict[int, pd.DataFrame]:
    """The id of each survey with paper forms → PAPER_COLUMNS by batch."""
    codes = {survey.id: survey.code for survey in surveys}
    batches = outcomes_by_batch(Batch.survey_id.in_(codes))
    found = unjudged(Survey.id.in_(codes)) if batches else ()
    waiting = {(each.survey, each.batch): each[2:] for each in found}
    rows: dict[int, list[tuple[Any, ...]]] = {}
    for batch in batches:
        counts = (batch.handed_out, *map(batch.count, ("accepted", "refused", "spoiled")))
        lacking = waiting.get((codes[batch.survey_id], batch.batch), (0, 0, 0))
        row = (batch.batch, *counts, batch.spoiled_here, batch.count("lost"), *lacking)
        rows.setdefault(batch.survey_id, []).append(row)
    return {survey_id: pd.DataFrame(each, columns=list(PAPER_COLUMNS)) for survey_id, each in rows.items()}


def evidence_table(a_round: Round) -> pd.DataFrame:
    """The scores of the round's units: unit, criterion, self_score, appraised, applicable, note."""
    score = EvidenceScore
    columns = (score.criterion, score.self_score, score.appraised, score.applicable, score.appraisal_note)
    is_member = sa.and_(RoundUnit.unit_id == score.unit_id, RoundUnit.round_id == score.round_id)
    query = sa.select(Unit.code, *columns).select_from(score).join(Unit).join(RoundUnit, is_member)
    rows = db.session.execute(query.where(score.round_id == a_round.id).order_by(Unit.code, score.criterion))
    table = pd.DataFrame([tuple(row) for row in rows], columns=list(EVIDENCE_COLUMNS))
    return table.astype({"self_score": float, "appraised": float, "applicable": bool})


def survey_input(
    survey: Survey, strata: pd.DataFrame, paper: pd.DataFrame | None, with_targets: bool
) -> SurveyInput:
    questionnaire = survey.questionnaire_version.questionnaire
    targets = target_table(survey.targets) if with_targets and survey.targets else None
    answers = records(survey.id)
    return SurveyInput(survey.code, questionnaire.group, questionnaire, answers, strata, targets, paper)


def target_table(targets: Mapping[str, Any]) -> pd.DataFrame:
    """The population counts of a survey: its dimensions (item codes) and count."""
    return pd.DataFrame(targets["cells"], columns=[*targets["by"], "count"])


def records(survey_id: int) -> Iterator[dict[str, Any]]:
    """The accepted responses of a survey in the order of their ids, which tells nothing of who came when."""
    design = (Response.id, Unit.code, Stratum.code, Response.psu, Response.mode)
    query = (
        sa.select(*design, ResponseVersion.answers)
        .select_from(Response)
        .join(ResponseVersion, CURRENT)
        .join(Unit, Unit.id == Response.unit_id)
        .join(Stratum, Stratum.id == Response.stratum_id)
        .where(Response.survey_id == survey_id, Response.state == "accepted")
        .order_by(Response.id)
        .execution_options(yield_per=CHUNK)
    )
    for row in db.session.execute(query):
        yield dict(zip(RECORD_COLUMNS, (str(row[0]), *row[1:]), strict=True))
