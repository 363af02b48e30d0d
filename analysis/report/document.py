"""The report as HTML: a part of a page, or a page of its own."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined

from analysis.report.page import Page
from analysis.report.parts.annex import annex
from analysis.report.parts.index import index
from analysis.report.parts.method import method
from analysis.report.parts.survey import survey
from analysis.round.result import RunResult


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("analysis.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def stylesheet() -> str:
    """The style sheet of the report; a page that holds the report as a part links to it."""
    return files("analysis.report").joinpath("report.css").read_text(encoding="utf-8")


def html_report(result: RunResult, language: str, standalone: bool = True) -> str:
    """The report of a run in Vietnamese ("vi") or English ("en").

    `standalone`: a whole page that needs no other file; else an <article> for a page of one's own, without
    style, script or anything else that a strict content policy forbids, but with images as data: addresses.
    Raises ValueError for another language.
    """
    page = Page(result, language)
    template = _environment().get_template("page.html" if standalone else "article.html")
    round_ = result.manifest["round"]
    return template.render(
        words=page.words,
        title=page.words("general.title", round=page.words.text(round_["title"])),
        year=round_.get("year"),
        synthetic=bool(round_.get("synthetic")),
        run=result.manifest["run"],
        parts=[make(page) for make in (method, survey, index, annex)],
        style=stylesheet() if standalone else "",
    )
