"""The page on how people get through the form, and the same figures as a file."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Response, render_template
from flask_babel import gettext
from sqlalchemy.orm import joinedload

from survey.access import roles
from survey.db import db
from survey.fieldwork.blueprint import blueprint
from survey.fieldwork.tables import comma_separated
from survey.fieldwork.way import words
from survey.fieldwork.way.figures import PageLine, Way, way_of
from survey.language import LANGUAGES
from survey.models import Survey
from survey.respond.answering.booklet import booklet_of

READERS = ("planner", "supervisor", "analyst")


@blueprint.get("/surveys/<int:survey_id>/way")
@roles(*READERS)
def show_way(survey_id: int) -> str:
    survey = find(survey_id)
    return render_template(
        "fieldwork/way.html",
        survey=survey,
        synthetic=survey.round.synthetic,
        way=way_of(survey, booklet_of(survey)),
        words=words,
        title_of=title_of,
    )


@blueprint.get("/surveys/<int:survey_id>/way.csv")
@roles(*READERS)
def download_way(survey_id: int) -> Response:
    """What the page shows, rounded as there."""
    survey = find(survey_id)
    rows = rows_of(way_of(survey, booklet_of(survey)))
    return comma_separated(rows, f"way-{survey.code}.csv")


def find(survey_id: int) -> Survey:
    return db.get_or_404(
        Survey, survey_id, options=[joinedload(Survey.round), joinedload(Survey.questionnaire_version)]
    )


def title_of(line: PageLine) -> str:
    return f"{line.number}. {line.title}" if line.number else gettext("Check your answers")


def rows_of(way: Way) -> Iterator[list[object]]:
    yield [gettext("What"), gettext("Which"), gettext("People"), gettext("Left here"), gettext("Median time")]
    yield [gettext("Read the first page and declined"), "", words.people(way.declined), "", ""]
    yield [gettext("Started"), "", words.people(way.started), "", ""]
    yield [gettext("Finished"), "", words.people(way.finished), "", ""]
    for part in way.doors:
        yield [gettext("Finished"), gettext(words.DOORS[part.key]), words.people(part.count), "", ""]
    for line in way.pages:
        counts = words.people(line.reached), words.people(line.left)
        yield [gettext("Page"), title_of(line), *counts, words.about(line.seconds)]
    for part in way.devices:
        yield [gettext("Device"), gettext(words.DEVICES[part.key]), words.people(part.count), "", ""]
    for part in way.languages:
        yield [gettext("Language"), LANGUAGES[part.key], words.people(part.count), "", ""]
