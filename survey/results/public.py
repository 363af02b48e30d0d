"""The published results of a round, for everybody."""

from __future__ import annotations

import sqlalchemy as sa
from flask import Response, render_template
from sqlalchemy.orm import joinedload

from survey.access import public
from survey.db import db
from survey.models import Round, Run
from survey.results.blueprint import blueprint
from survey.results.reports import download
from survey.results.run_pages import summary


def find_published(code: str) -> Run:
    """The published run of the round; where there is none, there is no page."""
    query = sa.select(Run).join(Round).where(Round.code == code, Run.published_at.is_not(None))
    return db.first_or_404(query.options(joinedload(Run.round)))


@blueprint.get("/results/<code>")
@public
def show_published(code: str) -> str:
    run = find_published(code)
    return render_template(
        "results/published.html",
        run=run,
        round=run.round,
        synthetic=run.round.synthetic,
        stylesheet="staff.css",
        **summary(run),
    )


@blueprint.get("/results/<code>/report.xlsx")
@public
def download_published(code: str) -> Response:
    return download(find_published(code), "xlsx")
