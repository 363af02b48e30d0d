"""A round small enough to work out by hand: one criterion by evidence, one by survey, two agencies ranked
and one only scored, one survey of citizens.

    made = answered_round(db.session)

Of 100 points, 60 are by evidence and 40 by survey: the mean of two items on a scale of three levels, worth
0, 1/2 and 1. The first agency has two strata of unequal size, so weights matter; see `EXPECTED`.
"""

from __future__ import annotations

import copy
import uuid
from typing import Any

from sqlalchemy.orm import Session

from survey.db import today
from survey.models import (
    EvidenceScore,
    FrameworkVersion,
    Response,
    ResponseVersion,
    Stratum,
    Survey,
)
from tests.survey.factory import (
    SMALL_QUESTIONNAIRE,
    MadeRound,
    choices,
    make_round,
    make_stratum,
    stored_version,
    words,
)

FRAMEWORK: dict[str, Any] = {
    "code": "small-framework",
    "version": "1",
    "title": words("Bộ tiêu chí nhỏ", "Small framework"),
    "decision": {"number": "1/QĐ-UBND", "issuer": "UBND tỉnh", "date": "2022-01-31"},
    "applies_to": ["so"],
    "scale": 100,
    "decimals": 2,
    "bands": [
        {"code": "good", "title": words("Tốt", "Good"), "when": "${index} >= 80"},
        {"code": "fair", "title": words("Khá", "Fair"), "when": "${index} < 80"},
    ],
    "ranking_groups": [
        {"code": "so-nganh", "title": words("Các sở", "Departments"), "ranked": True},
        {"code": "khac", "title": words("Chỉ chấm điểm", "Scored only"), "ranked": False},
    ],
    "nodes": [
        {"code": "c1", "title": words("Chỉ đạo, điều hành", "Steering")},
        {
            "code": "c1_1",
            "parent": "c1",
            "title": words("Ban hành kế hoạch", "Plan issued"),
            "max_points": 60,
            "assessed_by": "evidence",
        },
        {"code": "c2", "title": words("Phục vụ người dân", "Serving people")},
        {
            "code": "c2_1",
            "parent": "c2",
            "title": words("Hài lòng của người dân", "Satisfaction of citizens"),
            "max_points": 40,
            "assessed_by": "survey",
            "rule": {"name": "scaled_mean"},
            "groups": {"citizen": 1},
            "illustrative": True,
        },
    ],
}


def rating_questionnaire() -> dict[str, Any]:
    """The factory's short form with the area people live in, its two rated items feeding the criterion."""
    content = copy.deepcopy(SMALL_QUESTIONNAIRE)
    content["code"] = "small-rating"
    content["factors"] = {"staff": words("Công chức", "Civil servants")}
    for row in content["sections"][2]["questions"][0]["rows"]:
        row.update(criterion="c2_1", factor="staff")
    area = {
        "code": "area",
        "kind": "single",
        "profile": True,
        "text": words("Nơi ở", "Where you live"),
        "choices": choices(("urban", "Thành thị", "Urban"), ("rural", "Nông thôn", "Rural")),
    }
    content["sections"][3]["questions"].append(area)
    return content


# (agency, stratum) → population, and the answers to both items, one pair a person.
ANSWERS = {
    (0, "near"): (300, [("high", "high"), ("high", "middle"), ("high", "high")]),
    (0, "far"): (100, [("low", "middle"), ("low", "low"), ("middle", "low"), ("low", "low"), ("low", "low")]),
    (1, "all"): (200, [("middle", "middle"), ("high", "middle"), ("low", "dont_know")]),
    (2, "all"): (50, [("high", "high"), ("middle", "high")]),
}
APPRAISED = (54.0, 48.0, 30.0)

# Worked by hand. Agency 1: near, polite 3/3 = 1, clear 2.5/3; far, polite 0.5/5 = 0.1, clear 0.5/5 = 0.1.
# Weighted 3 : 1, polite (3·1 + 0.1)/4 = 0.775, clear (3·2.5/3 + 0.1)/4 = 0.65; their mean 0.7125.
# Unweighted: polite 3.5/8 = 0.4375, clear 3/8 = 0.375; their mean 0.40625.
# Points 54 + 40 · 0.7125 = 82.5, or 54 + 40 · 0.40625 = 70.25 without weights.
# Agency 2: polite 1.5/3 = 0.5, clear 1/2 = 0.5 (one does not know): 48 + 20 = 68.
# Agency 3: polite 1.5/2 = 0.75, clear 1: 30 + 40 · 0.875 = 65.
EXPECTED = {"weighted": (82.5, 68.0, 65.0), "unweighted": (70.25, 68.0, 65.0)}


def answered_round(session: Session, *, synthetic: bool = False) -> MadeRound:
    made = make_round(session, questionnaire=rating_questionnaire(), codes_each=0, synthetic=synthetic)
    made.round.framework_version = stored_version(session, FrameworkVersion, FRAMEWORK)
    made.round.members[2].ranking_group = "khac"
    for stratum in made.strata:
        session.delete(stratum)
    session.commit()
    made.strata = [
        make_stratum(made.survey, made.units[place], population, code=f"{made.units[place].code}-{name}")
        for (place, name), (population, _) in ANSWERS.items()
    ]
    session.flush()
    for stratum, (_, pairs) in zip(made.strata, ANSWERS.values(), strict=True):
        for polite, clear in pairs:
            add_response(session, made.survey, stratum, polite=polite, clear=clear)
    for unit, points in zip(made.units, APPRAISED, strict=True):
        score = {"criterion": "c1_1", "self_score": 60, "appraised": points, "appraisal_note": "Chậm"}
        session.add(EvidenceScore(round_id=made.round.id, unit_id=unit.id, **score))
    session.commit()
    return made


def add_response(
    session: Session, survey: Survey, stratum: Stratum, *, mode: str = "online", **answers: object
) -> Response:
    """An accepted response; answers beyond the two rated items may be given by name."""
    response = Response(
        id=uuid.uuid4(),
        survey_id=survey.id,
        unit_id=stratum.unit_id,
        stratum_id=stratum.id,
        mode=mode,
        received_on=today(),
    )
    response.versions = [ResponseVersion(version=1, answers={"received": "no", **answers}, made_on=today())]
    session.add(response)
    session.flush()
    return response
