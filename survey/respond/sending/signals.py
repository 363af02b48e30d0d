"""Signals noted as a form comes in: too fast, many from one address, again from one device."""

from __future__ import annotations

import time
from collections.abc import Sized

from flask import current_app
from flask_limiter.util import get_remote_address

from questionnaires.quality import too_fast
from survey.codes import keyed_hash
from survey.db import today
from survey.models import Survey
from survey.respond.sending.day_counts import DayCounts
from survey.respond.visit import Visit

addresses = DayCounts()
BURST = 20  # forms from one address in a day: more than a family, fewer than an office that fills them itself


def flags_of(survey: Survey, visit: Visit, answers: Sized) -> tuple[str, ...]:
    """What an analyst should know about how this form came in. Nothing is refused because of it."""
    seconds = time.time() - visit.began
    signals = {
        "fast": too_fast(len(answers), seconds),
        "burst": not visit.kiosk and forms_from_here(survey.id, visit) > BURST,
        "same_device": visit.again,
    }
    return tuple(kind for kind, is_seen in signals.items() if is_seen)


def forms_from_here(survey_id: int, visit: Visit) -> int:
    """Forms that this address sent today, counted under a hash that lasts a day and stands in no table.

    A form that is tried again counts once.
    """
    key, day = current_app.config["SECRET_KEY"], today()
    address = keyed_hash(f"address-{day}-{survey_id}", get_remote_address(), key)
    return addresses.seen(address, visit.response, day)
