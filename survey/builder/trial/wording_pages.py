"""What people may stumble over in the wording, question by question."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from survey.builder.trial.sorts import page
from survey.builder.trial.subject import Tried
from survey.builder.trial.wording_view import hinted_parts, hints_of


@page("/wording")
def wording(tried: Tried) -> str:
    return render_template("builder/trial/wording.html", tried=tried, parts=hinted_parts(tried))


@page("/wording/<code>")
def question_hints(tried: Tried, code: str) -> ResponseReturnValue:
    """The hints about one question, to stand beside its form; nothing where there are none."""
    hints = hints_of(tried.questionnaire, code)
    return render_template("builder/trial/question_hints.html", hints=hints) if hints else ("", 204)
