"""The scan of what a form says at one item, for who settles it."""

from __future__ import annotations

from survey.models import PaperForm


def picture_of(form: PaperForm, item: str) -> str | None:
    """The address of the picture; None where the form was not scanned."""
    return None
