"""Hints about wording, for authors who write questions in Vietnamese: never faults."""

from questionnaires.trial.wording.hint import Hint
from questionnaires.trial.wording.hints import wording_hints

__all__ = ["Hint", "wording_hints"]
