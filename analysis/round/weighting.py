"""The weights of one survey: N_h / n_h, then, where targets are given, brought in line with them."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analysis.dataset import Dataset
from analysis.estimation.design import Design
from analysis.estimation.design_error import DesignError
from analysis.recipe import Recipe
from analysis.refused import DataError
from analysis.round.inputs import CODES_USED, SurveyInput
from analysis.round.known_population import UNKNOWN_CELL, Margin, dimensions_of, joined, margins_of
from analysis.samples.response import ONLINE, by_open_link
from analysis.weighting.base import base_weights
from analysis.weighting.poststratification import poststratify
from analysis.weighting.raking import rake
from questionnaires.faults import N_, Fault

UNKNOWN_STRATUM = N_("There is no stratum “%(stratum)s”: %(count)s response(s) cannot be weighted.")
OTHER_UNIT = N_("Stratum “%(stratum)s” belongs to unit “%(unit)s”, but a response of it rates “%(rated)s”.")
TOO_MANY = N_("Stratum “%(stratum)s” has %(valid)s responses but a population of only %(population)s.")
NO_CLUSTER = N_("%(count)s response(s) have no cluster (psu), though others have one.")
ALL_UNKNOWN = N_("The targets sum to %(total)s, fewer than the %(unknown)s people whose profile is unknown.")


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
    targets; where these are margins, raking does. Responses whose profile is not known stay in a cell of
    their own, which keeps the total of its base weights; the targets are scaled to what that leaves, so that
    all cells, of every margin, sum to the total of the first.

    With clusters (psu) the first stage's sampling fraction is unknown and no finite population correction
    is made; without, it is n_h / N_h. Raises DataError.
    """
    frame = _frame(survey, dataset, values)
    design = _design(survey, frame, "weight", recipe)
    unweighted = _design(survey, frame, "one", recipe)
    if survey.targets is not None:
        design = _calibrate(survey, design)
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
        known = dataset.valid(dimensions_of(survey.targets))
        for margin in margins_of(survey.targets):
            frame[margin.column] = joined(known[list(margin.dimensions)])
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


def _calibrate(survey: SurveyInput, design: Design) -> Design:
    assert survey.targets is not None
    place, margins = f"surveys.{survey.code}.targets", margins_of(survey.targets)
    totals = {margin.column: _wanted(margin, design, margins[0].total, place) for margin in margins}
    try:
        if len(margins) == 1:
            return poststratify(design, margins[0].column, totals[margins[0].column])
        return rake(design, totals, variance="calibrate")
    except DesignError as error:
        raise DataError(_placed(error, place)) from error


def _wanted(margin: Margin, design: Design, total: float, place: str) -> pd.Series:
    """The margin's counts and the weight of the responses of unknown profile, together `total` people."""
    unknown = float(design.weights[(design.frame[margin.column] == UNKNOWN_CELL).to_numpy()].sum())
    if unknown >= total:
        raise DataError([Fault(place, ALL_UNKNOWN, {"total": total, "unknown": unknown})])
    known = pd.Series(margin.counts.to_numpy() * (total - unknown) / margin.total, margin.cells.to_numpy())
    return pd.concat([known, pd.Series({UNKNOWN_CELL: unknown})]) if unknown else known


def sample_table(survey: SurveyInput, dataset: Dataset) -> pd.DataFrame:
    """One row per stratum, with its valid responses, those of them by the open link, the rate at which people
    who were selected answered, and the base weight.
    """
    strata = survey.strata.sort_values("stratum")
    valid = strata["stratum"].map(dataset.frame["stratum"].value_counts()).fillna(0).astype(int)
    population = pd.to_numeric(strata["population"]).astype(float)
    selected = pd.to_numeric(strata["selected"], errors="coerce").astype(float)
    uninvited = _by_open_link(strata, dataset)
    return pd.DataFrame(
        {
            "survey": survey.code,
            "unit": strata["unit"],
            "stratum": strata["stratum"],
            "population": population,
            "selected": selected,
            "valid": valid,
            "by_open_link": uninvited,
            "response_rate": (valid - uninvited) / selected.where(selected > 0),
            "weight": population / valid.where(valid > 0),
        }
    )


def _by_open_link(strata: pd.DataFrame, dataset: Dataset) -> pd.Series:
    """Responses of each stratum that came by the open link; none where the codes used are not counted."""
    if CODES_USED not in strata:
        return pd.Series(0, strata.index)
    online = dataset.frame.loc[dataset.frame["mode"] == ONLINE, "stratum"].value_counts()
    pairs = zip(strata["stratum"].map(online).fillna(0), strata[CODES_USED].astype(float), strict=True)
    return pd.Series([by_open_link(*pair) for pair in pairs], strata.index).astype(int)
