"""Keying paper forms: field by field as they are typed, or the whole form at once where no script runs."""

from survey.entry.keying import fields, pages  # noqa: F401 - their views register themselves
from survey.entry.keying.whole import Keyed, filled_screen, read_answers, read_screen

__all__ = ["Keyed", "filled_screen", "read_answers", "read_screen"]
