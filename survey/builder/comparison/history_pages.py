"""One criterion over the versions of a framework: its name, its points, how it was assessed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from flask import abort, render_template, request
from flask_babel import gettext

from questionnaires.comparison import HistoryRow, history
from questionnaires.comparison.history import in_order
from questionnaires.comparison.words import DIFFERENCE_NAMES
from questionnaires.framework import Framework, Node
from questionnaires.schema import Questionnaire
from survey.access import roles
from survey.builder.blueprint import READERS, blueprint
from survey.builder.comparison.cells import Cell, Cells, tags
from survey.builder.covering import newest_questionnaires
from survey.db import db
from survey.language import text
from survey.models import FrameworkVersion


@dataclass(frozen=True)
class Year:
    """A version with the criterion as it stands there, and what changed against the version before."""

    version: FrameworkVersion
    framework: Framework
    cell: Cell | None
    tags: Sequence[tuple[str, str]]
    differences: tuple[str, ...]


@blueprint.get("/frameworks/<code>/history")
@roles(*READERS)
def criterion_history(code: str) -> str:
    """`criterion` of the address: a subject, or the code that the newest version that has it gives it."""
    versions = db.session.scalars(sa.select(FrameworkVersion).filter_by(code=code)).all()
    if not versions:
        abort(404)
    name = request.args.get("criterion", "")
    frameworks = in_order(version.framework for version in versions)
    years = years_of(versions, name) if name else []
    return render_template(
        "builder/comparison/history.html",
        code=code,
        newest=frameworks[-1],
        years=years,
        title=next((year.cell.title for year in reversed(years) if year.cell), ""),
        name=next((name_of(year.cell.node) for year in reversed(years) if year.cell), name),
        names=list(names(frameworks)),
    )


def years_of(versions: Sequence[FrameworkVersion], name: str) -> list[Year]:
    """The oldest first; 404 where no version knows the name."""
    stored = {version.version: version for version in versions}
    try:
        rows = history([version.framework for version in versions], name)
    except LookupError:
        abort(404)
    asked = newest_questionnaires()
    return [year_of(stored[row.framework.version], row, asked) for row in rows]


def year_of(version: FrameworkVersion, row: HistoryRow, asked: Sequence[Questionnaire]) -> Year:
    differences = row.change.differences if row.change else ()
    return Year(
        version,
        row.framework,
        Cells(row.framework, asked).everything(row.node),
        tags(row.kinds),
        tuple(gettext(DIFFERENCE_NAMES[key]) for key in differences),
    )


def names(frameworks: Sequence[Framework]) -> Iterator[tuple[str, str]]:
    """What each criterion is found by, with its last code and title; those dropped come at the end."""
    named: set[str] = set()
    for framework in reversed(frameworks):
        for node in framework.nodes:
            name = name_of(node)
            if name not in named:
                named.add(name)
                yield name, f"{node.code} {text(node.title)}"


def name_of(node: Node) -> str:
    return node.subject or node.code
