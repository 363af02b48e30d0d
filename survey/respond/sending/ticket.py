"""What a browser keeps to send answers later: a visit in our signature, so that it needs no cookie then."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from itsdangerous import BadSignature

from survey.models import Draft, Survey
from survey.respond.visit import Visit, signer


@dataclass(frozen=True)
class Ticket:
    """One person's permission to send one form of a survey. `stratum_id` is its design cell, if any."""

    survey_id: int
    stratum_id: int | None
    visit: Visit


def issue(survey: Survey, visit: Visit, draft: Draft) -> str:
    return signer("ticket").dumps([survey.id, draft.stratum_id, asdict(visit)])


def read(signed: object) -> Ticket | None:
    """The ticket that we issued; None of anything else."""
    if not isinstance(signed, str):
        return None
    try:
        survey_id, stratum_id, visit = signer("ticket").loads(signed)
        return Ticket(survey_id, stratum_id, Visit(**visit))
    except (BadSignature, TypeError, ValueError):
        return None
