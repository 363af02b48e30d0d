"""Paper becomes answers: batches of forms to key and to check, and files of answers keyed elsewhere."""

from survey.entry import batches, importing, keying, reviewing  # noqa: F401 - their views register themselves
from survey.entry.blueprint import blueprint

__all__ = ["blueprint"]
