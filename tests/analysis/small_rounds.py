"""A round small enough to follow by hand: one unit, one criterion, one item of five levels."""

from dataclasses import replace
from typing import Any

import pandas as pd

from analysis.round.inputs import RoundInputs, SurveyInput
from questionnaires.framework import Rule
from questionnaires.schema import Choice
from tests.analysis.forms import form, matrix, question
from tests.analysis.rounds import ROUND
from tests.analysis.trees import field, framework, leaf

REFUSED = Choice("no_answer", {"vi": "Không trả lời"}, missing="refused")
SEXES = (Choice("male", {"vi": "Nam"}), Choice("female", {"vi": "Nữ"}), REFUSED)


def small_survey(sexes: list[str | None], targets: pd.DataFrame | None = None, **details: Any) -> SurveyInput:
    """Unit A, one stratum of 100 people; one response for each sex given, all at level 3 of 5."""
    asked = form(matrix("m", ("q1", "1", None)), question("sex", "single", choices=SEXES, profile=True))
    answers = [{"q1": "3", **({"sex": sex} if sex else {})} for sex in sexes]
    records = [
        {"response_id": f"r{place}", "unit": "A", "stratum": "A1", "answers": given}
        for place, given in enumerate(answers)
    ]
    strata = pd.DataFrame({"stratum": ["A1"], "unit": ["A"], "population": [100], "selected": [20]})
    given = {"code": "dan", "group": "citizen", "questionnaire": asked, "records": records, "strata": strata}
    return SurveyInput(**(given | {"targets": targets} | details))


def small_round(*surveys: SurveyInput, **details: Any) -> RoundInputs:
    rated = leaf("1.1", 100, "survey", subject="1", rule=Rule("scaled_mean"), groups={"citizen": 1.0})
    tree = framework(field("1", 100), rated)
    units = pd.DataFrame({"unit": ["A"], "name": ["Sở A"]})
    evidence = pd.DataFrame(columns=["unit", "criterion", "self_score", "appraised", "applicable", "note"])
    given = {"round": ROUND, "framework": tree, "units": units, "surveys": surveys, "evidence": evidence}
    return RoundInputs(**(given | details))


def targets(**counts: float) -> pd.DataFrame:
    return pd.DataFrame({"sex": list(counts), "count": list(counts.values())})


AREAS = (Choice("urban", {"vi": "Thành thị"}), Choice("rural", {"vi": "Nông thôn"}))


def survey_by_sex_and_area(people: list[tuple[str, str]], known: pd.DataFrame) -> SurveyInput:
    asked = form(
        matrix("m", ("q1", "1", None)),
        question("sex", "single", choices=SEXES, profile=True),
        question("area", "single", choices=AREAS, profile=True),
    )
    records = [
        {
            "response_id": f"r{place}",
            "unit": "A",
            "stratum": "A1",
            "answers": {"q1": "3", "sex": sex, "area": area},
        }
        for place, (sex, area) in enumerate(people)
    ]
    return replace(small_survey([]), questionnaire=asked, records=records, targets=known)


def margins(male: float, female: float, urban: float, rural: float) -> pd.DataFrame:
    rows = [("male", None, male), ("female", None, female), (None, "urban", urban), (None, "rural", rural)]
    return pd.DataFrame(rows, columns=["sex", "area", "count"])


PEOPLE = 5 * [
    *[("male", "urban")] * 4,
    *[("male", "rural")] * 2,
    *[("female", "urban")] * 2,
    ("female", "rural"),
]
