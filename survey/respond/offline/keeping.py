"""What a page gives the browser to keep, so that it can go on without us."""

from __future__ import annotations

from typing import Any

from flask import request

from questionnaires.answers import write_form
from survey.models import Draft, Survey, Unit
from survey.respond.sending import ticket
from survey.respond.visit import Visit


def whose(survey: Survey, visit: Visit | None) -> dict[str, Any]:
    """Whose answers this browser may keep: those of this visit, and nobody's where the device is shared."""
    return {"slug": survey.slug, "mark": visit.mark if visit and visit.stays and not visit.sent else ""}


def kept(survey: Survey, visit: Visit, draft: Draft, rated: Unit | None, step: int | None) -> dict[str, Any]:
    """All answers stored so far with the permission to send them; `step` is the page, None for the check."""
    if not visit.stays:
        return whose(survey, visit)
    return whose(survey, visit) | {
        "ticket": ticket.issue(survey, visit, draft),
        "unit": rated.name if rated else "",
        "page": step,
        "answers": write_form(draft.answers),
        "revision": draft.revision,
        "posted": request.method == "POST",
    }
