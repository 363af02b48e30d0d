"""Commands: `flask --app wsgi worker | create-user | translations`."""

from __future__ import annotations

import fcntl
import sys

import click
import sqlalchemy as sa
from flask import Flask, current_app
from flask.cli import AppGroup, with_appcontext

from survey import audit, catalogs, jobs
from survey.accounts import passwords
from survey.accounts.sessions import end_sessions
from survey.db import db
from survey.models import Unit, User
from survey.models.user import ROLES

translations = AppGroup("translations", help="Keep the interface's catalogs complete.")


@click.command()
@with_appcontext
def worker() -> None:
    """Do the queued work, two jobs at a time."""
    huey = current_app.extensions["huey"]
    with open(current_app.config["JOBS_FILE"] + ".lock", "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            sys.exit("A worker is already running.")
        jobs.mark_interrupted()
        db.session.remove()
        huey.create_consumer(workers=2, periodic=False, check_worker_health=True).run()


@click.command("create-user")
@click.argument("name")
@click.option("--full-name", prompt=True)
@click.option("--role", type=click.Choice(ROLES), prompt=True)
@click.option("--unit", "unit_code", help="Code of a unit officer's unit.")
@click.password_option()
@with_appcontext
def create_user(name: str, full_name: str, role: str, unit_code: str | None, password: str) -> None:
    """Let NAME sign in: the way to the first administrator."""
    if len(password) < passwords.SHORTEST:
        raise click.UsageError(f"The password needs at least {passwords.SHORTEST} characters.")
    if db.session.scalar(sa.select(User.id).where(User.name == name.lower())):
        raise click.UsageError(f"There is a user {name.lower()} already.")
    unit_id = db.session.scalar(sa.select(Unit.id).where(Unit.code == unit_code))
    if (role == "unit_officer") != (unit_id is not None):
        raise click.UsageError("A unit officer, and nobody else, needs --unit with the code of a unit.")
    user = User(name=name.lower(), full_name=full_name, role=role, unit_id=unit_id)
    user.password_hash = passwords.make_hash(password)
    end_sessions(user)
    db.session.add(user)
    audit.record("user.create", f"user {user.name}", role=role)
    db.session.commit()
    click.echo(f"{user.name} may sign in now.")


@translations.command()
def update() -> None:
    """Bring the catalogs in line with the code; name what still lacks Vietnamese."""
    for path in catalogs.update():
        click.echo(f"written: {path}")
    missing = catalogs.missing()
    for message in missing:
        click.echo(f"missing: {message}")
    sys.exit(1 if missing else 0)


def init_app(app: Flask) -> None:
    for command in (worker, create_user, translations):
        app.cli.add_command(command)
