"""What becomes of a draft when its person leaves the device."""

from __future__ import annotations

from survey.collection import discard_draft
from survey.models import Survey
from survey.respond.visit import Visit, forget


def let_go(survey: Survey, visit: Visit | None) -> None:
    """Forget the visit on this device. Its draft waits for who holds the code; one whose code nobody has
    seen could never be found again, and goes.
    """
    forget(survey)
    if visit is not None and not visit.sent and not (visit.code_shown or visit.by_letter):
        discard_draft(survey, visit.draft_hash)


def let_go_of_all(survey: Survey, visit: Visit | None) -> None:
    """Forget the visit and delete its draft: this person does not, or no longer, agree."""
    forget(survey)
    if visit is not None and not visit.sent:
        discard_draft(survey, visit.draft_hash)
