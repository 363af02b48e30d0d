"""Frameworks as the spreadsheets that provinces keep: the empty pattern, one uploaded, one handed out."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from questionnaires.editing.coded import tables
from questionnaires.exchange.framework_sheet import (
    is_header,
    read_framework_sheet,
    template_sheet,
    write_framework_sheet,
)
from questionnaires.exchange.framework_sheet.writing import workbook, written_nodes
from questionnaires.faults import N_
from questionnaires.framework import Framework
from questionnaires.parse_framework import dump_framework
from questionnaires.sheets import SheetFault, SheetsRefused, read_sheets
from survey.access import roles
from survey.builder.blueprint import READERS, blueprint
from survey.builder.drafts.life import WRITERS
from survey.builder.drafts.storing import begin, found
from survey.builder.framework_editor.reading import Reading, read_draft
from survey.builder.pages import safe_name
from survey.db import db
from survey.faulty_sheets import XLSX, Report, report_of
from survey.language import language
from survey.models import FrameworkVersion

NO_FILE = N_("Choose a file.")
BEGUN = N_("The spreadsheet is read. This is its draft; nothing else is changed by it.")


@blueprint.get("/frameworks/template.xlsx")
@roles(*READERS)
def framework_template() -> Response:
    return attached(template_sheet(language()), gettext("framework-template"))


@blueprint.get("/frameworks/<int:version_id>.xlsx")
@roles(*READERS)
def framework_as_sheet(version_id: int) -> Response:
    version = db.get_or_404(FrameworkVersion, version_id)
    return attached(write_framework_sheet(version.framework, language()), named(version.framework))


@blueprint.get("/frameworks/drafts/<int:draft_id>.xlsx")
@roles(*WRITERS)
def framework_draft_as_sheet(draft_id: int) -> Response:
    reading = read_draft(found(draft_id, "framework"))
    return attached(draft_sheet(reading, language()), named(reading.framework))


def draft_sheet(reading: Reading, language: str) -> bytes:
    """The draft as far as it can be read; cells of what is missing or cannot be read are blank."""
    framework = reading.framework
    pointless = {node.code for node in framework.nodes if not math.isfinite(node.max_points)}
    nodes = tuple(
        replace(node, max_points=0.0) if node.code in pointless else node for node in framework.nodes
    )
    whole = replace(framework, nodes=nodes, bands=())
    definition = dump_framework(whole)
    rows = [
        {key: value for key, value in node.items() if key != "max_points" or node["code"] not in pointless}
        for node in written_nodes(whole, definition)
    ]
    depths = [whole.depth(node) for node in nodes]
    bands = tables(reading.content, "bands")  # their conditions as written, readable or not
    return workbook({**definition, "nodes": rows, "bands": bands}, depths, language)


def named(framework: Framework) -> str:
    return f"{safe_name(framework.code)}-{safe_name(framework.version)}"


def attached(content: bytes, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}.xlsx"'}
    return Response(content, mimetype=XLSX, headers=headers)


@blueprint.route("/frameworks/upload", methods=["GET", "POST"])
@roles(*WRITERS)
def upload_framework_sheet() -> ResponseReturnValue:
    """A new draft from a workbook, or everything wrong with it at once."""
    if request.method == "GET":
        return show_upload()
    try:
        definition = read_upload()
    except SheetsRefused as refused:
        return show_upload(report_of(refused.faults)), 422
    draft = begin("framework", definition)
    db.session.commit()
    flash(gettext(BEGUN))
    return redirect(url_for("builder.edit_framework_draft", draft_id=draft.id))


def read_upload() -> dict[str, Any]:
    """Raises SheetsRefused."""
    file = request.files.get("file")
    if file is None or not file.filename:
        raise SheetsRefused([SheetFault("", None, None, NO_FILE)])
    return read_framework_sheet(read_sheets(file.stream, indents=True, is_header=is_header))


def show_upload(report: Report | None = None) -> str:
    return render_template("builder/framework_editor/upload.html", report=report)
