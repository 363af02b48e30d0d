"""The page of a survey's scans: files brought in, how far they are read, what is named, what is missing."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from flask import current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from flask_login import current_user

from questionnaires.faults import N_, Fault
from survey import jobs
from survey.access import roles
from survey.addresses import argument, sent
from survey.config import MEGABYTE
from survey.db import db
from survey.entry.blueprint import blueprint, page
from survey.entry.scanning.finding import find_survey
from survey.entry.scanning.missing_scans import batches_of, scans_of_batches
from survey.entry.scanning.named_pages import named_pages
from survey.entry.scanning.not_taken import why_not_taken
from survey.entry.scanning.reading_job import KIND, subject_of, take_forms
from survey.entry.scanning.standing import PER_PAGE, number_of_scans, scans_of, standing
from survey.entry.scanning.stored import read_faults
from survey.entry.scanning.uploading import Upload, take_files
from survey.models import Batch, Job, Survey

NO_FILES = N_("Choose at least one file.")
FOREIGN_BATCH = N_("This batch is not one of this survey.")


@blueprint.url_value_preprocessor
def allow_large_files(endpoint: str | None, _values: object) -> None:
    """Scans are larger than all else. Access is checked before anything of the request's body is read."""
    if endpoint == "entry.upload_scans":
        request.max_content_length = current_app.config["SCANS_UPLOAD_MB"] * MEGABYTE


@blueprint.get("/entry/surveys/<int:survey_id>/scans")
@roles("supervisor")
def scans(survey_id: int) -> str:
    return show(find_survey(survey_id))


@blueprint.post("/entry/surveys/<int:survey_id>/scans")
@roles("supervisor")
def upload_scans(survey_id: int) -> ResponseReturnValue:
    survey = find_survey(survey_id)
    files = [file for file in request.files.getlist("files") if file.filename]
    batch_id = sent("batch")
    if faults := list(upload_faults(survey, len(files), batch_id)):
        return show(survey, faults), 422
    taken = take_files(files, Upload(survey.id, batch_id, current_user.id))
    survey = find_survey(survey_id)
    if taken.faults:
        if taken.files:
            flash(taken_in_words(taken.files))
            jobs.start(KIND, subject_of(survey), current_user)
        return show(find_survey(survey_id), taken.faults), 422
    flash(taken_in_words(taken.files))
    return start_reading(survey)


def upload_faults(survey: Survey, files: int, batch_id: int | None) -> Sequence[Fault]:
    faults = [] if files else [Fault("files", NO_FILES)]
    if batch_id is not None:
        own = sa.select(Batch.id).filter_by(id=batch_id, survey_id=survey.id)
        faults += [] if db.session.scalar(own) else [Fault("batch", FOREIGN_BATCH)]
    return faults


def taken_in_words(files: int) -> str:
    return ngettext("%(num)d file is taken.", "%(num)d files are taken.", files)


@blueprint.post("/entry/surveys/<int:survey_id>/scans/read")
@roles("supervisor")
def read_uploaded(survey_id: int) -> ResponseReturnValue:
    """Go on with files that nobody reads, as after the machine stopped."""
    return start_reading(find_survey(survey_id))


def start_reading(survey: Survey) -> ResponseReturnValue:
    job = jobs.start(KIND, subject_of(survey), current_user)
    return redirect(url_for("jobs.show", job_id=job.id), 303)


@blueprint.post("/entry/surveys/<int:survey_id>/scans/take")
@roles("enumerator", "supervisor")
def take_ready(survey_id: int) -> ResponseReturnValue:
    """Take in the forms with nothing left to ask; say why others still wait."""
    find_survey(survey_id)
    taken = take_forms(survey_id)
    told = ngettext("%(num)d form is taken in.", "%(num)d forms are taken in.", taken)
    flash(" ".join([told, *why_not_taken(survey_id)]))
    target = "entry.scans" if current_user.role == "supervisor" else "entry.doubts"
    return redirect(url_for(target, survey_id=survey_id), 303)


def show(survey: Survey, faults: Sequence[Fault] = ()) -> str:
    number = argument("page") or 1
    batches = batches_of(survey.id)
    return page(
        "scanning/scans.html",
        survey,
        faults=faults,
        batches=batches,
        standing=standing(survey.id),
        scans=scans_of(survey.id, number),
        named=named_pages(survey.id),
        most_named=PER_PAGE,
        missing=scans_of_batches(batches),
        page=number,
        pages=-(-number_of_scans(survey.id) // PER_PAGE),
        most_megabytes=current_app.config["SCANS_UPLOAD_MB"],
        read_faults=read_faults,
        words=scan_words(),
        job=reading_of(survey),
    )


def reading_of(survey: Survey) -> Job | None:
    """The job that reads scans of the survey now, or waits for its turn."""
    query = sa.select(Job).filter_by(kind=KIND, subject=subject_of(survey))
    return db.session.scalars(query.where(Job.state.in_(jobs.UNFINISHED)).limit(1)).first()


def scan_words() -> dict[str, tuple[str, str]]:
    """State of a file → its word and colour."""
    return {
        "waiting": (gettext("waits to be read"), "yellow"),
        "reading": (gettext("is being read"), "blue"),
        "read": (gettext("read"), "green"),
        "failed": (gettext("not taken"), "red"),
        "deleted": (gettext("deleted after its last day"), "grey"),
    }
