"""The audit trail: who did what to which thing, written in the deed's own transaction."""

from __future__ import annotations

from flask import has_request_context
from flask_login import current_user

from survey.db import db, now
from survey.models import AuditEntry, User


def record(action: str, subject: str, **details: object) -> AuditEntry:
    """Add an entry to the session: it is stored if, and only if, the deed beside it is.

    `subject` names the thing as people know it ("round dak-lak-2022"); `details` are JSON values without
    personal data. The actor is who is signed in; nobody for a command or a job.
    """
    entry = AuditEntry(at=now(), actor_id=actor_id(), action=action, subject=subject, details=details)
    db.session.add(entry)
    return entry


def actor_id() -> int | None:
    signed_in: User | None = current_user if has_request_context() else None
    return signed_in.id if signed_in and signed_in.is_authenticated else None
