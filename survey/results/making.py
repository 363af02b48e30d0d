"""The job that makes a run: reads the round, computes it, stores what came out."""

from __future__ import annotations

import hashlib
import uuid

import sqlalchemy as sa

from analysis.round.inputs import RoundInputs
from analysis.round.pipeline import RunResult, run
from questionnaires.faults import N_, DefinitionError
from survey import audit
from survey.db import db, now
from survey.errors import UserError
from survey.export import round_inputs
from survey.jobs import Progress, task
from survey.models import Job, Round, Run
from survey.results.readiness import readiness_faults, refusal
from survey.results.settings import DEFAULTS, Order

KIND = "run"
NO_ROUND = N_("There is no round “%(code)s” any more.")


@task(KIND)
def make_run(job: Job, report_progress: Progress) -> str:
    order, maker = Order.read(job.subject), job.created_by_id
    a_round = db.session.scalar(sa.select(Round).where(Round.code == order.round_code))
    if a_round is None:
        raise UserError(NO_ROUND, {"code": order.round_code})
    round_id, inputs = a_round.id, round_inputs(a_round, order.recipe, with_targets=order.with_targets)
    result = computed(inputs, report_progress)
    db.session.rollback()  # what was read is read; what follows writes
    made = stored(result, round_id, maker, order)
    audit.record("run.make", order.subject, run=str(made.id), sha256=made.sha256, made_by=maker)
    db.session.commit()
    return f"/runs/{made.id}"


def computed(inputs: RoundInputs, report_progress: Progress) -> RunResult:
    """The result, or the reason why there is none. Raises UserError."""
    if faults := readiness_faults(inputs):
        raise refusal(faults)
    try:
        return run(inputs, report_progress)
    except DefinitionError as error:
        raise refusal(error.faults) from error


def stored(result: RunResult, round_id: int, maker: int | None, order: Order) -> Run:
    content, manifest = result.to_bytes(), result.manifest
    made = Run(
        id=uuid.uuid4(),
        round_id=round_id,
        recipe={**DEFAULTS, **order.settings},
        inputs={
            "as_of": manifest["round"]["as_of"],
            "responses": {survey["code"]: survey["valid"] for survey in manifest["surveys"]},
            "hashes": manifest["hashes"],
        },
        code_version=manifest["code_version"],
        result=content,
        sha256=hashlib.sha256(content).hexdigest(),
        made_at=now(),
        made_by_id=maker,
    )
    db.session.add(made)
    return made
