"""From the inputs of a round to its tables: the one file that knows the order."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from analysis.dataset import Dataset, build_dataset
from analysis.recipe import Recipe, read_recipe
from analysis.refused import DataError
from analysis.round.files import read_directory, write_directory
from analysis.round.inputs import RoundInputs, SurveyInput, input_faults
from analysis.round.labels import label_table
from analysis.round.manifest import build_manifest, input_hashes
from analysis.round.paper_forms import paper_tables
from analysis.round.ranking_tables import neighbours_table, ranking_table
from analysis.round.result import RunResult, tidy
from analysis.round.run_tables import covariance_of, criteria_table, index_of
from analysis.round.satisfaction import FIGURES, Rating, satisfaction_tables
from analysis.round.scale_tables import factor_values, scale_tables
from analysis.round.shares import FIGURES as SHARE_FIGURES
from analysis.round.shares import answer_shares, choice_items, choice_values, level_shares
from analysis.round.small_cells import suppress_few_answers, suppress_few_people
from analysis.round.tables import TABLES, arrange, framework_table
from analysis.round.weighting import Weighed, sample_table, weigh
from analysis.scoring.feeds import feed_values, find_feeds
from analysis.scoring.rated import rated_items, rated_values
from analysis.scoring.scores import RatedSurvey, sub_scores
from questionnaires.faults import N_
from questionnaires.schema import GROUPS

__all__ = ["RoundInputs", "RunResult", "SurveyInput", "read_directory", "run", "write_directory"]

READING = N_("Laying out the answers")
WEIGHING = N_("Weighing and estimating")
SCORING = N_("Scoring the criteria")
INDEXING = N_("Computing index and ranking")
WRITING = N_("Writing the tables")

Progress = Callable[[float, str], None]
Tables = dict[str, pd.DataFrame]


def run(inputs: RoundInputs, progress: Progress = lambda share, message: None) -> RunResult:
    """Compute a round. `progress` hears the share done (0..1) and what is being done (English, to translate).

    The order of rows in the inputs does not matter: the same inputs give the same bytes. Raises DataError
    (a DefinitionError) with everything that is wrong with them.
    """
    inputs = _in_order(inputs)
    recipe = read_recipe(inputs.recipe)
    if faults := input_faults(inputs):
        raise DataError(faults)
    progress(0.02, READING)
    datasets = _datasets(inputs)
    surveyed = []
    for place, survey in enumerate(inputs.surveys):
        progress(0.3 + 0.4 * place / len(inputs.surveys), WEIGHING)
        surveyed.append(_survey_tables(inputs, survey, datasets[survey.code], recipe))
    progress(0.7, SCORING)
    tables = _joined([part.tables for part in surveyed])
    tables |= _unit_tables(inputs, [part.rated for part in surveyed if part.rated], recipe, progress)
    progress(0.95, WRITING)
    tables |= _definition_tables(inputs, datasets)
    arranged = {name: tidy(arrange(name, tables.get(name), inputs)) for name in TABLES}
    return RunResult(arranged, build_manifest(inputs, datasets, recipe))


def current_hashes(inputs: RoundInputs) -> dict[str, str]:
    """The hash of each input, as a run made from them now would carry it in its manifest."""
    inputs = _in_order(inputs)
    return input_hashes(inputs, _datasets(inputs))


def _in_order(inputs: RoundInputs) -> RoundInputs:
    """The same inputs in an order of their own, whatever order files or queries gave them in."""
    places = {group: place for place, group in enumerate(GROUPS)}
    surveys = sorted(inputs.surveys, key=lambda survey: (places.get(survey.group, len(GROUPS)), survey.code))
    return replace(
        inputs,
        units=_sorted(inputs.units, ["unit"]),
        evidence=_sorted(inputs.evidence, ["unit", "criterion"]),
        surveys=[_survey_in_order(survey) for survey in surveys],
    )


def _survey_in_order(survey: SurveyInput) -> SurveyInput:
    targets, paper = survey.targets, survey.paper
    if targets is not None:
        targets = _sorted(targets, sorted(targets.columns))
    if paper is not None:
        paper = _sorted(paper, ["batch"])
    return replace(survey, strata=_sorted(survey.strata, ["stratum"]), targets=targets, paper=paper)


def _sorted(table: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Sums of the same numbers in another order may differ in their last digit."""
    known = [column for column in by if column in table]
    if not known:
        return table
    return table.sort_values(known, key=lambda column: column.astype(str), ignore_index=True, kind="stable")


def _datasets(inputs: RoundInputs) -> dict[str, Dataset]:
    as_of = inputs.round.get("as_of")
    today = datetime.date.fromisoformat(str(as_of)) if as_of else datetime.date.max
    return {
        survey.code: build_dataset(survey.questionnaire, survey.records, today=today)
        for survey in inputs.surveys
    }


@dataclass(frozen=True, eq=False)
class Surveyed:
    """What one survey gives: its tables, and itself made ready for scoring (None where nobody answered)."""

    tables: Tables
    rated: RatedSurvey | None


def _survey_tables(inputs: RoundInputs, survey: SurveyInput, dataset: Dataset, recipe: Recipe) -> Surveyed:
    sample = {"sample": sample_table(survey, dataset), **paper_tables(survey.code, survey.paper)}
    if dataset.frame.empty:
        return Surveyed(sample, None)
    feeds, rated = (
        find_feeds(inputs.framework, survey.questionnaire),
        rated_items(survey.questionnaire, recipe),
    )
    ratings = rated_values(dataset, rated, recipe)
    values = [
        feed_values(dataset, feeds),
        ratings,
        factor_values(ratings, rated),
        choice_values(dataset, choice_items(survey)),
    ]
    weighed = weigh(survey, dataset, pd.concat(values, axis=1), recipe)
    tables = {**sample, "weights": weighed.steps.assign(survey=survey.code)}
    tables |= _estimates(survey, Rating(survey, rated, weighed, recipe), weighed, recipe)
    ready = RatedSurvey(survey.code, survey.group, feeds, weighed.weighted, weighed.unweighted)
    return Surveyed(tables, ready)


def _estimates(survey: SurveyInput, rating: Rating, weighed: Weighed, recipe: Recipe) -> Tables:
    least = recipe.minimum_cell
    answers = suppress_few_people(
        answer_shares(survey, weighed), ["survey", "question"], SHARE_FIGURES, least
    )
    profile = answers["profile"].astype(bool)
    tables = {"profile": answers[profile], "answers": answers[~profile]}
    if not rating.items:
        return tables
    tables["satisfaction_levels"] = suppress_few_answers(
        level_shares(survey, rating.items, weighed), SHARE_FIGURES, least
    )
    tables |= scale_tables(survey, rating.items, weighed, recipe)
    satisfaction = satisfaction_tables(rating)
    return tables | {
        name: suppress_few_answers(table, FIGURES, least)
        for name, table in satisfaction.items()
        if len(table)
    }


def _joined(parts: Sequence[Tables]) -> Tables:
    names = dict.fromkeys(name for part in parts for name in part)
    return {name: pd.concat([part[name] for part in parts if name in part]) for name in names}


def _unit_tables(
    inputs: RoundInputs, surveys: Sequence[RatedSurvey], recipe: Recipe, progress: Progress
) -> Tables:
    framework, units = inputs.framework, inputs.units
    scores = sub_scores(framework, surveys, units, recipe)
    criteria = criteria_table(framework, units, inputs.evidence, scores)
    progress(0.85, INDEXING)
    result = index_of(framework, criteria, units, scores, recipe, with_survey=bool(inputs.surveys))
    covariance = covariance_of(framework, criteria, result.index, surveys, scores, recipe)
    fields = [field.code for field in framework.fields]
    return {
        "sub_scores": scores.table,
        "criteria": criteria,
        "fields": result.nodes[result.nodes["node"].isin(fields)].rename(columns={"node": "field"}),
        "index": result.index,
        "ranking": ranking_table(framework, result.index, covariance, recipe),
        "neighbours": neighbours_table(result.index, covariance, recipe),
    }


def _definition_tables(inputs: RoundInputs, datasets: Mapping[str, Dataset]) -> Tables:
    codebooks = [dataset.codebook.assign(survey=code) for code, dataset in datasets.items()]
    return {
        "units": inputs.units,
        "framework": framework_table(inputs.framework),
        "labels": label_table(inputs),
        **({"codebook": pd.concat(codebooks)} if codebooks else {}),
    }
