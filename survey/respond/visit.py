"""What a browser knows of the survey it is answering: never the answers, which wait in the database."""

from __future__ import annotations

import secrets
import time
import uuid
from dataclasses import asdict, dataclass, replace
from typing import Any

from flask import Response, current_app, g, request
from itsdangerous import BadSignature, URLSafeSerializer

from survey import codes
from survey.models import Survey

TWO_WEEKS = 14 * 24 * 3600


@dataclass(frozen=True)
class Visit:
    """`secret` finds the draft: the personal code, else a code of the same form made for this visit, which
    also leads back to it from another device. `burns` is the hash of the invitation that sending burns.

    `mark` stands on this visit's pages, to know them from those that an earlier person left open. `kiosk` is
    the id of the tablet at a desk, `shared` a device of several people, `again` one that sent a form before,
    `began` the second of the start. After the answers were sent, secret and response id are gone: nothing
    left in the browser leads to the response, unless the survey lets people withdraw by the receipt.
    """

    secret: str
    response: str
    mark: str
    receipt: str
    burns: str = ""
    kiosk: int = 0
    shared: bool = False
    again: bool = False
    began: int = 0

    @property
    def sent(self) -> bool:
        return not self.secret

    @property
    def invited(self) -> bool:
        return bool(self.burns)

    @property
    def mode(self) -> str:
        return "tablet" if self.kiosk else "online"

    @property
    def response_id(self) -> uuid.UUID:
        return uuid.UUID(self.response)

    @property
    def draft_hash(self) -> str:
        return codes.draft_hash(self.secret, current_app.config["SECRET_KEY"])

    @property
    def stays(self) -> bool:
        """Whether this browser may keep its place after it is closed."""
        return not (self.shared or self.kiosk)


def new_visit(survey: Survey, secret: str | None = None, *, burns: str = "", **values: Any) -> Visit:
    """A visit that begins now, or goes on elsewhere with its `secret`.

    On an open link any device with the secret sends the same response, so that two devices send it once;
    where an invitation is burnt, that is what counts once, and the response's id comes from nothing that
    stands on a list. Where answers can be withdrawn, the id comes from the receipt.
    """
    own = secret or new_code()
    receipt = own if survey.withdrawable and not burns else new_code()
    source = receipt if survey.withdrawable else own
    is_found_again = survey.withdrawable or not burns
    response = codes.response_id(source, current_app.config["SECRET_KEY"]) if is_found_again else uuid.uuid4()
    return Visit(
        own,
        str(response),
        secrets.token_urlsafe(9),
        receipt,
        burns,
        **{"began": int(time.time()), **values},
    )


def new_code() -> str:
    return codes.normalise(codes.generate()) or ""


def current_visit(survey: Survey) -> Visit | None:
    kept = g.get("visits", {})
    if survey.id in kept:
        return kept[survey.id][1]
    return read(request.cookies.get(cookie_name(survey.id), ""), "visit")


def keep(survey: Survey, visit: Visit) -> None:
    """Let this browser keep the visit from this reply on."""
    g.setdefault("visits", {})[survey.id] = (survey.slug, visit)


def keep_sent(survey: Survey, visit: Visit) -> None:
    """Forget what would lead anybody with this device to the draft, the code or the response."""
    keep(survey, replace(visit, secret="", burns="", response=""))


def forget(survey: Survey) -> None:
    g.setdefault("visits", {})[survey.id] = (survey.slug, None)


def send_cookies(response: Response) -> Response:
    for survey_id, (slug, visit) in g.get("visits", {}).items():
        place = {"key": cookie_name(survey_id), "path": f"/k/{slug}"}
        if visit is None:
            response.delete_cookie(**place)
            continue
        response.set_cookie(
            **place,
            value=signer("visit").dumps(asdict(visit)),
            max_age=TWO_WEEKS if visit.stays else None,
            secure=current_app.config["SESSION_COOKIE_SECURE"],
            httponly=True,
            samesite="Lax",
        )
    return response


def read(signed: str, purpose: str) -> Visit | None:
    """The visit in a text that we signed for this purpose; None of any other."""
    try:
        return Visit(**signer(purpose).loads(signed)) if signed else None
    except (BadSignature, TypeError):
        return None


def signer(purpose: str) -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt=f"respond.{purpose}")


def cookie_name(survey_id: int) -> str:
    return f"visit-{survey_id}"
