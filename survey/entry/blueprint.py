"""The room's blueprint, and what all its pages share."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, render_template

from survey.db import db
from survey.models import Batch, Survey

blueprint = Blueprint("entry", __name__, template_folder="templates")


def find_batch(batch_id: int) -> Batch:
    return db.session.get(Batch, batch_id) or abort(404)


def page(template: str, survey: Survey, **values: Any) -> str:
    """A page about one survey; where its round is synthetic, the page says so."""
    return render_template(f"entry/{template}", survey=survey, synthetic=survey.round.synthetic, **values)
