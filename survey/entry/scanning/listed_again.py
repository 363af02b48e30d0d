"""Back to the list of scans after a deed on one page of them."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from survey.collection import Refused
from survey.entry.scanning.pictures import find_sheet
from survey.language import sentence


def listed_again(
    sheet_id: int, deed: Callable[[], None], message: str, *, at: str | None = None
) -> ResponseReturnValue:
    """The list once more, opened `at` this id, and what became of the deed; who came too late is told."""
    survey_id = find_sheet(sheet_id).scan.survey_id
    try:
        deed()
    except Refused as refused:
        message = sentence(refused.faults[0])
    flash(message)
    return redirect(url_for("entry.scans", survey_id=survey_id, _anchor=at), 303)
