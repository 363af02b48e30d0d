"""What makes a tablet the kiosk of a desk: a key in a cookie of its own."""

from __future__ import annotations

from flask import Response, current_app, request
from itsdangerous import BadSignature
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from survey import codes
from survey.db import db
from survey.models import Kiosk, Stratum, Survey
from survey.respond.visit import signer

COOKIE = "kiosk"
LONGEST = 400 * 24 * 3600  # seconds: browsers keep no cookie longer


def kiosk_with(key: str) -> Kiosk | None:
    """The kiosk whose key this is, switched on or not."""
    query = select(Kiosk).filter_by(key_hash=codes.kiosk_hash(key, current_app.config["SECRET_KEY"]))
    return db.session.scalar(
        query.options(joinedload(Kiosk.survey), joinedload(Kiosk.stratum).joinedload(Stratum.unit))
    )


def this_kiosk() -> Kiosk | None:
    """The kiosk that this device is; None once it got another key, which shuts the old device out."""
    key = device_key()
    return kiosk_with(key) if key else None


def kiosk_for(survey: Survey) -> Kiosk | None:
    """This device's kiosk, if it is one of this survey."""
    kiosk = this_kiosk()
    return kiosk if kiosk and kiosk.survey_id == survey.id else None


def device_key() -> str:
    """The key this device holds, whether or not it still opens anything; "" on any other device."""
    try:
        return signer("kiosk").loads(request.cookies.get(COOKIE, ""))
    except BadSignature:
        return ""


def keep_key(response: Response, key: str) -> Response:
    response.set_cookie(
        COOKIE,
        signer("kiosk").dumps(key),
        max_age=LONGEST,
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
    )
    return response


def forget_key(response: Response) -> Response:
    response.delete_cookie(COOKIE)
    return response
