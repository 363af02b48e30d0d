"""What a page says of itself in a hidden field, so that nothing about a person needs to be remembered here:
the second it was made, if none of its questions was answered then.

The field is unsigned: who changes it gains nothing.
"""

from __future__ import annotations

import time
from typing import NamedTuple

from flask import request

FIELD = "form-shown"
AGAIN = "+"


class Shown(NamedTuple):
    """A page at its first showing, `again` where it had to be shown a second time to be mended."""

    second: int
    again: bool

    def __str__(self) -> str:
        return f"{self.second}{AGAIN if self.again else ''}"


def field_of(*, is_answered: bool) -> str:
    """What the page made now carries; nothing where its questions were answered before."""
    if request.method == "POST":
        return still_shown()
    if carried := read(request.args.get("shown", "")):
        return str(carried)
    return "" if is_answered else str(Shown(int(time.time()), False))


def still_shown() -> str:
    """The same for a page that is shown again to be mended or completed: time goes on counting."""
    sent = posted()
    return str(sent._replace(again=True)) if sent else ""


def posted() -> Shown | None:
    """What the page that was sent carries; None of one that was answered before, or of another's making."""
    return read(request.form.get(FIELD, ""))


def read(text: str) -> Shown | None:
    second = text.removesuffix(AGAIN)
    is_second = second.isascii() and second.isdigit() and len(second) <= 12
    return Shown(int(second), text.endswith(AGAIN)) if is_second else None
