"""A small synthetic round under a shipped framework: units, four surveys, evidence. Seeded."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from analysis.round.paper_forms import PAPER_COLUMNS
from analysis.round.pipeline import RoundInputs, SurveyInput
from questionnaires import frameworks, library
from questionnaires.framework import Framework
from questionnaires.schema import Questionnaire

FRAMEWORK = "dak-lak-so-2022"
ROUND = {
    "code": "thu-2022",
    "title": {"vi": "Kỳ đánh giá thử 2022", "en": "Trial round 2022"},
    "year": 2022,
    "synthetic": True,
    "as_of": "2022-12-31",
}
SURVEYS = {
    "citizens": "citizen-satisfaction-2024",
    "businesses": "business-satisfaction-2024",
    "officials": "officials-2024",
    "deputies": "deputies-2024",
}
NOT_APPLICABLE = "c3_2_1"


def example_round(responses: int = 1200, unit_count: int = 6, seed: int = 7, **recipe: Any) -> RoundInputs:
    """About `responses` responses over the units and the four surveys."""
    rng = np.random.default_rng(seed)
    tree, units = frameworks.load(FRAMEWORK), example_units(unit_count)
    per_stratum = max(2, responses // (unit_count * len(SURVEYS)))
    surveys = [
        example_survey(code, library.load(name), units, per_stratum, rng) for code, name in SURVEYS.items()
    ]
    return RoundInputs(ROUND, tree, units, surveys, example_evidence(tree, units, rng), recipe)


def example_units(count: int) -> pd.DataFrame:
    """Departments, the last two of them the Ethnic Committee and the Inspectorate."""
    codes = [f"so-{place:02d}" for place in range(1, count - 1)]
    table = pd.DataFrame(
        {
            "unit": [*codes, "ban-dan-toc", "thanh-tra"],
            "name": [*(f"Sở thử nghiệm số {code[3:]}" for code in codes), "Ban Dân tộc", "Thanh tra tỉnh"],
            "type": [*["so"] * len(codes), "ban", "thanh_tra"],
            "ranking_group": [*["so-nganh"] * len(codes), "khong-xep-hang", "khong-xep-hang"],
        }
    )
    return table.assign(late_dossier_rate=np.linspace(0.5, 9.5, count))


def example_survey(
    code: str, questionnaire: Questionnaire, units: pd.DataFrame, per_stratum: int, rng: np.random.Generator
) -> SurveyInput:
    """One stratum a unit, populations unequal, a tenth of those selected not answering."""
    strata = pd.DataFrame(
        {
            "stratum": units["unit"] + "-" + questionnaire.group,
            "unit": units["unit"],
            "population": rng.integers(4 * per_stratum, 400 * per_stratum, len(units)),
            "selected": round(per_stratum * 1.1),
        }
    )
    records = list(example_records(questionnaire, strata, per_stratum, rng))
    targets = area_targets(strata) if questionnaire.group == "citizen" else None
    paper = example_paper() if questionnaire.group == "citizen" else None
    return SurveyInput(code, questionnaire.group, questionnaire, records, strata, targets, paper)


def example_paper() -> pd.DataFrame:
    """Two batches of 60 forms; of the second two are not keyed a second time yet."""
    rows = [("A-01", 58, 50, 3, 4, 2, 1, 0, 0, 0), ("A-02", 42, 30, 1, 1, 0, 0, 0, 2, 0)]
    return pd.DataFrame(rows, columns=list(PAPER_COLUMNS))


def area_targets(strata: pd.DataFrame) -> pd.DataFrame:
    total = float(strata["population"].sum())
    return pd.DataFrame({"area": ["urban", "rural"], "count": [0.3 * total, 0.7 * total]})


def example_records(
    questionnaire: Questionnaire, strata: pd.DataFrame, count: int, rng: np.random.Generator
) -> Iterator[dict[str, Any]]:
    for place, row in enumerate(strata.itertuples()):
        for number in range(count):
            yield {
                "response_id": f"{questionnaire.group}-{place:02d}-{number:06d}",
                "unit": row.unit,
                "stratum": row.stratum,
                "mode": "online" if rng.random() < 0.6 else "keyed",
                "answers": dict(example_answers(questionnaire, 0.55 + 0.02 * place, rng)),
            }


def example_answers(
    questionnaire: Questionnaire, leaning: float, rng: np.random.Generator
) -> Iterator[tuple[str, Any]]:
    """One choice a question; rated items lean to the better levels."""
    taste = np.clip(rng.normal(leaning, 0.15), 0.05, 0.95)
    for item in questionnaire.items():
        levels = [choice.code for choice in item.levels]
        if item.question.kind in ("scale", "matrix"):
            missing = [choice.code for choice in item.question.choices if choice.missing]
            unsure = missing and rng.random() < 0.05
            yield item.code, missing[0] if unsure else levels[rng.binomial(len(levels) - 1, taste)]
        elif item.question.kind == "single":
            yield item.code, levels[rng.integers(len(levels))]
        elif item.question.kind == "multiple":
            yield item.code, [code for code in levels if rng.random() < 0.3][:3]


def example_evidence(tree: Framework, units: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Self-scores and appraised points; one leaf does not apply to the first unit."""
    leaves = [leaf for leaf in tree.leaves if leaf.assessed_by == "evidence"]
    rows = [
        {
            "unit": unit,
            "criterion": leaf.code,
            "self_score": leaf.max_points,
            "appraised": round(leaf.max_points * float(rng.uniform(0.7, 1.0)), 2),
            "applicable": not (unit == "so-01" and leaf.code == NOT_APPLICABLE),
            "note": "",
        }
        for unit in units["unit"]
        for leaf in leaves
    ]
    return pd.DataFrame(rows)
