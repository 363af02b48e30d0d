"""The planner's fieldwork: units, rounds, surveys with their samples and codes, and how far they are."""

from survey.fieldwork import (  # noqa: F401 - their views register themselves
    code_pages,
    copying_pages,
    inviting,
    member_pages,
    plan_pages,
    quality,
    round_pages,
    sample_pages,
    state_pages,
    survey_pages,
    target_pages,
    unit_import_pages,
    unit_pages,
    way,
)
from survey.fieldwork.blueprint import blueprint
from survey.fieldwork.kiosks import pages as kiosk_pages  # noqa: F401
from survey.fieldwork.quotas import pages as quota_pages  # noqa: F401

__all__ = ["blueprint"]
