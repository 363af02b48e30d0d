"""Who may change which part of a score, and until when."""

from __future__ import annotations

import datetime

from survey.models import EvidenceScore, Round, RoundUnit
from survey.scoring.blueprint import APPRAISER, OFFICER
from survey.scoring.criteria import is_cut

SELF = ("self_score", "evidence")
EXPLANATION = ("explanation",)
APPLICABILITY = ("applicable", "inapplicable_reason")
APPRAISAL = ("appraised", "appraisal_note", *APPLICABILITY)


def takes_scores(a_round: Round) -> bool:
    """Whether scores of the round may change at all."""
    return a_round.state in ("open", "closed")


def takes_self_scores(member: RoundUnit, today: datetime.date) -> bool:
    """Until the unit submits, the day it is due has passed, or the round is closed."""
    return member.self_scored_on is None and before_due(member, today)


def before_due(member: RoundUnit, today: datetime.date) -> bool:
    due = member.round.self_score_due
    return member.round.state == "open" and (due is None or today <= due)


def may_reopen(role: str, member: RoundUnit, today: datetime.date) -> bool:
    """Whether the unit may get its self-scores back to change them: in time only."""
    return role == APPRAISER and member.self_scored_on is not None and before_due(member, today)


def editable(
    role: str, member: RoundUnit, score: EvidenceScore | None, today: datetime.date
) -> tuple[str, ...]:
    """The columns of a score that somebody of the role may change today.

    Whether a criterion applies, appraisers may say at any time; points they give once self-scoring is over.
    What they have decided on, the unit no longer scores, but may explain where points were cut.
    """
    if not takes_scores(member.round):
        return ()
    self_scoring = takes_self_scores(member, today)
    if role == APPRAISER:
        return APPLICABILITY if self_scoring else APPRAISAL
    if role != OFFICER:
        return ()
    if self_scoring and not is_decided(score):
        return SELF
    return EXPLANATION if is_cut(score) else ()


def is_decided(score: EvidenceScore | None) -> bool:
    return score is not None and (score.appraised is not None or not score.applicable)
