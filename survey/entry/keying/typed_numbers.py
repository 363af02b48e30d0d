"""The number of the form that somebody wants to key, as they type it."""

from __future__ import annotations

from questionnaires.faults import N_, Fault
from questionnaires.paper import PaperError, write_serial
from survey.collection import Refused
from survey.entry.following.numbers import FEWEST_DIGITS, is_serial, number_in
from survey.entry.keying.whole import NUMBER_NEEDED, number_of_form
from survey.models import Batch

NOT_IN_BATCH = N_(
    "“%(text)s” is no form of this batch. Enter the form's number within the batch, 1 to %(last)s, or the "
    "whole number at the top of its pages: at least %(digits)s digits, the last one a check digit, as in "
    "%(example)s."
)


def number_typed(typed: str, batch: Batch) -> int:
    """The number within the batch: typed so, or as the digits on the pages of a form printed here."""
    try:
        number = number_in(batch, typed) if is_serial(typed, batch) else number_of_form(typed)
    except (Refused, PaperError) as refusal:
        raise Refused([Fault("number", each.template, each.values) for each in refusal.faults]) from refusal
    if batch.first_serial is not None and (number is None or number > batch.forms_expected):
        raise Refused([Fault("number", NOT_IN_BATCH, values_for(typed, batch))])
    if number is None:
        raise Refused([Fault("number", NUMBER_NEEDED)])
    return number


def values_for(typed: str, batch: Batch) -> dict[str, object]:
    example = write_serial(batch.first_serial or 1)
    return {"text": typed[:40], "last": batch.forms_expected, "digits": FEWEST_DIGITS, "example": example}
