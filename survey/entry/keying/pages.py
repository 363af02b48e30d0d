"""The keying screen. With its script each field is saved by itself; without it the form is sent whole."""

from __future__ import annotations

from collections.abc import Sequence

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from questionnaires.faults import N_, Fault
from survey.access import roles
from survey.addresses import argument
from survey.collection import Refused, SurveyClosed
from survey.collection.paper.scans_waiting import numbers_scanned
from survey.collection.paper.taking import require_taking
from survey.entry.blueprint import blueprint, find_batch, page
from survey.entry.keying.storing import NO_PAPER_NOW, store_whole
from survey.entry.keying.whole import Keyed, filled_screen, read_screen
from survey.entry.progress import keyed_numbers, known_numbers, next_number
from survey.entry.waiting import next_second
from survey.errors import UserError
from survey.models import Batch

BATCH_IS_CLOSED = N_("This batch is closed: it takes no more forms.")
PAGES = {"first": "entry.key", "second": "entry.key_again"}


@blueprint.get("/entry/batches/<int:batch_id>/key")
@roles("enumerator", "supervisor")
def key(batch_id: int) -> str:
    return empty_screen(find_batch(batch_id), "first")


@blueprint.get("/entry/batches/<int:batch_id>/key-again")
@roles("enumerator", "supervisor")
def key_again(batch_id: int) -> str:
    return empty_screen(find_batch(batch_id), "second")


@blueprint.post("/entry/batches/<int:batch_id>/key")
@roles("enumerator", "supervisor")
def save(batch_id: int) -> ResponseReturnValue:
    return take_whole(find_batch(batch_id), "first")


@blueprint.post("/entry/batches/<int:batch_id>/key-again")
@roles("enumerator", "supervisor")
def save_again(batch_id: int) -> ResponseReturnValue:
    return take_whole(find_batch(batch_id), "second")


def empty_screen(batch: Batch, kind: str) -> str:
    """Without any answer: the script fetches what this person left open, and nobody else's."""
    require_keying(batch, kind)
    return show(batch, Keyed(str(proposed_number(batch, kind) or "")), kind)


def require_keying(batch: Batch, kind: str) -> None:
    """Say so before anything is typed. Raises UserError."""
    try:
        require_taking(batch, kind)
    except Refused:
        raise UserError(BATCH_IS_CLOSED, status=409) from None
    except SurveyClosed:
        raise UserError(NO_PAPER_NOW, status=409) from None


def proposed_number(batch: Batch, kind: str) -> int | None:
    if kind == "second":
        return next_second(batch, current_user.id, argument("after") or 0)
    return next_unscanned(batch, argument("after"))


def next_unscanned(batch: Batch, after: int | None) -> int | None:
    """The next number that nobody has keyed and whose scan does not wait; None where none is left."""
    known, scanned = known_numbers(batch), numbers_scanned(batch.id)
    number = next_number(known, after)
    while number in scanned:
        number = next_number(known, number)
    return None if scanned and number > batch.forms_expected else number


def take_whole(batch: Batch, kind: str) -> ResponseReturnValue:
    keyed, faults = read_screen(batch.survey.questionnaire_version.questionnaire)
    faults = faults or store_whole(batch, keyed, current_user, kind)
    if faults:
        return show(batch, keyed, kind, faults), 422
    return go_on(batch, kind, keyed.form_number())


def go_on(batch: Batch, kind: str, number: int | None) -> ResponseReturnValue:
    """To the next form; to the batch when none is left."""
    flash(gettext("Form %(number)s is saved.", number=number))
    if kind == "first" and len(known_numbers(batch)) == batch.forms_expected:
        flash(gettext("All forms of this batch are keyed."))
        return redirect(url_for("entry.batch", batch_id=batch.id), 303)
    if kind == "second" and next_second(batch, current_user.id, 0) is None:
        return redirect(url_for("entry.batch", batch_id=batch.id), 303)
    return redirect(url_for(PAGES[kind], batch_id=batch.id, after=number), 303)


def show(batch: Batch, keyed: Keyed, kind: str, faults: Sequence[Fault] = ()) -> str:
    filled = filled_screen(batch.survey.questionnaire_version.questionnaire, keyed, faults)
    done = len(keyed_numbers(batch))
    scanned = len(numbers_scanned(batch.id)) if kind == "first" else 0
    return page("key.html", batch.survey, batch=batch, done=done, kind=kind, scanned=scanned, **filled)
