"""What the keying screen says of forms whose scans wait: passed over, and opened by their number."""

from __future__ import annotations

from flask_babel import gettext, ngettext

from survey.collection.paper.scans_waiting import answers_asked, numbers_scanned
from survey.language import number
from survey.models import Batch


def scan_of_form(form_id: int) -> str:
    """That the scan of this form is there, and what it waits for; "" where none waits."""
    asked = answers_asked(form_id)
    if asked is None:
        return ""
    if not asked:
        return gettext("The scan of this form is there and decided: it only has to be taken in.")
    return ngettext(
        "The scan of this form is there and waits for %(count)s answer.",
        "The scan of this form is there and waits for %(count)s answers.",
        asked,
        count=number(asked, 0),
    )


def only_scans_left(batch: Batch) -> str:
    """Why no form is given out though some are not read; "" where that is not because of their scans."""
    scanned = len(numbers_scanned(batch.id))
    if not scanned:
        return ""
    return ngettext(
        "Only %(count)s form is left, and its scan is there: it waits for its doubtful answers to be "
        "decided, or to be taken in.",
        "Only %(count)s forms are left, and their scans are there: they wait for their doubtful answers to "
        "be decided, or to be taken in.",
        scanned,
        count=number(scanned, 0),
    )
