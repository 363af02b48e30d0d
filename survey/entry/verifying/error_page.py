"""How well a whole survey's paper was keyed: by batch, by keyer, by question."""

from __future__ import annotations

from survey.access import roles
from survey.collection.paper import errors_by_batch
from survey.db import db
from survey.entry.blueprint import blueprint, page
from survey.entry.verifying.rates import items_of, keyers_of
from survey.models import Survey


@blueprint.get("/entry/paper/<int:survey_id>/errors")
@roles("supervisor")
def show_errors(survey_id: int) -> str:
    survey = db.get_or_404(Survey, survey_id)
    batches = errors_by_batch(survey_id)
    return page(
        "verifying/errors.html",
        survey,
        batches=batches,
        keyers=keyers_of(survey),
        items=items_of(survey),
    )
