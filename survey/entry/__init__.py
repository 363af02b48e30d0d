"""Paper becomes answers: batches of forms to key and to check, and files of answers keyed elsewhere."""

from survey.entry import (  # noqa: F401 - their views register themselves
    batches,
    closing,
    correcting,
    following,
    importing,
    keying,
    printing,
    reviewing,
    scanning,
    verifying,
)
from survey.entry.blueprint import blueprint

__all__ = ["blueprint"]
