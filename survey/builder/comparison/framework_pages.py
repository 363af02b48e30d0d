"""Comparing two frameworks: on a page, and as a workbook for a submission's annex."""

from __future__ import annotations

from flask import Response, abort, render_template, request
from flask_babel import gettext

from questionnaires.comparison import ADDED, DROPPED, KINDS, RENAMED
from questionnaires.comparison.words import KIND_NAMES
from survey.access import roles
from survey.builder.blueprint import READERS, blueprint
from survey.builder.comparison.framework_view import compared
from survey.builder.comparison.sides import chosen
from survey.builder.comparison.workbook import comparison_workbook
from survey.builder.drafts.showing import with_decimals
from survey.builder.shelves import FRAMEWORKS

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("/frameworks/compare")
@roles(*READERS)
def compare_frameworks() -> str:
    """`before` and `after` name the sides; `kind` shows one kind of change alone."""
    choice = chosen(FRAMEWORKS)
    kind = request.args.get("kind", "")
    return render_template(
        "builder/comparison/frameworks.html",
        choice=choice,
        compared=compared(*choice.both) if choice.both else None,
        kind=kind if kind in KINDS else "",
        decimals=with_decimals(choice.after.definition).decimals if choice.both else 0,
        kind_names={each: gettext(words) for each, words in KIND_NAMES.items()},
        announced=((DROPPED, gettext("Dropped")), (RENAMED, gettext("Renamed")), (ADDED, gettext("Added"))),
    )


@blueprint.get("/frameworks/compare.xlsx")
@roles(*READERS)
def download_comparison() -> Response:
    both = chosen(FRAMEWORKS).both or abort(404)
    headers = {"Content-Disposition": 'attachment; filename="so-sanh-bo-tieu-chi.xlsx"'}
    return Response(comparison_workbook(*both), mimetype=XLSX, headers=headers)
