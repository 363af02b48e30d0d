"""Collecting answers: drafts, submissions, corrections. Each call is one transaction and knows no request.

What a person sends is accepted once, however often it is sent: the client makes the response's id.
"""

from survey.collection.asked import asked_of, minutes_of, units_rated
from survey.collection.cells import open_link_faults, strata_on_offer
from survey.collection.claim import end_draft
from survey.collection.corrections import correct, verify
from survey.collection.drafts import (
    Saved,
    discard_draft,
    discard_drafts,
    find_draft,
    open_draft,
    save_answers,
)
from survey.collection.many import submit_many
from survey.collection.opening import require_open, standing
from survey.collection.paper.rejecting import reject
from survey.collection.paper_keeping import delete_scans
from survey.collection.quotas import is_full
from survey.collection.recording import NOTHING_RATED
from survey.collection.repeating import says_what_is_stored
from survey.collection.submission import (
    CodeUsed,
    DraftMissing,
    Outcome,
    PaperEntry,
    QuotaFull,
    Refused,
    Submission,
    SurveyClosed,
)
from survey.collection.submitting import submit, submit_draft
from survey.collection.transaction import transaction
from survey.collection.withdrawing import (
    NotWithdrawable,
    expire_answers,
    has_sent,
    is_held,
    require_withdrawable,
    state_of,
    withdraw,
)

__all__ = [
    "NOTHING_RATED",
    "CodeUsed",
    "DraftMissing",
    "NotWithdrawable",
    "Outcome",
    "PaperEntry",
    "QuotaFull",
    "Refused",
    "Saved",
    "Submission",
    "SurveyClosed",
    "asked_of",
    "correct",
    "delete_scans",
    "discard_draft",
    "discard_drafts",
    "end_draft",
    "expire_answers",
    "find_draft",
    "has_sent",
    "is_full",
    "is_held",
    "minutes_of",
    "open_draft",
    "open_link_faults",
    "reject",
    "require_open",
    "require_withdrawable",
    "save_answers",
    "says_what_is_stored",
    "standing",
    "state_of",
    "strata_on_offer",
    "submit",
    "submit_draft",
    "submit_many",
    "transaction",
    "units_rated",
    "verify",
    "withdraw",
]
