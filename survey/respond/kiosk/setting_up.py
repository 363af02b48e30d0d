"""Making a tablet the kiosk of a desk, and ending that. Staff do both, on the tablet.

The way out is typing the name of the device: it stands on no page that people see, so that nobody leaves by
accident, and whoever may take the tablet away needs no password of ours.
"""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from questionnaires.faults import N_, Fault
from survey.access import public
from survey.forms import clean_line
from survey.models import Kiosk
from survey.respond.blueprint import blueprint
from survey.respond.kiosk.device import forget_key, keep_key, kiosk_with, this_kiosk
from survey.respond.kiosk.obstacles import NOT_SET_UP, show_obstacle
from survey.respond.visit import forget
from survey.security import limiter

OTHER_NAME = N_("That is not the name of this tablet. It stands on the planner's page of the survey.")


@blueprint.get("/kiosk/<key>")
@public
@limiter.limit("30 per minute")
def confirm_kiosk(key: str) -> ResponseReturnValue:
    kiosk = kiosk_with(key)
    if kiosk is None:
        return show_obstacle(NOT_SET_UP)
    return render_template("respond/kiosk/confirm.html", kiosk=kiosk, kiosk_frame=None)


@blueprint.post("/kiosk/<key>")
@public
@limiter.limit("30 per minute")
def set_up_kiosk(key: str) -> ResponseReturnValue:
    kiosk = kiosk_with(key)
    if kiosk is None:
        return show_obstacle(NOT_SET_UP)
    forget(kiosk.survey)  # whoever tried the survey on this device before
    return keep_key(redirect(url_for("respond.kiosk_home"), 303), key)


@blueprint.get("/kiosk/quit")
@public
def ask_to_quit() -> ResponseReturnValue:
    kiosk = this_kiosk()
    return show_quit(kiosk) if kiosk else forget_key(redirect(url_for("respond.kiosk_home")))


@blueprint.post("/kiosk/quit")
@public
@limiter.limit("20 per minute")
def quit_kiosk() -> ResponseReturnValue:
    kiosk = this_kiosk()
    if kiosk and not is_named(kiosk, request.form.get("name", "")):
        return show_quit(kiosk, [Fault("name", OTHER_NAME)]), 422
    return forget_key(redirect(url_for("home.show"), 303))


def is_named(kiosk: Kiosk, typed: str) -> bool:
    return str(clean_line(typed)).casefold() == kiosk.name.casefold()


def show_quit(kiosk: Kiosk, faults: list[Fault] | None = None) -> str:
    return render_template("respond/kiosk/quit.html", kiosk=kiosk, faults=faults or ())
