"""The example's first run, so that its ranking and report are there from the start."""

from __future__ import annotations

from collections.abc import Callable

from survey.db import db
from survey.demo.users import user_named
from survey.export import round_inputs
from survey.models import Round
from survey.results.making import computed, stored
from survey.results.settings import Order


def make_first_run(example: Round, say: Callable[[str], None]) -> None:
    """Compute the round with the default recipe, in the name of the demo analyst, and commit the run."""
    order = Order(example.code)
    round_id, inputs = example.id, round_inputs(example, order.recipe, with_targets=order.with_targets)
    result = computed(inputs, lambda share, message: None)
    made = stored(result, round_id, user_named("phantich").id, order)
    db.session.commit()
    say(f"first run: {made.sha256[:12]}")
