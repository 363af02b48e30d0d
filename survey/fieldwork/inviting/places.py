"""The addresses that stand on posters, in letters and in messages."""

from __future__ import annotations

from urllib.parse import urlencode

from survey.fieldwork.blueprint import public_address
from survey.models import Survey


def survey_address(survey: Survey, unit_code: str = "") -> str:
    """Where a survey is answered; with a unit's code, that unit is chosen already."""
    unit = "?" + urlencode({"unit": unit_code}) if unit_code else ""
    return public_address(f"/k/{survey.slug}{unit}")


def code_address(code: str) -> str:
    """Where a personal code is filled in already."""
    return public_address(f"/c/{code}")


def as_typed(address: str) -> str:
    """The address as people type it: browsers add the rest."""
    return address.partition("://")[2] or address
