"""Paper forms from the printer to the archive. Each call is one transaction and knows no request;
`record_scan` alone is a part of its caller's.

A form is printed, issued and returned; read once (keyed, or scanned and its doubtful cells settled); where
the batch's plan wants that, keyed a second time by somebody else; settled by a third person where the
readings differ; and accepted, which makes the response, or rejected.
"""

from survey.collection.paper.claiming import Held, claim
from survey.collection.paper.closing import close_batch, close_batches_of, reopen_batch, reopen_batches_of
from survey.collection.paper.errors import (
    batch_errors,
    errors_by_batch,
    item_errors,
    keyer_errors,
    wrong_forms,
)
from survey.collection.paper.finishing import finish, record_scan
from survey.collection.paper.moving import archive_batch, archive_form, mark_forms
from survey.collection.paper.noted import Noted, noted_in, noted_on
from survey.collection.paper.notes import note_counts
from survey.collection.paper.open_readings import LEASE
from survey.collection.paper.outcomes import BatchOutcome, outcomes_by_batch
from survey.collection.paper.plans import Plan, set_plan
from survey.collection.paper.printing import WantedBatch, print_batches
from survey.collection.paper.putting_back import put_back
from survey.collection.paper.rejecting import reject_form
from survey.collection.paper.saving import save_field, stay
from survey.collection.paper.settling import Difference, differences_of, settle
from survey.collection.paper.unjudged import Unjudged, unjudged

__all__ = [
    "LEASE",
    "BatchOutcome",
    "Difference",
    "Held",
    "Noted",
    "Plan",
    "Unjudged",
    "WantedBatch",
    "archive_batch",
    "archive_form",
    "batch_errors",
    "claim",
    "close_batch",
    "close_batches_of",
    "differences_of",
    "errors_by_batch",
    "finish",
    "item_errors",
    "keyer_errors",
    "mark_forms",
    "note_counts",
    "noted_in",
    "noted_on",
    "outcomes_by_batch",
    "print_batches",
    "put_back",
    "record_scan",
    "reject_form",
    "reopen_batch",
    "reopen_batches_of",
    "save_field",
    "set_plan",
    "settle",
    "stay",
    "unjudged",
    "wrong_forms",
]
