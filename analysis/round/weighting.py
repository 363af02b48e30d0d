"""The weights of one survey: N_h / n_h, then, where targets are given, post-stratified to them."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analysis.dataset import Dataset
from analysis.estimation.design import Design
from analysis.estimation.design_error import DesignError
from analysis.recipe import Recipe
from analysis.refused import DataError
from analysis.round.inputs import SurveyInput
from analysis.weighting.base import base_weights
from analysis.weighting.poststratification import poststratify
from questionnaires.faults import N_, Fault

UNKNOWN_STRATUM = N_("There is no stratum “%(stratum)s”: %(count)s response(s) cannot be weighted.")
OTHER_UNIT = N_("Stratum “%(stratum)s” belongs to unit “%(unit)s”, but a response of it rates “%(rated)s”.")
TOO_MANY = N_("Stratum “%(stratum)s” has %(valid)s responses but a population of only %(population)s.")
NO_CLUSTER = N_("%(count)s response(s) have no cluster (psu), though others have one.")
ALL_UNKNOWN = N_("The targets sum to %(total)s, fewer than the %(unknown)s people whose profile is unknown.")
UNKNOWN_CELL = "?"
BETWEEN = " × "


@dataclass(frozen=True, eq=False)
class Weighed:
    """One survey's responses under two designs: with its weights, and with every response counting one.

    Both frames hold the design columns, population and base weight of the stratum, and whatever value
    columns were given. `steps`: one row per step of weighting, as in `Design.report`.
    """

    weighted: Design
    unweighted: Design
    steps: pd.DataFrame


def weigh(survey: SurveyInput, dataset: Dataset, values: pd.DataFrame, recipe: Recipe) -> Weighed:
    """Weigh the responses; `values` has further columns for the designs' frames.

    The base weight of a response is N_h / n_h: the people of its stratum per valid response, so that
    nonresponse within a stratum is taken to be at random. Post-stratification scales the weights to the
    targets. Responses whose profile is not known stay in a cell of their own, which keeps the total of its
    base weights; the targets are scaled to what that leaves, so that all cells sum to their total.

    With clusters (psu) the first stage's sampling fraction is unknown and no finite population correction
    is made; without, it is n_h / N_h. Raises DataError.
    """
    frame = _frame(survey, dataset, values)
    design = _design(survey, frame, "weight", recipe)
    unweighted = _design(survey, frame, "one", recipe)
    if survey.targets is not None:
        design = _poststratify(survey, design)
    return Weighed(design, unweighted, design.report)


def _frame(survey: SurveyInput, dataset: Dataset, values: pd.DataFrame) -> pd.DataFrame:
    frame = dataset.frame[["response_id", "unit", "stratum", "psu", "mode"]].copy()
    populations = survey.strata.set_index("stratum")["population"].astype(float)
    if faults := _stratum_faults(survey, frame, populations):
        raise DataError(faults)
    frame["population"] = frame["stratum"].map(populations).astype(float)
    frame["weight"] = base_weights(frame, "stratum", populations)
    frame["one"] = 1.0
    if survey.targets is not None:
        frame["cell"] = _cells(dataset.valid(_dimensions(survey.targets)))
    return pd.concat([frame, values], axis="columns")


def _stratum_faults(survey: SurveyInput, frame: pd.DataFrame, populations: pd.Series) -> list[Fault]:
    place, valid = f"surveys.{survey.code}", frame["stratum"].value_counts().sort_index()
    units = dict(zip(survey.strata["stratum"], survey.strata["unit"], strict=True))
    elsewhere = frame[frame["unit"] != frame["stratum"].map(units).fillna(frame["unit"])]
    pairs = elsewhere[["stratum", "unit"]].drop_duplicates().itertuples(index=False)
    crowded = valid[valid > populations.reindex(valid.index)]
    clusterless = int((frame["psu"] == "").sum()) if (frame["psu"] != "").any() else 0
    return [
        *(
            Fault(place, UNKNOWN_STRATUM, {"stratum": stratum, "count": count})
            for stratum, count in valid[~valid.index.isin(populations.index)].items()
        ),
        *(
            Fault(place, OTHER_UNIT, {"stratum": stratum, "unit": units[stratum], "rated": unit})
            for stratum, unit in pairs
        ),
        *(
            Fault(
                place,
                TOO_MANY,
                {"stratum": stratum, "valid": count, "population": populations.loc[str(stratum)]},
            )
            for stratum, count in crowded.items()
        ),
        *([Fault(place, NO_CLUSTER, {"count": clusterless})] if clusterless else []),
    ]


def _design(survey: SurveyInput, frame: pd.DataFrame, weights: str, recipe: Recipe) -> Design:
    clustered = bool((frame["psu"] != "").any())
    stages = {"clusters": "psu", "nest": True} if clustered else {"fpc": "population"}
    try:
        return Design(frame, weights=weights, strata="stratum", lonely=recipe.lonely, **stages)  # type: ignore[arg-type]
    except DesignError as error:
        raise DataError(_placed(error, f"surveys.{survey.code}")) from error


def _placed(error: DesignError, place: str) -> list[Fault]:
    return [Fault(place, fault.template, fault.values) for fault in error.faults]


def _poststratify(survey: SurveyInput, design: Design) -> Design:
    assert survey.targets is not None
    place = f"surveys.{survey.code}.targets"
    cells = _cells(survey.targets[_dimensions(survey.targets)])
    counts = survey.targets["count"].astype(float)
    unknown = float(design.weights[(design.frame["cell"] == UNKNOWN_CELL).to_numpy()].sum())
    if unknown >= counts.sum():
        raise DataError([Fault(place, ALL_UNKNOWN, {"total": counts.sum(), "unknown": unknown})])
    known = counts * (1 - unknown / counts.sum())
    wanted = [*zip(cells, known, strict=True), *([(UNKNOWN_CELL, unknown)] if unknown else [])]
    try:
        return poststratify(design, "cell", pd.DataFrame(wanted, columns=["cell", "count"]))
    except DesignError as error:
        raise DataError(_placed(error, place)) from error


def _dimensions(targets: pd.DataFrame) -> list[str]:
    return [column for column in targets.columns if column != "count"]


def _cells(table: pd.DataFrame) -> pd.Series:
    """The cell of each row: its values joined, or `UNKNOWN_CELL` where one of them is missing."""
    texts = table.astype("str")
    first, *others = texts.columns
    joined = texts[first].str.cat(texts[others], sep=BETWEEN) if others else texts[first]
    return joined.fillna(UNKNOWN_CELL)


def sample_table(survey: SurveyInput, dataset: Dataset) -> pd.DataFrame:
    """One row per stratum, with its valid responses, response rate (of those selected) and base weight."""
    strata = survey.strata.sort_values("stratum")
    valid = strata["stratum"].map(dataset.frame["stratum"].value_counts()).fillna(0).astype(int)
    population = pd.to_numeric(strata["population"]).astype(float)
    selected = pd.to_numeric(strata["selected"], errors="coerce").astype(float)
    return pd.DataFrame(
        {
            "survey": survey.code,
            "unit": strata["unit"],
            "stratum": strata["stratum"],
            "population": population,
            "selected": selected,
            "valid": valid,
            "response_rate": valid / selected.where(selected > 0),
            "weight": population / valid.where(valid > 0),
        }
    )
