"""An expression in plain words, in the language of the page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask_babel import format_decimal, gettext

from questionnaires import conditions


@dataclass(frozen=True)
class Wording(conditions.Wording):
    translate: Callable[[str], str] = gettext
    number: Callable[[int | float], str] = format_decimal
