"""What a page says of a draft that holds nothing to show yet."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue

from survey.builder.trial.subject import Tried

Page = Callable[..., ResponseReturnValue]


def something_to_show(view: Page) -> Page:
    """Open a preview only where there is a question to show; else say what to mend first."""

    @wraps(view)
    def preview(tried: Tried, **values: Any) -> ResponseReturnValue:
        if tried.presentable.questionnaire.sections:
            return view(tried, **values)
        return render_template("builder/trial/nothing.html", tried=tried), 409

    return preview
