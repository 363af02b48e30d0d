"""Trying a questionnaire: the page that leads to its previews, its walk, its time and its wording."""

from __future__ import annotations

from flask import render_template

from survey.builder.trial.sorts import page
from survey.builder.trial.subject import Tried

MOST_FAULTS = 20


@page("")
def overview(tried: Tried) -> str:
    return render_template("builder/trial/overview.html", tried=tried, most_faults=MOST_FAULTS)
