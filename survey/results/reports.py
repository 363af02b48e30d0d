"""A run's report: on the site, as one HTML file, as a workbook. All are made from the run's stored bytes."""

from __future__ import annotations

import functools
import importlib
import re
import threading
import uuid
from collections.abc import Callable
from types import ModuleType
from typing import NamedTuple

from flask import Response, render_template, request
from markupsafe import Markup

from analysis.round.result import RunResult
from analysis.version import __version__
from survey.access import public, roles
from survey.language import language
from survey.models import Run
from survey.results.blueprint import READERS, blueprint, find_run
from survey.results.stored import read

KEPT = 12  # written reports in memory
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Kind(NamedTuple):
    """A form that reports come in; `render(writer, result, language)` gives its content."""

    media_type: str
    render: Callable[[ModuleType, RunResult, str], str | bytes]


KINDS = {
    "part": Kind("text/html", lambda writer, *run: writer.html_report(*run, standalone=False)),
    "html": Kind("text/html; charset=utf-8", lambda writer, *run: writer.html_report(*run)),
    "xlsx": Kind(XLSX, lambda writer, *run: writer.xlsx_report(*run)),
}
writing = threading.Lock()  # the library that draws charts is not made for several threads


def writer() -> ModuleType:
    """What writes reports, loaded when the first one is asked for: its charts take seconds to load."""
    return importlib.import_module("analysis.report")


@functools.lru_cache(maxsize=KEPT)
def rendered(kind: str, sha256: str, run_id: uuid.UUID, words: str) -> str | bytes:
    """The report of a run's stored bytes in a language."""
    result = read(sha256, run_id)
    with writing:
        return KINDS[kind].render(writer(), result, words)


@blueprint.get("/report.css")
@public
def stylesheet() -> Response:
    """The look of a report as part of a page."""
    response = Response(writer().stylesheet(), mimetype="text/css")
    response.add_etag()
    return response.make_conditional(request)


@blueprint.get("/runs/<uuid:run_id>/report")
@roles(*READERS)
def show_report(run_id: uuid.UUID) -> str:
    run = find_run(run_id)
    report = Markup(rendered("part", run.sha256, run.id, language()))
    return render_template(
        "results/report.html", run=run, round=run.round, synthetic=run.round.synthetic, report=report
    )


@blueprint.get("/runs/<uuid:run_id>/report.html")
@roles(*READERS)
def download_html(run_id: uuid.UUID) -> Response:
    return download(find_run(run_id), "html")


@blueprint.get("/runs/<uuid:run_id>/report.xlsx")
@roles(*READERS)
def download_workbook(run_id: uuid.UUID) -> Response:
    return download(find_run(run_id), "xlsx")


def download(run: Run, kind: str) -> Response:
    """The report as a file. Whoever has it already is told so, and nothing is made or sent."""
    response = Response(mimetype=KINDS[kind].media_type)
    response.set_etag(f"{run.sha256}-{language()}-{__version__}")
    response.headers["Cache-Control"] = "private, no-cache"
    response.vary.add("Cookie")  # the language
    response.headers.set("Content-Disposition", "attachment", filename=file_name(run, kind))
    if not request.if_none_match.contains_weak(response.get_etag()[0]):
        response.set_data(rendered(kind, run.sha256, run.id, language()))
    return response.make_conditional(request)


def file_name(run: Run, kind: str) -> str:
    """ "vi-du-2022-1a2b3c4d-vi.xlsx": round, run, language; letters that every file system takes."""
    code = re.sub(r"[^A-Za-z0-9.]+", "-", run.round.code).strip("-.") or "round"
    return f"{code}-{run.sha256[:8]}-{language()}.{kind}"
