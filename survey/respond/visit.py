"""What a browser knows of the survey it is answering: never the answers, which wait in the database."""

from __future__ import annotations

import datetime
import functools
import secrets
import time
import uuid
from dataclasses import asdict, dataclass, replace
from typing import Any

from flask import Response, current_app, g, request
from itsdangerous import BadSignature, URLSafeTimedSerializer

from survey import codes
from survey.models import Survey

TWO_WEEKS = 14 * 24 * 3600
AN_HOUR = datetime.timedelta(hours=1)
"""How long a device that several people use may lie idle before it forgets who was there."""


@dataclass(frozen=True)
class Visit:
    """`secret` finds the draft: the personal code, else a code of the same form made for this visit, which
    also leads back to it from another device. `burns` is the hash of the invitation that sending burns.

    `mark` stands on this visit's pages, to know them from those that an earlier person left open. `kiosk` is
    the id of the tablet at a desk, `shared` a device of several people, `again` one that sent a form before,
    `began` the second of the start, `code_shown` says that the person has seen the code to go on with. After
    the answers were sent, secret and response id are gone: nothing left in the browser leads to the response,
    unless the survey lets people withdraw by the receipt.
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
    code_shown: bool = False

    @property
    def sent(self) -> bool:
        return not self.secret

    @property
    def invited(self) -> bool:
        return bool(self.burns)

    @property
    def by_letter(self) -> bool:
        """Whether the secret is the code of an invitation, which the person holds on paper."""
        key = current_app.config["SECRET_KEY"]
        return self.invited and self.burns == codes.invitation_hash(self.secret, key)

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

    Any device with a secret that we made sends the same response, so that two devices send it once. A secret
    that stands on a letter leads to no response: what counts once there is the invitation that is burnt.
    Where answers can be withdrawn, the response's id comes from the receipt.
    """
    own = secret or new_code()
    is_on_a_list = bool(secret and burns)
    receipt = own if survey.withdrawable and not is_on_a_list else new_code()
    source = receipt if survey.withdrawable else own
    is_found_again = survey.withdrawable or not is_on_a_list
    response = codes.response_id(source, current_app.config["SECRET_KEY"]) if is_found_again else uuid.uuid4()
    return Visit(
        own,
        str(response),
        secrets.token_urlsafe(9),
        receipt,
        burns,
        **{"began": int(time.time()), **values},
    )


def may_enter(survey: Survey, visit: Visit | None) -> bool:
    """Whether this survey is open to this person: anybody, or only who was let in."""
    return survey.open_link or (visit is not None and (visit.invited or bool(visit.kiosk)))


def new_code() -> str:
    return codes.normalise(codes.generate()) or ""


def current_visit(survey: Survey) -> Visit | None:
    """What this browser keeps of the survey. A shared device keeps it while it is in use."""
    kept = g.get("visits", {})
    if survey.id in kept:
        return kept[survey.id][1]
    signed = request.cookies.get(cookie_name(survey.id))
    found = unsign(signed, "visit") if signed else None
    if found is None:
        return None
    visit, age = found
    if visit.shared and not visit.kiosk:
        if age > AN_HOUR:
            return None
        keep(survey, visit)
    return visit


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
    found = unsign(signed, purpose)
    return found[0] if found else None


def unsign(signed: str, purpose: str) -> tuple[Visit, datetime.timedelta] | None:
    """A visit that we signed for this purpose, and the time since then."""
    try:
        values, signed_at = signer(purpose).loads(signed, return_timestamp=True)
        return Visit(**values), datetime.datetime.now(datetime.UTC) - signed_at
    except (BadSignature, TypeError):
        return None


def signer(purpose: str) -> URLSafeTimedSerializer:
    return _signer(current_app.config["SECRET_KEY"], purpose)


@functools.lru_cache(maxsize=16)
def _signer(key: str, purpose: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(key, salt=f"respond.{purpose}")


def cookie_name(survey_id: int) -> str:
    return f"visit-{survey_id}"
