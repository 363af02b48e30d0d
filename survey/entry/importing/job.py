"""Large files are imported by a job. Until it begins, the file lies where scans do, encrypted as they are."""

from __future__ import annotations

from flask_babel import gettext

from questionnaires.faults import N_
from survey import jobs
from survey.entry.importing.storing import Outcome, Upload, import_file
from survey.errors import UserError
from survey.jobs import Progress, task
from survey.models import Job, Survey, User
from survey.scan_store import ScanUnreadable, scan_store

KIND = "import"
TICKS = ("with_blanks", "as_digits")
"""What is ticked for a file: fields of an `Upload`."""

READING = 0.9
"""Of the work; the rest is storing."""

UPLOAD_AGAIN = N_("The file is no longer here: it is kept for one try only. Upload it again.")


def start(upload: Upload, survey: Survey, user: User) -> Job:
    key = scan_store().put(upload.content)
    ticked = " ".join(name for name in TICKS if getattr(upload, name))
    name = upload.name.replace("\n", " ")
    return jobs.start(KIND, f"{survey.round.code}/{survey.code}\n{survey.id}\n{key}\n{ticked}\n{name}", user)


@task(KIND)
def import_large(job: Job, report_progress: Progress) -> str:
    _, survey_id, key, ticked, name = job.subject.split("\n", 4)
    ticks = [each in ticked.split() for each in TICKS]
    upload = Upload(int(survey_id), taken(key), name, *ticks, job.created_by_id or 0)
    report_progress(0, gettext("The file is being read."))
    outcome = import_file(upload, lambda share, message: report_progress(READING * share, message))
    keep(upload.survey_id, upload.keyed_by, outcome)
    return f"/entry/import/{survey_id}/outcome"


def taken(key: str) -> bytes:
    """The file, which lies there no longer. Raises UserError."""
    store = scan_store()
    try:
        return store.get(key)
    except (FileNotFoundError, ScanUnreadable):
        raise UserError(UPLOAD_AGAIN) from None
    finally:
        store.delete(key)


def keep(survey_id: int, user_id: int, outcome: Outcome) -> None:
    """One outcome for each survey and person: the next one takes its place."""
    jobs.keep_a_day(name_of(survey_id, user_id), outcome)


def outcome_of(survey_id: int, user_id: int) -> Outcome | None:
    return jobs.kept_a_day(name_of(survey_id, user_id))


def name_of(survey_id: int, user_id: int) -> str:
    return f"import {survey_id} {user_id}"
