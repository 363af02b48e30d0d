"""What people may stumble over in the wording, question by question."""

from __future__ import annotations

from flask import render_template

from survey.builder.trial.sorts import page
from survey.builder.trial.subject import Tried
from survey.builder.trial.wording_view import hinted_parts


@page("/wording")
def wording(tried: Tried) -> str:
    return render_template("builder/trial/wording.html", tried=tried, parts=hinted_parts(tried))
