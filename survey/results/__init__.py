"""Runs of a round, what came out of them, their reports, and what is published."""

from survey.results import comparing, public, publishing, reports, run_pages, runs  # noqa: F401  (they add their pages)
from survey.results.blueprint import blueprint

__all__ = ["blueprint"]
