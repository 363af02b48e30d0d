"""Big prints are written by a job into a folder, and sent from there."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from flask import current_app

from questionnaires.faults import N_
from questionnaires.paper import PaperError
from survey.entry.printing.documents import Progress, digest_of, write_archive, write_forms
from survey.entry.printing.prints import Print, find_print
from survey.errors import UserError
from survey.jobs import task
from survey.language import sentence
from survey.models import Job

KIND = "print"
AT_ONCE = 200
"""Forms that are written while the browser waits; more take longer than people do."""

KEPT_FOR = 7 * 24 * 3600  # seconds
NOT_PRINTED = N_("The forms cannot be printed. %(reason)s")

WRITERS: dict[str, Callable[[Print, BinaryIO, Progress], None]] = {"zip": write_archive, "pdf": write_forms}


def subject_of(printed: Print, ending: str) -> str:
    survey = printed.survey
    return f"{survey.round.code}/{survey.code}/{survey.id}/{printed.first}/{printed.last}/{ending}"


def path_of(printed: Print, ending: str) -> Path:
    """Where the file of a print stands, once it is written; beside the jobs, which web and worker share."""
    return folder() / f"{printed.first}-{printed.last}-{digest_of(printed)[:16]}.{ending}"


def folder() -> Path:
    return Path(current_app.config["JOBS_FILE"]).parent / "prints"


@task(KIND)
def print_all(job: Job, report_progress: Progress) -> str:
    _, survey_id, first, last, ending = job.subject.rsplit("/", 4)
    printed = find_print(int(survey_id), int(first), int(last))
    forget_old()
    write_whole(printed, ending, report_progress)
    return url_for_print(printed)


def url_for_print(printed: Print) -> str:
    """A worker knows no request, so the address is made by hand."""
    return f"/entry/print/{printed.survey.id}/{printed.first}-{printed.last}"


def write_whole(printed: Print, ending: str, progress: Progress) -> None:
    """Write the file under another name first: it is there whole, or not at all. Raises UserError."""
    path = path_of(printed, ending)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f".{ending}.part")
    try:
        with part.open("wb") as file:
            WRITERS[ending](printed, file, progress)
    except PaperError as error:
        part.unlink()
        raise UserError(NOT_PRINTED, {"reason": sentence(error.faults[0])}) from error
    part.replace(path)


def forget_old() -> None:
    """Files that nobody fetched lately can be made again, byte for byte."""
    for path in folder().glob("*.*"):
        if path.stat().st_mtime < time.time() - KEPT_FOR:
            path.unlink(missing_ok=True)
