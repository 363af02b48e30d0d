"""Long work: started from a page, done by the worker, watched on the job's own page."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
import structlog
from flask import Blueprint, Flask, abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_login import current_user
from huey import SqliteHuey

from questionnaires.faults import N_
from survey import audit
from survey.access import roles
from survey.db import begin_snapshot, db, now
from survey.errors import UserError
from survey.models import Job, Round, User
from survey.models.user import ROLES

Progress = Callable[[float, str], None]
Work = Callable[[Job, Progress], str]

FAILED = N_("The work failed for a reason of our own. It was recorded; please tell your administrator.")
INTERRUPTED = N_("The work was interrupted when the machine stopped. Start it again.")
UNFINISHED = ("queued", "running")
PASSING, A_DAY = "passing", datetime.timedelta(days=1)
MESSAGE_LENGTH = 500

log = structlog.get_logger()
blueprint = Blueprint("jobs", __name__, url_prefix="/jobs")
WORK: dict[str, Work] = {}


def task(kind: str) -> Callable[[Work], Work]:
    """Register the function that does the work of jobs of this kind.

    It gets the job and `report_progress(share, message)`, share from 0 to 1, and returns the address of its
    result. It begins in a snapshot that only reads: it commits before it writes, and while it holds a
    transaction that writes it reports no progress, which needs the database for itself.
    """

    def register(work: Work) -> Work:
        WORK[kind] = work
        return work

    return register


def start(kind: str, subject: str, user: User) -> Job:
    """Queue the work and commit. Where the same work already waits or runs, return that job instead."""
    same = sa.select(Job).where(Job.kind == kind, Job.subject == subject, Job.state.in_(UNFINISHED))
    unfinished = db.session.scalar(same.limit(1))
    if unfinished:
        return unfinished
    job_id = uuid.uuid4()
    db.session.add(Job(id=job_id, kind=kind, subject=subject, created_by_id=user.id, created_at=now()))
    audit.record("job.start", subject, kind=kind)
    db.session.commit()
    current_app.extensions["run_job"](str(job_id))
    return db.session.get_one(Job, job_id)


def run(job_id: uuid.UUID) -> None:
    """Do one queued job, in a process of the worker. Never raises: what goes wrong is written on the job."""
    if not claim(job_id):
        return
    begin_snapshot()
    job = db.session.get_one(Job, job_id)
    language = job.created_by.language if job.created_by else "vi"
    try:
        with force_locale(language):
            address = WORK[job.kind](job, lambda share, message: report(job_id, share, message))
        outcome = {"state": "done", "progress": 100, "message": "", "result_url": address}
    except UserError as error:
        with force_locale(language):
            outcome = {"state": "failed", "message": error.sentence()[:MESSAGE_LENGTH]}
    except Exception:
        log.exception("job failed", job=str(job_id))
        outcome = {"state": "failed", "message": FAILED}
    db.session.rollback()
    update(sa.update(Job).where(Job.id == job_id).values(**outcome, finished_at=now()))


def claim(job_id: uuid.UUID) -> bool:
    """Mark a queued job as running; False where somebody else did."""
    queued = sa.update(Job).where(Job.id == job_id, Job.state == "queued")
    return update(queued.values(state="running")) == 1


def report(job_id: uuid.UUID, share: float, message: str) -> None:
    progress = min(max(round(100 * share), 0), 100)
    update(sa.update(Job).where(Job.id == job_id).values(progress=progress, message=message[:MESSAGE_LENGTH]))


def update(statement: sa.Update) -> int:
    """Write to the jobs in a transaction of its own; returns the number of rows."""
    with db.engine.begin() as connection:
        return connection.execute(statement).rowcount


def keep(name: str, outcome: object) -> None:
    """Keep what a job found and another could find again, in place of the last of this name."""
    current_app.extensions["huey"].put(name, outcome)


def kept(name: str) -> Any:
    """What was kept under a name last; None where nothing is."""
    return current_app.extensions["huey"].get(name, peek=True)


def keep_a_day(name: str, outcome: object) -> None:
    """As `keep`, what quotes a file that somebody uploaded: it is kept no longer than people need it."""
    keep(f"{PASSING} {name}", (now(), outcome))


def kept_a_day(name: str) -> Any:
    at, outcome = kept(f"{PASSING} {name}") or (now(), None)
    return outcome if at > now() - A_DAY else None


def forget_passed() -> int:
    """Delete what was to be kept for a day, once that is over; how many."""
    huey = current_app.extensions["huey"]
    names = [name for name in huey.all_results() if name.startswith(f"{PASSING} ")]
    over = [name for name in names if kept(name)[0] <= now() - A_DAY]
    for name in over:
        huey.delete(name)
    return len(over)


def mark_interrupted() -> int:
    """Say of every job found running, when a worker starts, that it was interrupted. Returns how many."""
    running = sa.update(Job).where(Job.state == "running")
    return update(running.values(state="failed", message=INTERRUPTED, finished_at=now()))


def is_synthetic(job: Job) -> bool:
    """Whether the job's subject names a round of synthetic data."""
    named = sa.select(Round.id).where(Round.synthetic, sa.literal(job.subject).contains(Round.code))
    return bool(db.session.scalar(sa.select(named.exists())))


@blueprint.get("/<uuid:job_id>")
@roles(*ROLES)
def show(job_id: uuid.UUID) -> ResponseReturnValue:
    """The job's page; for htmx only the part that changes, or 204 where nothing did."""
    job = own_job(job_id)
    if job.state == "done" and job.result_url:
        return leave_for(job.result_url)
    if "HX-Request" not in request.headers:
        return render_template("job.html", job=job, synthetic=is_synthetic(job))
    if request.args.get("seen") == seen(job):
        return "", 204
    return render_template("job_progress.html", job=job)


@blueprint.post("/<uuid:job_id>/restart")
@roles(*ROLES)
def restart(job_id: uuid.UUID) -> ResponseReturnValue:
    job = own_job(job_id)
    if job.state != "failed":
        abort(409)
    return redirect(url_for("jobs.show", job_id=start(job.kind, job.subject, current_user).id))


def own_job(job_id: uuid.UUID) -> Job:
    """The job, for who started it and for administrators; to others it does not exist."""
    job = db.session.get(Job, job_id)
    if job is None or (job.created_by_id != current_user.id and current_user.role != "administrator"):
        abort(404)
    return job


def leave_for(address: str) -> ResponseReturnValue:
    """To the result; htmx must be told to leave the whole page."""
    if "HX-Request" in request.headers:
        return "", 204, {"HX-Redirect": address}
    return redirect(address)


def seen(job: Job) -> str:
    """What a reader has been shown of a job."""
    return f"{job.state} {job.progress} {job.message}"


def init_app(app: Flask) -> None:
    huey = SqliteHuey("hailong", filename=app.config["JOBS_FILE"], immediate=app.config["JOBS_IMMEDIATE"])

    @huey.task(name="run_job")
    def run_job(job_id: str) -> None:
        with app.app_context():
            run(uuid.UUID(job_id))

    app.extensions.update(huey=huey, run_job=run_job)
    app.jinja_env.globals["seen"] = seen
    app.register_blueprint(blueprint)
