"""Publishing a run as the results of its round, and withdrawing it."""

from __future__ import annotations

import uuid

import sqlalchemy as sa
from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from analysis.round.pipeline import current_hashes
from questionnaires.faults import N_
from survey import audit
from survey.access import roles
from survey.db import db, now
from survey.errors import UserError
from survey.export import round_inputs
from survey.models import Round, Run
from survey.results.blueprint import blueprint, find_run
from survey.results.figures import rows_of
from survey.results.settings import Order
from survey.results.stored import result_of

STILL_OPEN = N_("The round is not closed: answers and scores may still change. Close it first.")
INCOMPLETE = N_("Points are still missing, so that agencies of the ranking have no index yet.")
NOBODY = N_("No agency has an index.")
OUTDATED = N_(
    "Answers, scores, definitions or what is known of paper forms have changed since this run. Make a new "
    "run and publish that one."
)
NOT_PUBLISHED = N_("These results are not published.")


def obstacles(run: Run) -> list[str]:
    """Why the run cannot be published, as sentences to translate; none where it can."""
    found = [] if run.round.state in ("closed", "published") else [STILL_OPEN]
    ranked = [row for row in rows_of(result_of(run), "index") if row["ranked"]]
    if any(row["index"] is None for row in ranked):
        found.append(INCOMPLETE)
    return found if ranked else [*found, NOBODY]


def is_outdated(run: Run) -> bool:
    """Whether a run made now would have other inputs. It reads the whole round, which takes seconds."""
    order = Order.of(run.round.code, run.recipe)
    inputs = round_inputs(run.round, order.recipe, with_targets=order.with_targets)
    return current_hashes(inputs) != run.inputs["hashes"]


def published_run(a_round: Round) -> Run | None:
    """The run that stands as the round's published results."""
    return db.session.scalar(sa.select(Run).where(Run.round_id == a_round.id, Run.published_at.is_not(None)))


def locked(a_round: Round) -> Round:
    """The round, held until the end of the transaction: two people publish one after the other."""
    query = sa.select(Round).where(Round.id == a_round.id).with_for_update()
    return db.session.scalars(query.execution_options(populate_existing=True)).one()


@blueprint.post("/runs/<uuid:run_id>/publish")
@roles("planner")
def publish(run_id: uuid.UUID) -> ResponseReturnValue:
    """Show the run to everybody, in place of the run published before."""
    run = find_run(run_id)
    a_round = locked(run.round)
    for obstacle in obstacles(run) or ([OUTDATED] if is_outdated(run) else []):
        raise UserError(obstacle, status=409)
    before = published_run(a_round)
    if before is not run:
        replaced = unpublish(before)
        run.published_at, a_round.state = now(), "published"
        audit.record("run.publish", f"round {a_round.code}", run=str(run.id), sha256=run.sha256, **replaced)
        db.session.commit()
    flash(gettext("The results are published. Everybody can read them now."))
    return redirect(url_for("results.show_run", run_id=run_id))


def unpublish(run: Run | None) -> dict[str, str]:
    """Take a run off the public page, and say which for the audit entry."""
    if run is None:
        return {}
    run.published_at = None
    db.session.flush()
    return {"instead_of": str(run.id)}


@blueprint.post("/runs/<uuid:run_id>/withdraw")
@roles("planner")
def withdraw(run_id: uuid.UUID) -> ResponseReturnValue:
    """Take the results off the public page; the run stays."""
    run = find_run(run_id)
    a_round = locked(run.round)
    db.session.refresh(run, ["published_at"])
    if run.published_at is None:
        raise UserError(NOT_PUBLISHED, status=409)
    run.published_at, a_round.state = None, "closed"
    audit.record("run.withdraw", f"round {a_round.code}", run=str(run.id), sha256=run.sha256)
    db.session.commit()
    flash(gettext("The results are withdrawn. Only staff can read them now."))
    return redirect(url_for("results.show_run", run_id=run_id))
