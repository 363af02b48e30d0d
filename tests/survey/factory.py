"""A small round for tests: three agencies, one open survey of citizens, a stratum and codes for each.

    made = make_round(db.session)
    made.survey, made.units[0], made.strata[0], made.codes[0][0]

Each call makes a new round with codes of its own, so that tests can share a database.
"""

from __future__ import annotations

import datetime
import itertools
from dataclasses import dataclass, field
from typing import Any

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

import questionnaires.frameworks
import questionnaires.library
from survey import codes
from survey.db import today
from survey.models import (
    Batch,
    FrameworkVersion,
    Invitation,
    QuestionnaireVersion,
    Round,
    RoundUnit,
    Sample,
    Stratum,
    Survey,
    Unit,
    User,
)

NUMBERS = itertools.count(1)
UNIT_NAMES = ("Sở Nội vụ", "Sở Tài chính", "Sở Y tế", "Sở Tư pháp", "Sở Xây dựng")
A_MONTH = datetime.timedelta(days=30)


def words(vietnamese: str, english: str) -> dict[str, str]:
    return {"vi": vietnamese, "en": english}


def choices(*triples: tuple[str, str, str], **missing: str) -> list[dict[str, Any]]:
    made = [{"code": code, "text": words(vi, en)} for code, vi, en in triples]
    return made + [
        {"code": code, "text": words(text, text), "missing": code} for code, text in missing.items()
    ]


YES_NO = choices(("yes", "Có", "Yes"), ("no", "Không", "No"))

# Every way of answering and both ways of routing, on four short pages.
SMALL_QUESTIONNAIRE: dict[str, Any] = {
    "code": "small",
    "version": "1",
    "title": words("Phiếu khảo sát ngắn", "Short questionnaire"),
    "group": "citizen",
    "languages": ["vi", "en"],
    "illustrative": True,
    "scales": [
        {
            "code": "satisfaction3",
            "choices": choices(
                ("low", "Không hài lòng", "Dissatisfied"),
                ("middle", "Bình thường", "Neutral"),
                ("high", "Hài lòng", "Satisfied"),
                dont_know="Không biết",
            ),
        }
    ],
    "sections": [
        {
            "code": "visit",
            "title": words("Lần đến gần đây nhất", "Your last visit"),
            "questions": [
                {
                    "code": "received",
                    "kind": "single",
                    "required": True,
                    "text": words("Ông/Bà đã nhận kết quả chưa?", "Have you received the result?"),
                    "choices": YES_NO,
                },
                {
                    "code": "late",
                    "kind": "single",
                    "required": True,
                    "relevant": "${received} = 'yes'",
                    "text": words("Kết quả có trễ hẹn không?", "Was the result late?"),
                    "choices": YES_NO,
                },
                {
                    "code": "visits",
                    "kind": "integer",
                    "text": words("Ông/Bà đã đến mấy lần?", "How many times did you come?"),
                    "constraint": ". >= 0 and . <= 30",
                    "constraint_message": words("Số lần từ 0 đến 30.", "The number is between 0 and 30."),
                },
                {
                    "code": "visited_on",
                    "kind": "date",
                    "text": words("Ngày đến gần nhất", "Day of your last visit"),
                    "constraint": ". <= today()",
                    "constraint_message": words("Ngày này chưa đến.", "That day is still to come."),
                },
            ],
        },
        {
            "code": "apology",
            "title": words("Về việc trễ hẹn", "About the delay"),
            "relevant": "${late} = 'yes'",
            "questions": [
                {
                    "code": "reason",
                    "kind": "text",
                    "required": True,
                    "text": words("Cơ quan giải thích thế nào?", "What reason were you given?"),
                }
            ],
        },
        {
            "code": "service",
            "title": words("Sự phục vụ", "The service"),
            "questions": [
                {
                    "code": "service_items",
                    "kind": "matrix",
                    "scale": "satisfaction3",
                    "required": True,
                    "text": words("Ông/Bà hài lòng ở mức nào?", "How satisfied are you?"),
                    "rows": [
                        {"code": "polite", "text": words("Thái độ lịch sự", "Polite manner")},
                        {"code": "clear", "text": words("Hướng dẫn rõ ràng", "Clear guidance")},
                    ],
                },
                {
                    "code": "improve",
                    "kind": "multiple",
                    "text": words("Cần cải thiện điều gì?", "What should improve?"),
                    "choices": choices(
                        ("time", "Thời gian", "Time"),
                        ("cost", "Chi phí", "Cost"),
                        ("manner", "Thái độ", "Manner"),
                    ),
                },
            ],
        },
        {
            "code": "about_you",
            "title": words("Về người trả lời", "About you"),
            "questions": [
                {
                    "code": "ethnicity",
                    "kind": "single",
                    "profile": True,
                    "sensitive": True,
                    "text": words("Dân tộc", "Ethnicity"),
                    "choices": choices(
                        ("kinh", "Kinh", "Kinh"), ("other", "Khác", "Other"), refused="Không muốn trả lời"
                    ),
                },
                {"code": "comment", "kind": "long_text", "text": words("Góp ý thêm", "Anything else?")},
            ],
        },
    ],
}

# One person's answers to it, complete and on one route.
ANSWERS: dict[str, Any] = {
    "received": "no",
    "visits": 2,
    "polite": "high",
    "clear": "dont_know",
    "improve": ["time"],
}


@dataclass
class MadeRound:
    """`codes[n]` are the personal codes, as printed, of `strata[n]`, the people of `units[n]`."""

    round: Round
    survey: Survey
    units: list[Unit]
    strata: list[Stratum]
    codes: list[list[str]] = field(default_factory=list)


def make_round(
    session: Session,
    *,
    units: int = 3,
    questionnaire: dict[str, Any] | str = SMALL_QUESTIONNAIRE,
    framework: str = "dak-lak-so-2022",
    state: str = "open",
    open_link: bool = True,
    synthetic: bool = False,
    codes_each: int = 2,
    population: int = 400,
) -> MadeRound:
    """Store a round with one survey. `questionnaire` is a definition or the name of a shipped one."""
    number = next(NUMBERS)
    made_units = [
        make_unit(session, f"t{number}-{place}", name) for place, name in enumerate(UNIT_NAMES[:units], 1)
    ]
    a_round = make_bare_round(session, number, framework, synthetic)
    a_round.members = [RoundUnit(unit=unit, ranking_group="so-nganh") for unit in made_units]
    survey = make_survey(session, a_round, questionnaire, f"s{number}", state=state, open_link=open_link)
    strata = [make_stratum(survey, unit, population) for unit in made_units]
    session.flush()
    made_codes = [
        [make_invitation(session, survey, stratum) for _ in range(codes_each)] for stratum in strata
    ]
    session.commit()
    return MadeRound(a_round, survey, made_units, strata, made_codes)


def make_unit(session: Session, code: str, name: str) -> Unit:
    unit = Unit(
        code=code, name=name, type="so", ranking_group="so-nganh", valid_from=datetime.date(2010, 1, 1)
    )
    session.add(unit)
    return unit


def make_bare_round(session: Session, number: int, framework: str, synthetic: bool) -> Round:
    content = questionnaires.frameworks.source(framework)
    a_round = Round(
        code=f"round-{number}",
        title=words(f"Kỳ đánh giá {number}", f"Round {number}"),
        year=2022,
        framework_version=stored_version(session, FrameworkVersion, content),
        state="open",
        starts_on=today() - A_MONTH,
        ends_on=today() + A_MONTH,
        synthetic=synthetic,
    )
    session.add(a_round)
    return a_round


def make_survey(
    session: Session,
    a_round: Round,
    questionnaire: dict[str, Any] | str,
    code: str,
    *,
    state: str = "open",
    open_link: bool = True,
) -> Survey:
    """A survey, open for a month before and after today, with an empty sample."""
    content = (
        questionnaires.library.source(questionnaire) if isinstance(questionnaire, str) else questionnaire
    )
    survey = Survey(
        round=a_round,
        questionnaire_version=stored_version(session, QuestionnaireVersion, content),
        code=code,
        slug=code,
        state=state,
        opens_on=today() - A_MONTH,
        closes_on=today() + A_MONTH,
        open_link=open_link,
        contact="Sở Nội vụ, 0262 000 000",
    )
    survey.sample = Sample(method="simple", seed=1, frame="test list")
    session.add(survey)
    return survey


def make_stratum(survey: Survey, unit: Unit, population: int, code: str | None = None) -> Stratum:
    stratum = Stratum(unit=unit, code=code or unit.code, population=population, selected=min(population, 100))
    survey.sample.strata.append(stratum)
    return stratum


def make_invitation(session: Session, survey: Survey, stratum: Stratum) -> str:
    """A personal code, as printed."""
    code = codes.generate()
    digest = codes.invitation_hash(codes.normalise(code), current_app.config["SECRET_KEY"])
    session.add(Invitation(survey_id=survey.id, stratum_id=stratum.id, code_hash=digest))
    return code


def make_batch(session: Session, made: MadeRound, *, forms_expected: int = 10) -> Batch:
    """A batch of paper forms of the first stratum."""
    batch = Batch(
        survey=made.survey, stratum=made.strata[0], code=f"b{next(NUMBERS)}", forms_expected=forms_expected
    )
    session.add(batch)
    session.commit()
    return batch


def make_user(session: Session, role: str = "enumerator", *, unit: Unit | None = None) -> User:
    """Staff who cannot sign in (no password), for deeds that need an author."""
    number = next(NUMBERS)
    user = User(
        name=f"{role}{number}", full_name=f"Nguyễn Văn {number}", role=role, password_hash="", unit=unit
    )
    session.add(user)
    session.commit()
    return user


def stored_version(session: Session, model: type, content: dict[str, Any]) -> Any:
    """The stored version of a definition; stored now if it is new."""
    found = session.scalars(
        select(model).filter_by(code=content["code"], version=content["version"])
    ).one_or_none()
    return found or model.of(content)
