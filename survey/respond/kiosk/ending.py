"""What becomes of the answers when a person has left the tablet: complete, they count; else they go."""

from __future__ import annotations

from survey.collection import end_draft, find_draft, submit_draft, transaction
from survey.collection.submission import NotAccepted
from survey.db import begin_writing
from survey.models import Survey
from survey.respond import statistics
from survey.respond.sending.signals import flags_of
from survey.respond.visit import Visit


def end_turn(survey: Survey, visit: Visit, *, keeps_answers: bool) -> None:
    """Store the visit's answers as a response if every required question on their way is answered (and
    the person does not want them deleted), else delete them. Nothing is left where the turn ended before.
    """
    if visit.sent or (keeps_answers and is_stored(survey, visit)):
        return
    begin_writing()
    with transaction():
        end_draft(survey.id, visit.draft_hash)


def is_stored(survey: Survey, visit: Visit) -> bool:
    """Send the answers, whichever of two returns comes first; False where there is nothing that counts."""
    begin_writing()
    draft = find_draft(survey, visit.draft_hash)
    if draft is None or not draft.answers:
        return False
    flags = flags_of(survey, visit, draft.answers)
    try:
        outcome = submit_draft(survey, visit.draft_hash, visit.response_id, mode=visit.mode, flags=flags)
    except NotAccepted:
        return False
    statistics.finished(survey, "kiosk", visit, outcome)
    return True
