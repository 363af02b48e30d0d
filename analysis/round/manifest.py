"""What a run was made from and with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from analysis.dataset import Dataset
from analysis.recipe import Recipe
from analysis.round.canonical import json_hash, table_hash
from analysis.round.inputs import RoundInputs, SurveyInput
from analysis.round.known_population import dimensions_of, margins_of
from analysis.round.weighting import sample_table
from analysis.version import __version__
from questionnaires.dump import plain
from questionnaires.framework import Framework


def build_manifest(inputs: RoundInputs, datasets: Mapping[str, Dataset], recipe: Recipe) -> dict[str, Any]:
    """Round, framework, surveys, recipe, code version, each input's hash, and `run`, the hash of it all."""
    content = {
        "round": plain(dict(inputs.round)),
        "framework": _framework(inputs.framework),
        "surveys": [_survey(survey, datasets[survey.code]) for survey in inputs.surveys],
        "recipe": recipe.as_dict(),
        "code_version": __version__,
        "hashes": input_hashes(inputs, datasets),
    }
    return {**content, "run": json_hash(content)}


def _framework(framework: Framework) -> dict[str, Any]:
    return {
        "code": framework.code,
        "version": framework.version,
        "title": dict(framework.title),
        "decision": plain(framework.decision),
        "scale": framework.scale,
        "decimals": framework.decimals,
        "tie": plain(framework.tie),
        "survey_optional": framework.survey_optional,
        "notes": dict(framework.notes),
    }


def _survey(survey: SurveyInput, dataset: Dataset) -> dict[str, Any]:
    questionnaire = survey.questionnaire
    modes = dataset.frame["mode"].value_counts().sort_index()
    population, selected = (
        float(survey.strata[name].astype(float).sum()) for name in ("population", "selected")
    )
    uninvited = int(sample_table(survey, dataset)["by_open_link"].sum())
    return {
        "code": survey.code,
        "group": survey.group,
        "title": dict(questionnaire.title),
        "questionnaire": questionnaire.code,
        "version": questionnaire.version,
        "illustrative": questionnaire.illustrative,
        "population": population,
        "selected": selected,
        "valid": len(dataset.frame),
        "by_open_link": uninvited,
        "response_rate": (len(dataset.frame) - uninvited) / selected if selected else None,
        "modes": {str(mode): int(count) for mode, count in modes.items()},
        "factors": list(questionnaire.factors),
        "targets": [] if survey.targets is None else dimensions_of(survey.targets),
        "margins": [] if survey.targets is None else [list(m.dimensions) for m in margins_of(survey.targets)],
    }


def input_hashes(inputs: RoundInputs, datasets: Mapping[str, Dataset]) -> dict[str, str]:
    """SHA-256 of each input, by name, whatever the order of its rows."""
    hashes = {
        "framework": json_hash(plain(inputs.framework)),
        "units": table_hash(inputs.units, ["unit"]),
        "evidence": table_hash(inputs.evidence, ["unit", "criterion"]),
    }
    for survey in inputs.surveys:
        hashes[f"{survey.code}.questionnaire"] = json_hash(plain(survey.questionnaire))
        hashes[f"{survey.code}.answers"] = table_hash(datasets[survey.code].frame, ["response_id"])
        hashes[f"{survey.code}.strata"] = table_hash(survey.strata, ["stratum"])
        if survey.targets is not None:
            hashes[f"{survey.code}.targets"] = table_hash(survey.targets)
        if survey.paper is not None:
            hashes[f"{survey.code}.paper"] = table_hash(survey.paper, ["batch"])
    return hashes
