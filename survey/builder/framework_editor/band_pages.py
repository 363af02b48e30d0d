"""Ratings: each with its condition, which is completed and put in words while it is written."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import jsonify, render_template, request
from flask.typing import ResponseReturnValue

from questionnaires import Fault
from questionnaires.check_framework import check_band_names
from questionnaires.expression import ExpressionError, names, parse_expression
from questionnaires.expression.tree import FUNCTIONS
from questionnaires.faults import N_
from questionnaires.framework import Framework
from questionnaires.ratings import read_condition
from survey.access import roles
from survey.builder.blueprint import blueprint
from survey.builder.conditions import Wording
from survey.builder.drafts.life import WRITERS
from survey.builder.drafts.storing import found
from survey.builder.framework_editor.list_part import list_editor
from survey.builder.framework_editor.reading import read_draft
from survey.builder.tree import BAND_FIGURES, figure_name


def with_condition(entry: dict[str, Any]) -> dict[str, Any]:
    """A rating as it was typed, a bare limit made an expression."""
    written = entry.get("when")
    return {**entry, "when": read_condition(written)} if isinstance(written, str) else entry


BANDS = list_editor("bands", N_("The ratings are saved."), with_condition)


@blueprint.route("/frameworks/drafts/<int:draft_id>/bands", methods=["GET", "POST"])
@roles(*WRITERS)
def edit_framework_bands(draft_id: int) -> ResponseReturnValue:
    return BANDS.edit(draft_id)


@blueprint.post("/frameworks/drafts/<int:draft_id>/expression")
@roles(*WRITERS)
def check_band(draft_id: int) -> str:
    """A fragment to put below the field: when the rating is given, or what is wrong with the condition."""
    framework = read_draft(found(draft_id, "framework")).framework
    written = request.form.get("expression", "").strip()
    said, faults = in_words(framework, read_condition(written)) if written else ("", [])
    return render_template("builder/framework_editor/expression.html", faults=faults, said=said)


def in_words(framework: Framework, written: str) -> tuple[str, list[Fault]]:
    """A condition in words, or its faults."""
    try:
        tree = parse_expression(written)
    except ExpressionError as error:
        return "", [Fault("", error.template, error.values)]
    faults = list(check_band_names("", tree, framework))
    return ("" if faults else Wording(partial(figure_name, framework)).words(tree)), faults


@blueprint.get("/frameworks/drafts/<int:draft_id>/names")
@roles(*WRITERS)
def band_names_to_suggest(draft_id: int) -> ResponseReturnValue:
    """What completion offers: the index, its fields, the facts that ratings name already, the functions."""
    framework = read_draft(found(draft_id, "framework")).framework
    fields = [f"field_{field.code}" for field in framework.fields]
    facts = {name for band in framework.bands if band.when is not None for name in names(band.when)}
    known = dict.fromkeys([*BAND_FIGURES, *fields, *sorted(facts)])
    items = [suggestion(framework, name) for name in known]
    functions = [{"name": name, "takes": list(takes)} for name, takes in FUNCTIONS.items()]
    return jsonify(items=items, functions=functions)


def suggestion(framework: Framework, name: str) -> dict[str, Any]:
    return {"code": name, "words": figure_name(framework, name), "answers": []}
