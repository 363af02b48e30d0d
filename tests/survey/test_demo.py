"""The example round is what it says it is: complete, synthetic, and biased where it must be."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterator

import pytest
import sqlalchemy as sa
from flask import Flask

from questionnaires.answers import check_answers
from survey import create_app
from survey.collection.paper.printing import notice_of
from survey.db import db, today
from survey.demo import Settings, load_example
from survey.demo.people import AGE, AREA, GROUPS
from survey.models import (
    EvidenceScore,
    Response,
    ResponseVersion,
    Round,
    RoundUnit,
    Stratum,
    Survey,
    Unit,
    User,
)
from survey.models.user import ROLES
from tests.survey.conftest import SETTINGS

RESPONSES = 500


@pytest.fixture(scope="module")
def example(new_database: Callable[[str], str], quick_passwords: None) -> Iterator[Round]:
    """The round, loaded once into a database of its own and only read by these tests."""
    app = create_app({**SETTINGS, "SQLALCHEMY_DATABASE_URI": new_database("example")})
    with app.app_context():
        db.create_all()
        yield load_example(db.session, settings_for(today(), RESPONSES))
        db.session.rollback()
        db.engine.dispose()


def settings_for(day: datetime.date, responses: int) -> Settings:
    return Settings(key=SETTINGS["SECRET_KEY"], password="một câu dễ nhớ", today=day, responses=responses)


def answers_of_survey(code: str) -> list[tuple[ResponseVersion, Response]]:
    return db.session.execute(
        sa.select(ResponseVersion, Response)
        .join(Response)
        .join(Survey)
        .where(Survey.code == code)
        .order_by(Response.id)
    ).all()


def test_it_has_eighteen_agencies_two_of_them_unranked(example: Round):
    groups = Counter(db.session.scalars(sa.select(RoundUnit.ranking_group)))
    assert groups == {"so-nganh": 16, "khong-xep-hang": 2}
    assert example.synthetic


def test_every_role_can_sign_in_and_two_supervisors_can_key_and_settle(example: Round):
    roles = Counter(db.session.scalars(sa.select(User.role)))
    assert roles == Counter(ROLES) + Counter(["supervisor"])


def test_it_has_about_as_many_responses_as_asked_from_four_groups(example: Round):
    per_survey = dict(
        db.session.execute(
            sa.select(Survey.code, sa.func.count())
            .join(Response, Response.survey_id == Survey.id)
            .group_by(Survey.code)
        ).all()
    )
    assert set(per_survey) == {group.slug for group in GROUPS}
    assert sum(per_survey.values()) == pytest.approx(RESPONSES, rel=0.15)


def test_populations_differ_while_quotas_are_equal(example: Round):
    strata = db.session.scalars(
        sa.select(Stratum).join(Stratum.sample).join(Survey).where(Survey.code == "nguoi-dan")
    ).all()
    assert len({stratum.selected for stratum in strata}) == 1
    assert max(s.population for s in strata) > 100 * min(s.population for s in strata)


def test_people_are_told_that_it_is_synthetic_and_when_answers_go(example: Round):
    for survey in db.session.scalars(sa.select(Survey).filter_by(round_id=example.id)):
        assert "Giả lập" in survey.purpose
        assert "synthetic" not in notice_of(survey).text("vi").casefold()
        assert "synthetic data" in notice_of(survey).text("en")
        assert survey.keep_until > survey.closes_on


def test_young_town_dwellers_answer_more_often_than_their_share(example: Round):
    profiles = [version.answers for version, _ in answers_of_survey("nguoi-dan")]
    urban = sum(profile["area"] == "urban" for profile in profiles) / len(profiles)
    oldest = sum(profile["age_group"] == AGE.choices[-1] for profile in profiles) / len(profiles)
    assert urban > AREA.shares[0] + 0.05
    assert oldest < AGE.shares[-1]


def test_answers_come_from_the_web_and_from_paper_and_some_say_they_do_not_know(example: Round):
    rows = answers_of_survey("nguoi-dan")
    assert {response.mode for _, response in rows} == {"online", "keyed"}
    assert any("dont_know" in version.answers.values() for version, _ in rows)


def test_every_synthetic_answer_passes_the_checks_of_a_real_one(example: Round):
    for survey in db.session.scalars(sa.select(Survey)):
        questionnaire = survey.questionnaire_version.questionnaire
        for version, _ in answers_of_survey(survey.code):
            assert check_answers(questionnaire, version.answers, today=today(), complete=True) == []


def test_one_agency_has_criteria_that_do_not_apply_with_a_reason(example: Round):
    rows = db.session.execute(
        sa.select(Unit.code, EvidenceScore).join(Unit).where(~EvidenceScore.applicable)
    ).all()
    assert {code for code, _ in rows} == {"ngoai-vu"}
    assert all(score.inapplicable_reason for _, score in rows)


def test_appraisers_cut_some_self_scores_with_a_note(example: Round):
    scores = db.session.scalars(sa.select(EvidenceScore).where(EvidenceScore.applicable)).all()
    cut = [score for score in scores if score.appraised < score.self_score]
    assert 0.05 < len(cut) / len(scores) < 0.3
    assert all(score.appraisal_note for score in cut)


def test_the_same_seed_gives_the_same_answers(app: Flask):
    settings = settings_for(datetime.date(2026, 1, 31), responses=120)

    def load() -> list[tuple[object, dict]]:
        with app.app_context():
            load_example(db.session, settings)
            versions = sa.select(ResponseVersion).order_by(ResponseVersion.response_id)
            rows = [(version.response_id, version.answers) for version in db.session.scalars(versions)]
            db.session.rollback()
            return rows

    assert load() == load()
