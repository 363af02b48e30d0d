"""What a browser knows of the survey it is answering: never the answers, which wait in the database."""

from __future__ import annotations

import secrets
import uuid
from dataclasses import asdict, dataclass, replace

from flask import current_app, session

from survey import codes
from survey.models import Survey

RECEIPT_LENGTH = 8


@dataclass(frozen=True)
class Visit:
    """`secret` finds the draft: the personal code, or this browser's own. `receipt` is stored nowhere else.

    `mark` stands on this visit's pages, to know them from those that an earlier person left open. After the
    answers were sent, secret and response id are gone: nothing left in the browser leads to the response.
    """

    secret: str
    by_code: bool
    response: str
    mark: str
    receipt: str

    @property
    def sent(self) -> bool:
        return not self.secret

    @property
    def response_id(self) -> uuid.UUID:
        return uuid.UUID(self.response)

    @property
    def draft_hash(self) -> str:
        return codes.draft_hash(self.secret, current_app.config["SECRET_KEY"])

    @property
    def code_hash(self) -> str | None:
        """The invitation to burn; None for a visitor of the open link."""
        return hash_of_code(self.secret) if self.by_code else None


def hash_of_code(code: str) -> str:
    return codes.invitation_hash(code, current_app.config["SECRET_KEY"])


def new_visit(code: str | None = None) -> Visit:
    receipt = "".join(secrets.choice(codes.SYMBOLS) for _ in range(RECEIPT_LENGTH))
    secret, mark = code or secrets.token_urlsafe(24), secrets.token_urlsafe(9)
    return Visit(secret, code is not None, str(uuid.uuid4()), mark, receipt)


def current_visit(survey: Survey) -> Visit | None:
    kept = session.get(session_key(survey))
    return Visit(**kept) if kept else None


def keep(survey: Survey, visit: Visit) -> None:
    session[session_key(survey)] = asdict(visit)


def keep_sent(survey: Survey, visit: Visit) -> None:
    """Forget what would lead anybody with this device to the draft, the code or the response."""
    keep(survey, replace(visit, secret="", by_code=False, response=""))


def forget(survey: Survey) -> None:
    session.pop(session_key(survey), None)


def session_key(survey: Survey) -> str:
    return f"visit:{survey.id}"
