"""A run: what came out, and for one agency where every figure comes from."""

from __future__ import annotations

import uuid
from typing import Any

import sqlalchemy as sa
from flask import abort, render_template

from survey.access import roles
from survey.collection.paper import unjudged
from survey.db import db
from survey.models import Run, Survey, Unit
from survey.results import figures, words
from survey.results.blueprint import READERS, blueprint, find_run, runs_of
from survey.results.publishing import obstacles, published_run
from survey.results.runs import same_as
from survey.results.stored import Names, framework_version, questionnaire_versions, result_of
from survey.results.unit_tree import unit_lines


@blueprint.get("/runs/<uuid:run_id>")
@roles(*READERS)
def show_run(run_id: uuid.UUID) -> str:
    run = find_run(run_id)
    runs = runs_of(run.round)
    return render_template(
        "results/run.html",
        run=run,
        round=run.round,
        synthetic=run.round.synthetic,
        others=[other for other in runs if other is not run],
        same=same_as(runs).get(run),
        published=published_run(run.round),
        obstacles=obstacles(run),
        unjudged=unjudged(Survey.round_id == run.round_id),
        **summary(run),
    )


def summary(run: Run) -> dict[str, Any]:
    """The figures that the run's page and the public one share."""
    result = result_of(run)
    names = Names(result)
    return {
        "names": names,
        "manifest": result.manifest,
        "decimals": result.manifest["framework"]["decimals"],
        "groups": figures.ranking(result, names),
        "surveys": figures.satisfaction(result, names),
        "samples": figures.samples(result),
        "responses": figures.responses(result),
        "recipe": words.recipe_in_words(run.recipe),
    }


@blueprint.get("/runs/<uuid:run_id>/units/<code>")
@roles(*READERS)
def show_unit(run_id: uuid.UUID, code: str) -> str:
    run = find_run(run_id)
    result = result_of(run)
    names, version, forms = Names(result), framework_version(result), questionnaire_versions(result)
    unit = next(
        (each for group in figures.ranking(result, names) for each in group.units if each.code == code), None
    )
    if unit is None:
        abort(404)
    questionnaires = {survey: form.questionnaire for survey, form in forms.items()}
    return render_template(
        "results/unit.html",
        run=run,
        round=run.round,
        synthetic=run.round.synthetic,
        unit=unit,
        unit_id=db.session.scalar(sa.select(Unit.id).where(Unit.code == code)),
        lines=unit_lines(result, version.framework, questionnaires, code),
        surveys=figures.unit_satisfaction(result, names, code),
        strata=figures.rows_of(result, "sample", unit=code),
        names=names,
        version=version,
        forms=forms,
        manifest=result.manifest,
        decimals=result.manifest["framework"]["decimals"],
    )
