"""A round copied to another year: its units, surveys and samples, as FATES declares for every column."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from survey import audit
from survey.db import db
from survey.fieldwork.copying_fates import copy_of
from survey.fieldwork.copying_proposals import with_year
from survey.models import Round, RoundUnit, Sample, Stratum, Survey, Unit


@dataclass(frozen=True)
class SurveyPlan:
    """A survey to copy. `anew` holds its questionnaire, address and days."""

    survey: Survey
    anew: Mapping[str, Any]
    with_targets: bool = True
    with_strata: bool = True


@dataclass(frozen=True)
class CopyPlan:
    """What a planner decided. `groups` names the new ranking group for each old one that changes."""

    surveys: Sequence[SurveyPlan] = ()
    left_out: Sequence[Unit] = ()
    groups: Mapping[str, str] = field(default_factory=dict)


def surveys_to_copy(source: Round) -> Sequence[Survey]:
    """The round's surveys with all that is copied of them."""
    sample = selectinload(Survey.sample).selectinload(Sample.strata)
    query = sa.select(Survey).filter_by(round_id=source.id).order_by(Survey.code)
    return db.session.scalars(query.options(sample, selectinload(Survey.questionnaire_version))).all()


def copy_round(source: Round, copy: Round, plan: CopyPlan) -> None:
    """Fill the new round `copy`, whose particulars are set, from `source`, and note it in the audit trail.

    The caller commits: the whole copy is stored, or nothing of it.
    """
    gone = {unit.id for unit in plan.left_out}
    db.session.add(copy)
    copy.members.extend(
        copy_of(member, ranking_group=plan.groups.get(member.ranking_group, member.ranking_group))
        for member in source.members
        if member.unit_id not in gone
    )
    db.session.add_all(copied_survey(each, copy, gone) for each in plan.surveys)
    audit.record("round.copy", f"round {copy.code}", **particulars_of(source, copy, plan))


def copied_survey(plan: SurveyPlan, copy: Round, gone: Collection[int]) -> Survey:
    targets = {} if plan.with_targets else {"targets": None}
    survey = copy_of(plan.survey, round=copy, **plan.anew, **targets)
    if plan.survey.sample is not None:
        strata = plan.survey.sample.strata if plan.with_strata else []
        kept = [copy_of(each) for each in strata if each.unit_id not in gone]
        frame = with_year(plan.survey.sample.frame, plan.survey.round.year, copy.year)
        survey.sample = copy_of(plan.survey.sample, frame=frame, strata=kept)
    return survey


def particulars_of(source: Round, copy: Round, plan: CopyPlan) -> dict[str, Any]:
    """What the audit trail tells of a copy, as JSON."""
    return {
        "of": source.code,
        "framework": copy.framework_id,
        "surveys": {each.survey.code: each.anew["questionnaire_id"] for each in plan.surveys},
        "without_strata": [each.survey.code for each in plan.surveys if not each.with_strata],
        "without_targets": [each.survey.code for each in plan.surveys if not each.with_targets],
        "left_out": [unit.code for unit in plan.left_out],
        "groups": dict(plan.groups),
    }


def units_that_ended(source: Round, first_day: date) -> Sequence[Unit]:
    """The units of the round and of its samples that no longer exist on the day."""
    members = sa.select(RoundUnit.unit_id).where(RoundUnit.round_id == source.id)
    sampled = sa.select(Stratum.unit_id).join(Sample).join(Survey).where(Survey.round_id == source.id)
    query = sa.select(Unit).where(Unit.id.in_(sa.union(members, sampled)), Unit.valid_to < first_day)
    return db.session.scalars(query.order_by(Unit.search_key, Unit.id)).all()
