"""One deed, one transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from survey.db import db


@contextmanager
def transaction() -> Iterator[None]:
    """Commit what the block did, or undo it all."""
    try:
        yield
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise
