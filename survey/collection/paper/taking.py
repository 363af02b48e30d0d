"""When readings of a batch are taken: a first one while the batch and its survey are open; a second one after
that too, so that what was begun comes to its end.
"""

from __future__ import annotations

from survey.collection.filing import require_open_batch
from survey.collection.opening import require_kept, require_open
from survey.models import Batch


def require_taking(batch: Batch, kind: str) -> None:
    """Raises Refused, SurveyClosed."""
    if kind == "second":
        require_kept(batch.survey)
    else:
        require_open_batch(batch)
        require_open(batch.survey, "keyed")
