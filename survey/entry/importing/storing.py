"""An uploaded file becomes responses: all of it, or nothing with every fault."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

from flask import abort

from questionnaires.faults import N_
from questionnaires.sheets import SheetFault, SheetsRefused, read_sheets
from survey.collection import Refused, SurveyClosed, require_open, submit_many
from survey.db import begin_snapshot, db
from survey.entry.importing.answers import Reader
from survey.entry.importing.rows import MOST_FORMS, Imported, OffRoute, Progress, read_imported
from survey.models import Survey

LONGEST_FILE_NAME = 100

CLOSED = N_("This survey takes no answers from paper now. Nothing was stored.")
MEANWHILE = N_(
    "Somebody keyed or imported the same forms at the same moment. Nothing of this file was stored."
)


@dataclass(frozen=True)
class Upload:
    """A file for a survey, by whom; whether its blanks are blank on the paper too, and its answers the digits
    printed there.
    """

    survey_id: int
    content: bytes
    name: str
    with_blanks: bool
    as_digits: bool
    keyed_by: int


@dataclass(frozen=True)
class Outcome:
    """`forms` are stored, `waiting` of them until a second person has keyed them too, those `off_route` with
    answers that the logic does not ask for; or there are `faults`, and nothing is.
    """

    forms: int = 0
    waiting: int = 0
    faults: Sequence[SheetFault] = ()
    off_route: Sequence[OffRoute] = ()


def find_survey(survey_id: int) -> Survey:
    survey = db.session.get(Survey, survey_id)
    return survey if survey and survey.state != "draft" else abort(404)


def import_file(upload: Upload, progress: Progress) -> Outcome:
    found = read_upload(upload, progress)
    return Outcome(faults=found.faults) if found.faults else store(upload, found)


def read_upload(upload: Upload, progress: Progress) -> Imported:
    """What the first sheet holds. Reading takes seconds: meanwhile nobody who writes is held up."""
    db.session.rollback()
    begin_snapshot()
    try:
        survey = find_survey(upload.survey_id)
        require_open(survey, "imported")
        sheet = read_sheets(io.BytesIO(upload.content), most_rows=MOST_FORMS)[0]
        return read_imported(
            survey,
            sheet,
            Reader(survey.questionnaire, upload.with_blanks, upload.as_digits),
            keyed_by=upload.keyed_by,
            progress=progress,
        )
    except SurveyClosed:
        return Imported([], [SheetFault("", None, None, CLOSED)])
    except SheetsRefused as refused:
        return Imported([], refused.faults)
    finally:
        db.session.rollback()


def store(upload: Upload, found: Imported) -> Outcome:
    """Store all forms, or say why none is stored."""
    source = upload.name[:LONGEST_FILE_NAME]
    try:
        stored = submit_many(find_survey(upload.survey_id), found.submissions, source=source)
    except Refused:  # the file was sound a moment ago
        return Outcome(faults=[SheetFault("", None, None, MEANWHILE)])
    except SurveyClosed:
        return Outcome(faults=[SheetFault("", None, None, CLOSED)])
    forms = len(found.submissions)
    return Outcome(forms, forms - len(stored), off_route=found.off_route)
