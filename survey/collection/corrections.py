"""What staff do to a response afterwards. Accepted answers stay: a correction is a new version."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.exc import IntegrityError

from questionnaires.faults import N_, Fault
from survey import audit
from survey.collection.checking import record_of
from survey.collection.form_trail import note
from survey.collection.quotas import move_places
from survey.collection.submission import Refused
from survey.collection.transaction import transaction
from survey.collection.withdrawing import current_answers, response_subject
from survey.db import VIETNAM, db, now
from survey.models import PaperForm, Response, ResponseVersion, User

REASON_NEEDED = N_("Say why.")
CHANGED_MEANWHILE = N_("Somebody else corrected this response in the meantime. Reload it and look again.")
ALREADY_REJECTED = N_("This response has been rejected.")
GONE = {
    "rejected": ALREADY_REJECTED,
    "withdrawn": N_("The person has withdrawn this response."),
    "expired": N_("This response is past the last day that its answers were kept."),
}
KEYED_TWICE = N_("This form is to be keyed by a second person: looking at it does not replace that.")
OWN_FORM = N_("A form is verified by somebody other than the person who keyed it.")


def correct(
    response: Response,
    answers: Mapping[str, Any],
    author: User,
    reason: str,
    *,
    seen_version: int | None = None,
    with_blanks: bool = False,
) -> ResponseVersion:
    """Add a version with the corrected answers. Raises Refused.

    `seen_version` is the version the author was looking at: if a newer one exists, nothing is stored.
    `with_blanks`: the author saw that required answers are blank on the paper.
    """
    try:
        with transaction():
            locked = accepted(response, reason)
            if seen_version not in (None, locked.version):
                raise Refused([Fault("form", CHANGED_MEANWHILE)])
            return corrected(locked, answers, author, reason, with_blanks=with_blanks)
    except IntegrityError as collision:
        raise Refused([Fault("form", CHANGED_MEANWHILE)]) from collision


def corrected(
    locked: Response, answers: Mapping[str, Any], author: User, reason: str, *, with_blanks: bool
) -> ResponseVersion:
    """The new version, inside the caller's transaction. Raises Refused."""
    questionnaire = locked.survey.questionnaire_version.questionnaire
    record = record_of(questionnaire, answers, with_blanks=with_blanks)
    move_places(locked.survey_id, [(locked, current_answers(locked), record)])
    version = add_version(locked, record, author, reason)
    record_deed("response.correct", locked, version=version.version)
    return version


def verify(form: PaperForm, checker: User) -> None:
    """Confirm by eye that a keyed form says what the paper says; a second person does. Raises Refused."""
    with transaction():
        locked = db.session.get_one(PaperForm, form.id, with_for_update=True, populate_existing=True)
        if locked.state == "rejected":
            raise Refused([Fault("form", ALREADY_REJECTED)])
        if locked.keyed_by_id == checker.id:
            raise Refused([Fault("form", OWN_FORM)])
        if locked.state != "accepted" or locked.second_wanted:
            raise Refused([Fault("form", KEYED_TWICE)])
        locked.checked_by_id = checker.id
        note(locked, "verified", checker.id)
        audit.record("form.verify", f"batch {locked.batch.code}", number=locked.number)


def accepted(response: Response, reason: str) -> Response:
    """The response as it stands now, locked. Raises Refused where it, or the reason, will not do."""
    if not reason.strip():
        raise Refused([Fault("reason", REASON_NEEDED)])
    locked = db.session.get_one(Response, response.id, with_for_update=True, populate_existing=True)
    if locked.state in GONE:
        raise Refused([Fault("form", GONE[locked.state])])
    return locked


def add_version(response: Response, record: dict[str, Any], author: User, reason: str) -> ResponseVersion:
    moment = now()
    version = ResponseVersion(
        response_id=response.id,
        version=response.version + 1,
        answers=record,
        author_id=author.id,
        reason=reason.strip(),
        made_on=moment.astimezone(VIETNAM).date(),
        made_at=moment,
    )
    response.version = version.version
    db.session.add(version)
    return version


def record_deed(action: str, response: Response, **details: object) -> None:
    audit.record(action, response_subject(response.id), **details)
