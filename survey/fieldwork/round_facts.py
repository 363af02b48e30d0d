"""What there is of a round, counted by a few queries however large it is."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from survey.builder.covering import Covering, covering
from survey.db import db
from survey.fieldwork.open_answers import open_answers
from survey.models import EvidenceScore, Response, Round, RoundUnit, Run, Sample, Stratum, Survey, Unit


class Size(NamedTuple):
    """How many cells a sample has, and how many people were chosen in them."""

    strata: int = 0
    selected: int = 0


class Evidence(NamedTuple):
    """Leaves by evidence over all units: how many there are, self-scored, and decided by the appraisers."""

    expected: int
    self_scored: int
    appraised: int


class Runs(NamedTuple):
    number: int
    last: datetime.datetime | None
    published: datetime.datetime | None


@dataclass(frozen=True)
class Facts:
    """Everything the overview speaks of. `answers`, those of them `by_open_link`, and `sizes` by the survey's
    id; `types` counts units.
    """

    round: Round
    types: Mapping[str, int]
    surveys: Sequence[Survey]
    covering: Covering
    sizes: Mapping[int, Size]
    answers: Mapping[int, int]
    by_open_link: Mapping[int, int]
    evidence: Evidence
    runs: Runs

    @property
    def units(self) -> int:
        return sum(self.types.values())

    def of_chosen(self, survey_id: int) -> int:
        """Answers of people who were chosen: the response rate is of these alone."""
        return self.answers.get(survey_id, 0) - self.by_open_link.get(survey_id, 0)


def read_facts(a_round: Round) -> Facts:
    types = unit_types(a_round.id)
    surveys = surveys_of(a_round.id)
    asked = {each.questionnaire_id: each.questionnaire_version.questionnaire for each in surveys}
    return Facts(
        round=a_round,
        types=types,
        surveys=surveys,
        covering=covering(a_round.framework_version.framework, asked.values()),
        sizes=sample_sizes(a_round.id),
        answers=answers_by_survey(a_round.id),
        by_open_link=open_answers_by_survey(surveys),
        evidence=evidence_of(a_round, types),
        runs=runs_of(a_round.id),
    )


def unit_types(round_id: int) -> dict[str, int]:
    """How many units of each type are in the round."""
    query = sa.select(Unit.type, sa.func.count()).join(RoundUnit, RoundUnit.unit_id == Unit.id)
    return dict(db.session.execute(query.where(RoundUnit.round_id == round_id).group_by(Unit.type)).all())


def surveys_of(round_id: int) -> Sequence[Survey]:
    query = sa.select(Survey).filter_by(round_id=round_id).order_by(Survey.code)
    return db.session.scalars(query.options(joinedload(Survey.questionnaire_version))).all()


def sample_sizes(round_id: int) -> dict[int, Size]:
    query = (
        sa.select(Sample.survey_id, sa.func.count(), sa.func.sum(Stratum.selected))
        .join(Stratum, Stratum.sample_id == Sample.id)
        .join(Survey, Survey.id == Sample.survey_id)
        .where(Survey.round_id == round_id)
        .group_by(Sample.survey_id)
    )
    return {survey_id: Size(strata, selected) for survey_id, strata, selected in db.session.execute(query)}


def answers_by_survey(round_id: int) -> dict[int, int]:
    query = (
        sa.select(Response.survey_id, sa.func.count())
        .join(Survey, Survey.id == Response.survey_id)
        .where(Survey.round_id == round_id, Response.state == "accepted")
        .group_by(Response.survey_id)
    )
    return dict(db.session.execute(query).all())


def open_answers_by_survey(surveys: Sequence[Survey]) -> Mapping[int, int]:
    found: Counter[int] = Counter()
    for (survey_id, _), number in open_answers([survey.id for survey in surveys]).items():
        found[survey_id] += number
    return found


def evidence_of(a_round: Round, types: Mapping[str, int]) -> Evidence:
    leaves = [leaf for leaf in a_round.framework_version.framework.leaves if leaf.assessed_by == "evidence"]
    expected = sum(
        number
        for leaf in leaves
        for unit_type, number in types.items()
        if not leaf.applies_to or unit_type in leaf.applies_to
    )
    decided = sa.or_(EvidenceScore.appraised.is_not(None), EvidenceScore.applicable.is_(False))
    query = sa.select(sa.func.count(EvidenceScore.self_score), sa.func.count(sa.case((decided, 1)))).where(
        EvidenceScore.round_id == a_round.id
    )
    return Evidence(expected, *db.session.execute(query).one())


def runs_of(round_id: int) -> Runs:
    query = sa.select(sa.func.count(), sa.func.max(Run.made_at), sa.func.max(Run.published_at))
    return Runs(*db.session.execute(query.where(Run.round_id == round_id)).one())
