"""Why a tablet takes no answers now, in kind words, each with a button to try again."""

from __future__ import annotations

from flask import render_template, url_for

from questionnaires.faults import N_
from survey.collection import is_full, standing
from survey.models import Kiosk
from survey.respond.kiosk.frame import Frame
from survey.respond.notices import Notice

BY_ITSELF = N_("This tablet looks by itself, once a minute, whether the survey takes answers.")
TRY_AGAIN = N_("Try again")
TRIES_EVERY = 60  # seconds

NOT_SET_UP = Notice(
    N_("This tablet is not set up"),
    N_(
        "Its key is missing or was replaced. The planner of the survey makes a new set-up link, to be opened "
        "on this tablet."
    ),
    404,
    TRY_AGAIN,
)
OFF = Notice(
    N_("This tablet is switched off"),
    N_("No answers are taken at this desk at the moment. Thank you for your interest."),
    403,
    TRY_AGAIN,
)
FULL = Notice(
    N_("This survey has enough answers for this agency"),
    N_("Thank you for your interest. No further answers are needed at this desk."),
    403,
    TRY_AGAIN,
)
OF_STANDING = {
    "early": Notice(N_("This survey has not started yet"), BY_ITSELF, 403, TRY_AGAIN),
    "paused": Notice(N_("This survey is paused"), BY_ITSELF, 403, TRY_AGAIN),
    "closed": Notice(
        N_("This survey is closed"),
        N_("It takes no more answers. Thank you for your interest; the results will be published."),
        410,
        TRY_AGAIN,
    ),
}


def obstacle(kiosk: Kiosk) -> Notice | None:
    """What keeps this tablet from taking answers now; None where nothing does."""
    if not kiosk.active:
        return OFF
    found = standing(kiosk.survey)
    if found != "open":
        return OF_STANDING[found]
    return FULL if is_full(kiosk.survey_id, kiosk.stratum_id, {}) else None


def show_obstacle(notice: Notice, kiosk: Kiosk | None = None) -> tuple[str, int]:
    frame = Frame(url_for("respond.kiosk_home"), TRIES_EVERY)
    text = render_template("respond/kiosk/notice.html", notice=notice, kiosk=kiosk, kiosk_frame=frame)
    return text, notice.status
