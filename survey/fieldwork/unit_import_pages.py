"""Units from an uploaded table, and the pattern for one."""

from __future__ import annotations

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext

from survey.access import roles
from survey.builder.terms import UNIT_TYPES, unit_type
from survey.db import db
from survey.faulty_sheets import report_of
from survey.fieldwork.blueprint import UNIT_WRITERS, blueprint
from survey.fieldwork.tables import TableRefused, uploaded_sheet, workbook
from survey.fieldwork.unit_import import NEEDED, OPTIONAL, read_units, store_units

COLUMNS = {
    "code": lazy_gettext("short and lasting: letters without marks, digits, . _ -"),
    "name": lazy_gettext("the full name"),
    "type": lazy_gettext("one of the types below"),
    "valid_from": lazy_gettext("the first day, such as 01/07/2025"),
    "ranking_group": lazy_gettext("the code of its usual ranking group; may be blank"),
    "parent": lazy_gettext("the code of the unit above it; may be blank"),
    "valid_to": lazy_gettext("the last day; blank while the unit exists"),
}


@blueprint.route("/units/import", methods=["GET", "POST"])
@roles(*UNIT_WRITERS)
def import_units() -> ResponseReturnValue:
    if request.method == "GET":
        return show_import()
    try:
        sheet = uploaded_sheet(request.files.get("file"))
        rows, faults = read_units(sheet)
        if faults:
            raise TableRefused(faults)
    except TableRefused as refused:
        return show_import(report_of(refused.faults)), 422
    result = store_units(rows)
    db.session.commit()
    flash(
        gettext(
            "%(added)s units are new, %(changed)s changed, %(same)s were the same already.",
            added=result.added,
            changed=result.changed,
            same=result.same,
        )
    )
    return redirect(url_for("fieldwork.list_units"))


def show_import(report: object = None) -> str:
    return render_template("fieldwork/import_units.html", report=report, columns=COLUMNS, types=UNIT_TYPES)


@blueprint.get("/units/pattern.xlsx")
@roles(*UNIT_WRITERS)
def unit_pattern() -> Response:
    """A workbook to fill in: the headings, and what belongs below each."""
    explained = [[name, words] for name, words in COLUMNS.items()]
    types = [[code, unit_type(code)] for code in UNIT_TYPES]
    pages = {gettext("Units"): [[*NEEDED, *OPTIONAL]], gettext("How to fill it in"): [*explained, [], *types]}
    return workbook(pages, "units.xlsx")
