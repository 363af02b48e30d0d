"""The known population of a survey: shown, uploaded, taken away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from questionnaires.schema import Item, Questionnaire
from survey import audit
from survey.access import roles
from survey.db import db
from survey.faulty_sheets import report_of
from survey.fieldwork.blueprint import SURVEY_READERS, blueprint
from survey.fieldwork.margins import COUNT
from survey.fieldwork.sample_pages import changeable
from survey.fieldwork.survey_pages import subject
from survey.fieldwork.tables import TableRefused, workbook
from survey.fieldwork.targets import ONE_ANSWER, read_targets, read_upload
from survey.language import text
from survey.models import Survey
from survey.models.definition import digest


@blueprint.get("/surveys/<int:survey_id>/targets")
@roles(*SURVEY_READERS)
def show_targets(survey_id: int) -> str:
    return show(db.get_or_404(Survey, survey_id))


@blueprint.post("/surveys/<int:survey_id>/targets")
@roles("planner")
def store_targets(survey_id: int) -> ResponseReturnValue:
    survey = changeable(survey_id)
    try:
        sheet = read_upload(request.files.get("file"))
        targets, faults = read_targets(survey.questionnaire_version.questionnaire, sheet)
        if faults:
            raise TableRefused(faults)
    except TableRefused as refused:
        return show(survey, report_of(refused.faults)), 422
    survey.targets = targets
    audit.record(
        "targets.change",
        subject(survey),
        by=targets["by"],
        cells=len(targets["cells"]),
        sha256=digest(targets),
    )
    db.session.commit()
    flash(gettext("The known population is stored."))
    return redirect(url_for("fieldwork.show_targets", survey_id=survey_id))


@blueprint.post("/surveys/<int:survey_id>/targets/remove")
@roles("planner")
def remove_targets(survey_id: int) -> ResponseReturnValue:
    survey = changeable(survey_id)
    if survey.targets is not None:
        audit.record("targets.remove", subject(survey), sha256=digest(survey.targets))
        survey.targets = None
        db.session.commit()
        flash(gettext("Answers are weighed by the sample alone."))
    return redirect(url_for("fieldwork.show_targets", survey_id=survey_id))


def show(survey: Survey, report: object = None) -> str:
    questionnaire = survey.questionnaire_version.questionnaire
    targets = survey.targets or {"by": [], "cells": []}
    items = questionnaire.item_of
    dimensions = [items[code] for code in targets["by"] if code in items]
    return render_template(
        "fieldwork/targets.html",
        survey=survey,
        synthetic=survey.round.synthetic,
        report=report,
        head=[text(item.text) for item in dimensions],
        cells=[
            (
                [answer(item, cell.get(item.code)) for item in dimensions],
                cell[COUNT],
                cell[COUNT] / total_of(targets["cells"], like=cell),
            )
            for cell in targets["cells"]
        ],
        total=total_of(targets["cells"], like=targets["cells"][0]) if targets["cells"] else 0,
        margins=len({frozenset(cell) for cell in targets["cells"]}),
        profile=profile_items(questionnaire),
    )


def total_of(cells: Sequence[Mapping[str, Any]], like: Mapping[str, Any]) -> float:
    """The people of the margin that a cell belongs to."""
    return float(sum(cell[COUNT] for cell in cells if cell.keys() == like.keys()))


def answer(item: Item, code: str | None) -> str:
    """The words of an answer, or its code where the questionnaire has it no more."""
    if code is None:
        return gettext("all")
    return next((text(choice.text) for choice in item.question.choices if choice.code == code), code)


def profile_items(questionnaire: Questionnaire) -> list[Item]:
    """What the questionnaire asks about the respondent in one answer: what populations are known by."""
    return [
        item for item in questionnaire.items() if item.question.profile and item.question.kind in ONE_ANSWER
    ]


@blueprint.get("/surveys/<int:survey_id>/targets/pattern.xlsx")
@roles("planner")
def targets_pattern(survey_id: int) -> Response:
    """A workbook to fill in, the counts blank: every combination of the chosen items, or one after the
    other.
    """
    survey = db.get_or_404(Survey, survey_id)
    profile = profile_items(survey.questionnaire_version.questionnaire)
    chosen = [item for item in profile if item.code in request.args.getlist("item")] or profile[:1]
    grids = [[item] for item in chosen] if request.args.get("form") == "margins" else [chosen]
    words = [[item.code, choice.code, text(choice.text)] for item in chosen for choice in item.levels]
    pages = {
        gettext("Population"): [
            [*(item.code for item in chosen), COUNT],
            *(row for grid in grids for row in pattern_rows(chosen, grid)),
        ],
        gettext("What the codes mean"): [[gettext("Question"), gettext("Code"), gettext("Answer")], *words],
    }
    return workbook(pages, f"population-{survey.code}.xlsx")


def pattern_rows(columns: Sequence[Item], filled: Sequence[Item]) -> Iterator[list[str]]:
    """A row for every combination of the `filled` items, the other columns and the count left blank."""
    for codes in product(*([choice.code for choice in item.levels] for item in filled)):
        named = dict(zip((item.code for item in filled), codes, strict=True))
        yield [*(named.get(item.code, "") for item in columns), ""]
