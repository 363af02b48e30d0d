"""A survey of citizens on a new database, and filled forms for it as a browser's outbox sends them."""

from __future__ import annotations

import datetime
import json
import random
from dataclasses import dataclass, replace

from flask import Flask
from flask_migrate import upgrade

import questionnaires.frameworks
import questionnaires.library
from questionnaires.answers import write_form
from questionnaires.routing import asked_items
from questionnaires.schema import Questionnaire
from survey.db import db, today
from survey.models import (
    Draft,
    FrameworkVersion,
    QuestionnaireVersion,
    Round,
    RoundUnit,
    Sample,
    Stratum,
    Survey,
    Unit,
)
from survey.respond.sending import ticket
from survey.respond.visit import new_visit

QUESTIONNAIRE = "citizen-satisfaction-2024"
SLUG = "measured"
MINUTES_OF_A_PERSON = 5  # quicker ones are flagged, as few are
A_MONTH = datetime.timedelta(days=30)


@dataclass(frozen=True)
class Forms:
    """Bodies of requests; `items` is how many answers each holds at most."""

    bodies: list[bytes]
    items: int


def forms(app: Flask, count: int) -> Forms:
    """Make the survey, and so many filled forms, each of another person."""
    with app.app_context():
        upgrade()
        survey = add_survey()
        questionnaire = survey.questionnaire_version.questionnaire
        chance = random.Random(1)
        answers = [filled(questionnaire, chance) for _ in range(100)]
        strata = survey.sample.strata
        bodies = [body(survey, strata[n % len(strata)], answers[n % 100]) for n in range(count)]
        db.session.commit()
        return Forms(bodies, max(map(len, answers)))


def body(survey: Survey, stratum: Stratum, answers: dict[str, list[str]]) -> bytes:
    """What the outbox sends; the draft that ends with it was begun as the first page was opened."""
    visit = new_visit(survey)
    visit = replace(visit, began=visit.began - MINUTES_OF_A_PERSON * 60)
    draft = Draft(
        survey_id=survey.id,
        stratum_id=stratum.id,
        unit_id=stratum.unit_id,
        key_hash=visit.draft_hash,
        updated_on=today(),
    )
    db.session.add(draft)
    return json.dumps({"ticket": ticket.issue(survey, visit, draft), "answers": answers}).encode()


def filled(questionnaire: Questionnaire, chance: random.Random) -> dict[str, list[str]]:
    """A whole form, answered at random along its way."""
    answers: dict[str, object] = {}
    while missing := [
        item for item in asked_items(questionnaire, answers, today=today()) if item.code not in answers
    ]:
        for item in missing:
            codes = [choice.code for choice in item.question.choices]
            kinds = {"integer": 20, "multiple": codes[:2], "text": "Cảm ơn", "long_text": "Cần nhanh hơn"}
            answers[item.code] = kinds.get(item.question.kind) or chance.choice(codes)
    return write_form(answers)


def add_survey() -> Survey:
    units = [
        Unit(code=f"so-{n}", name=f"Sở {n}", type="so", ranking_group="so-nganh", valid_from=today())
        for n in range(18)
    ]
    a_round = Round(
        code="measured",
        title={"vi": "Đo", "en": "Measured"},
        year=2026,
        framework_version=FrameworkVersion.of(questionnaires.frameworks.source("dak-lak-so-2022")),
        state="open",
        starts_on=today() - A_MONTH,
        ends_on=today() + A_MONTH,
        members=[RoundUnit(unit=unit, ranking_group="so-nganh") for unit in units],
    )
    survey = Survey(
        round=a_round,
        questionnaire_version=QuestionnaireVersion.of(questionnaires.library.source(QUESTIONNAIRE)),
        code=SLUG,
        slug=SLUG,
        state="open",
        opens_on=today() - A_MONTH,
        closes_on=today() + A_MONTH,
    )
    survey.sample = Sample(method="simple", frame="")
    survey.sample.strata = [
        Stratum(unit=unit, code=unit.code, population=10**6, selected=10**5) for unit in units
    ]
    db.session.add(survey)
    db.session.commit()
    return survey
