"""What a run starts from, and everything that can be wrong with it before anything is computed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from analysis.round.known_population import NO_COLUMN, target_faults
from analysis.round.paper_forms import PAPER_COLUMNS, count_faults
from analysis.scoring.feeds import feed_faults
from analysis.scoring.index_faults import index_faults
from questionnaires.faults import N_, Fault
from questionnaires.framework import Framework
from questionnaires.schema import GROUPS, Questionnaire

TWICE = N_("“%(code)s” is listed more than once.")
UNKNOWN_UNIT = N_("There is no unit “%(unit)s” in this round.")
UNKNOWN_GROUP = N_("There is no group “%(group)s”; there are %(groups)s.")
BY_SURVEY = N_(
    "Criterion “%(criterion)s” of unit “%(unit)s” is assessed by survey and takes no appraised points."
)
BAD_COUNT = N_("Stratum “%(stratum)s”: the %(column)s is %(value)s; a number of at least 0 is needed.")

STRATA_COLUMNS = ("stratum", "unit", "population", "selected")
CODES_USED = "codes_used"
EVIDENCE_COLUMNS = ("unit", "criterion", "self_score", "appraised", "applicable", "note")


@dataclass(frozen=True, eq=False)
class SurveyInput:
    """One survey: who was asked (`group`), what, how the sample was drawn, and the answers.

    `records`: see `build_dataset`; read once, so a generator will do. `strata`: stratum, unit, population,
    selected; and codes_used, where people who were not drawn could answer too (see `by_open_link`): how many
    of the personal codes of the stratum's people were used. `targets`: None, or what the weights are brought
    in line with: dimension columns (item codes, or unit, stratum, mode) and `count`. Rows that leave
    dimensions blank are margins to rake to. `paper`: None, or what became of paper forms: PAPER_COLUMNS.
    """

    code: str
    group: str
    questionnaire: Questionnaire
    records: Iterable[Mapping[str, Any]]
    strata: pd.DataFrame
    targets: pd.DataFrame | None = None
    paper: pd.DataFrame | None = None


@dataclass(frozen=True, eq=False)
class RoundInputs:
    """Everything a run reads.

    `round`: code, title, year, synthetic (bool), as_of (ISO date). `units`: unit, name, ranking_group, type
    and the facts that bands and rules ask for. `evidence`: unit, criterion, self_score, appraised,
    applicable, note. `recipe`: settings that differ from the defaults of `Recipe`.
    """

    round: Mapping[str, Any]
    framework: Framework
    units: pd.DataFrame
    surveys: Sequence[SurveyInput]
    evidence: pd.DataFrame
    recipe: Mapping[str, Any] = field(default_factory=dict)


def input_faults(inputs: RoundInputs) -> list[Fault]:
    """Everything wrong with the tables, and with how definitions fit together, at once.

    Definitions by themselves were checked when they were parsed; responses are as they are laid out.
    """
    return [
        *feed_faults(inputs.framework, {survey.code: survey.questionnaire for survey in inputs.surveys}),
        *(_columns("units", inputs.units, ("unit", "name")) or _evidence_faults(inputs)),
        *(fault for survey in inputs.surveys for fault in _survey_faults(survey, inputs.units)),
        *_repeated("surveys", pd.Series([survey.code for survey in inputs.surveys], dtype=object)),
    ]


def _columns(place: str, table: pd.DataFrame, wanted: Sequence[str]) -> list[Fault]:
    return [Fault(place, NO_COLUMN, {"column": column}) for column in wanted if column not in table]


def _repeated(place: str, codes: pd.Series) -> list[Fault]:
    return [Fault(place, TWICE, {"code": code}) for code in codes[codes.duplicated()].unique()]


def _evidence_faults(inputs: RoundInputs) -> list[Fault]:
    evidence = inputs.evidence
    if faults := _columns("evidence", evidence, EVIDENCE_COLUMNS[:4]):
        return faults
    by_survey = {leaf.code for leaf in inputs.framework.survey_leaves}
    scored = evidence[evidence["criterion"].isin(by_survey) & evidence["appraised"].notna()]
    return [
        *index_faults(
            inputs.framework, evidence.rename(columns={"appraised": "points"}), inputs.units, "evidence"
        ),
        *(
            Fault("evidence", BY_SURVEY, {"unit": unit, "criterion": code})
            for unit, code in zip(scored["unit"], scored["criterion"], strict=True)
        ),
    ]


def _strange(codes: pd.Series, known: Iterable[str]) -> list[str]:
    return list(codes[~codes.isin(list(known))].unique())


def _survey_faults(survey: SurveyInput, units: pd.DataFrame) -> Iterator[Fault]:
    place = f"surveys.{survey.code}.strata"
    if survey.group not in GROUPS:
        named = {"group": survey.group, "groups": ", ".join(GROUPS)}
        yield Fault(f"surveys.{survey.code}", UNKNOWN_GROUP, named)
    if survey.targets is not None:
        yield from target_faults(survey.targets, survey.questionnaire, f"surveys.{survey.code}.targets")
    if survey.paper is not None:
        yield from _paper_faults(survey.paper, f"surveys.{survey.code}.paper")
    if faults := _columns(place, survey.strata, STRATA_COLUMNS):
        yield from faults
        return
    for unit in _strange(survey.strata["unit"], set(units.get("unit", ()))):
        yield Fault(place, UNKNOWN_UNIT, {"unit": unit})
    yield from _repeated(place, survey.strata["stratum"])
    for column in ("population", *survey.strata.columns.intersection([CODES_USED])):
        numbers = pd.to_numeric(survey.strata[column], errors="coerce")
        for row in survey.strata[~(numbers >= 0)].to_dict("records"):
            named = {"stratum": row["stratum"], "column": column, "value": row[column]}
            yield Fault(place, BAD_COUNT, named)


def _paper_faults(paper: pd.DataFrame, place: str) -> list[Fault]:
    if faults := _columns(place, paper, PAPER_COLUMNS):
        return faults
    return [*_repeated(place, paper["batch"]), *count_faults(paper, place)]
