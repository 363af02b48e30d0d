"""What a browser keeps to send answers later: a visit in our signature, so that it needs no cookie then."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from itsdangerous import BadSignature

from questionnaires.schema import Questionnaire
from survey.models import Draft, QuestionnaireVersion, Survey
from survey.respond.visit import Visit, signer


@dataclass(frozen=True)
class AskedSurvey:
    """What of a survey stays as it is once it was opened."""

    id: int
    slug: str
    rates: str
    digest: str

    @property
    def questionnaire(self) -> Questionnaire:
        return QuestionnaireVersion.known_as(self.digest)


@dataclass(frozen=True)
class Ticket:
    """One person's permission to send one form of a survey. `stratum_id` is its design cell, if any."""

    survey: AskedSurvey
    stratum_id: int | None
    visit: Visit


def issue(survey: Survey, visit: Visit, draft: Draft) -> str:
    """A ticket for somebody who was let in to the pages of questions."""
    asked = [survey.id, survey.slug, survey.rates, survey.questionnaire_version.sha256]
    return signer("ticket").dumps([asked, draft.stratum_id, asdict(visit)])


def read(signed: object) -> Ticket | None:
    """The ticket that we issued; None of anything else."""
    if not isinstance(signed, str):
        return None
    try:
        asked, stratum_id, visit = signer("ticket").loads(signed)
        return Ticket(AskedSurvey(*asked), stratum_id, Visit(**visit))
    except (BadSignature, TypeError, ValueError):
        return None
