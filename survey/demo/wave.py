"""One group's survey of the example: its sample, invitations, paper batches and synthetic responses."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaires import library
from survey.codes import generate, invitation_hash
from survey.demo.paper import add_paper
from survey.demo.people import Group, answering_share, respondents, target_cells
from survey.demo.replies import Leanings, answers_of, item_leanings
from survey.demo.settings import Settings
from survey.models import (
    Invitation,
    QuestionnaireVersion,
    Response,
    ResponseVersion,
    Round,
    Sample,
    Stratum,
    Survey,
    Unit,
)

PURPOSE = "(Giả lập) Để minh họa cách khảo sát; câu trả lời không dùng để đánh giá cơ quan nào."
"""Printed as it stands on forms of every language; these say in their own that the round is synthetic."""
FRAME = "(Giả lập) Danh sách người đã nhận kết quả trong kỳ / (Synthetic) list of people served in the period"


@dataclass(frozen=True)
class Agency:
    """A unit, how well it serves (a latent level around 0), and how many people each group has there."""

    unit: Unit
    quality: float
    populations: dict[str, int]


def load_wave(
    session: Session,
    round_: Round,
    group: Group,
    agencies: list[Agency],
    settings: Settings,
    rng: np.random.Generator,
) -> int:
    """Add the survey and everything in it; the number of responses it got."""
    survey = _add_survey(session, round_, group, agencies, settings.today)
    strata = _add_strata(session, survey, group, agencies, settings.responses)
    liked = item_leanings(survey.questionnaire_version.questionnaire, rng)
    replies = [
        reply
        for agency, stratum in zip(agencies, strata, strict=True)
        for reply in _replies(survey, group, stratum, Leanings(agency.quality, liked), settings, rng)
    ]
    responses = [response for response, _ in replies]
    session.execute(sa.insert(Response), responses)
    session.execute(sa.insert(ResponseVersion), [version for _, version in replies])
    add_paper(session, survey, strata, replies, settings.today)
    _add_invitations(session, survey, strata, responses, settings.key)
    return len(responses)


def _add_survey(
    session: Session, round_: Round, group: Group, agencies: list[Agency], today: datetime.date
) -> Survey:
    version = QuestionnaireVersion.of(library.source(group.questionnaire))
    closes_on = today + datetime.timedelta(days=60)
    survey = Survey(
        round=round_,
        questionnaire_version=version,
        code=group.slug,
        slug=group.slug,
        state="open",
        opens_on=today - datetime.timedelta(days=30),
        closes_on=closes_on,
        open_link=True,
        contact="Sở Nội vụ (ví dụ giả lập)",
        purpose=PURPOSE,
        keep_until=datetime.date(closes_on.year + 1, 12, 31),
        targets=target_cells(group, sum(agency.populations[group.population] for agency in agencies)),
    )
    session.add(survey)
    return survey


def _add_strata(
    session: Session, survey: Survey, group: Group, agencies: list[Agency], responses: int
) -> list[Stratum]:
    """Equal quotas, as real plans have them: the same number in every unit, as far as it has them."""
    quota = round(responses * group.share / answering_share(group) / len(agencies))
    sample = Sample(survey=survey, method="simple", seed=None, frame=FRAME)
    strata = [
        Stratum(
            sample=sample,
            unit=agency.unit,
            code=agency.unit.code,
            population=agency.populations[group.population],
            selected=min(quota, agency.populations[group.population]),
        )
        for agency in agencies
    ]
    session.add_all(strata)
    session.flush()
    return strata


def _replies(
    survey: Survey,
    group: Group,
    stratum: Stratum,
    leanings: Leanings,
    settings: Settings,
    rng: np.random.Generator,
) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    questionnaire = survey.questionnaire_version.questionnaire
    for person in respondents(group, stratum.selected, rng):
        response_id = uuid.UUID(bytes=rng.bytes(16), version=4)
        day = settings.today - datetime.timedelta(days=int(rng.integers(1, 30)))
        answers = answers_of(questionnaire, person, leanings, rng, settings.today)
        yield (
            {
                "id": response_id,
                "survey_id": survey.id,
                "unit_id": stratum.unit_id,
                "stratum_id": stratum.id,
                "mode": person.mode,
                "received_on": day,
            },
            {"response_id": response_id, "version": 1, "answers": answers, "made_on": day},
        )


def _add_invitations(
    session: Session, survey: Survey, strata: list[Stratum], responses: list[dict[str, Any]], key: str
) -> None:
    """A personal code for each person chosen; as many used as answers came online. Nobody holds the codes."""
    for stratum in strata:
        online = sum(row["stratum_id"] == stratum.id and row["mode"] == "online" for row in responses)
        rows = [
            {
                "survey_id": survey.id,
                "stratum_id": stratum.id,
                "code_hash": invitation_hash(generate().replace("-", ""), key),
                "used": number < online,
            }
            for number in range(stratum.selected)
        ]
        session.execute(sa.insert(Invitation), rows)
