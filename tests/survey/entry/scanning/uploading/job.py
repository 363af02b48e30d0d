"""The job that reads scans: run by hand, or stopped on its way."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask

from survey import jobs
from survey.db import db
from survey.entry.scanning import reading_job
from survey.models import Job


def run_job(app: Flask) -> None:
    with app.app_context():
        job_id = db.session.scalars(sa.select(Job.id)).one()
    with app.app_context():
        jobs.run(job_id)


class Killed(BaseException):
    """The machine stops: nothing is caught, nothing tidied up."""


def killed(*_arguments: object) -> None:
    raise Killed


def dies_at_second(monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    works, calls = getattr(reading_job, place), []

    def work(*arguments: object) -> object:
        calls.append(place)
        return killed() if len(calls) == 2 or place == "end" else works(*arguments)

    monkeypatch.setattr(reading_job, place, work)
