"""Verifying what was keyed: by which plan, with how many errors, and settling where two people differ."""

from survey.entry.verifying import error_page, planning, settling  # noqa: F401 - their views register themselves
