"""The walk through all paths: starting it, and what it found."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from survey import jobs
from survey.builder.trial import walk_job
from survey.builder.trial.sorts import page
from survey.builder.trial.subject import Tried
from survey.builder.trial.walk_view import findings, shares


@page("/walk")
def walk(tried: Tried) -> str:
    walked = walk_job.last_walk(tried)
    return render_template(
        "builder/trial/walk.html",
        tried=tried,
        walked=walked,
        is_current=walked is not None and walked.is_of(tried),
        findings=findings(walked, tried) if walked else [],
        shares=shares(walked, tried) if walked else [],
        paths=walk_job.PATHS,
    )


@page("/walk", "POST")
def start_walk(tried: Tried) -> ResponseReturnValue:
    job = jobs.start(walk_job.KIND, tried.name, current_user)
    if job.created_by_id != current_user.id:
        flash(gettext("A colleague has just started this walk. What it finds will stand here."))
        return redirect(url_for(".walk", slug=tried.id))
    return redirect(url_for("jobs.show", job_id=job.id))
