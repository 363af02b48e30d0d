"""`flask demo` loads the example round into an empty database; `flask welcome` says where everything is."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

import click
import sqlalchemy as sa
from flask import Flask, current_app
from flask.cli import with_appcontext

from survey.db import db, today
from survey.demo.first_run import make_first_run
from survey.demo.load import ROUND, load_example
from survey.demo.scanned_batch import load_scanned_batch
from survey.demo.settings import Settings
from survey.demo.users import DEMO_USERS
from survey.models import Round, Survey, User

PASSWORD_LENGTH = 12  # characters of the alphabet below
ALPHABET = "abcdefghkmnpqrstuvwxyz23456789"


@click.command()
@click.option("--responses", default=6000, show_default=True, help="Expected number of synthetic responses.")
@click.option("--seed", default=2022, show_default=True)
@with_appcontext
def demo(responses: int, seed: int) -> None:
    """Load the synthetic example round into an EMPTY database; leave any other alone."""
    if db.session.scalar(sa.select(sa.func.count()).select_from(Round)) or db.session.scalar(
        sa.select(sa.func.count()).select_from(User)
    ):
        click.echo("The database has data already: it is kept as it is.")
        return
    click.echo("Loading the example round (synthetic data) …")
    settings = Settings(
        key=current_app.config["SECRET_KEY"],
        password=_demo_password(),
        today=today(),
        responses=responses,
        seed=seed,
    )
    example = load_example(db.session, settings, lambda message: click.echo(f"  {message} responses"))
    db.session.commit()
    load_scanned_batch(example, settings, lambda message: click.echo(f"  {message}"))
    make_first_run(example, lambda message: click.echo(f"  {message}"))


@click.command()
@with_appcontext
def welcome() -> None:
    """Print the platform's addresses and, while the example round is there, its sign-ins."""
    address = current_app.config["PUBLIC_URL"] or f"http://127.0.0.1:{os.environ.get('PORT', '8000')}"
    click.echo(f"\n  Hài Lòng   {address}")
    example = db.session.scalar(sa.select(Round).where(Round.code == ROUND))
    if example is None:
        return
    click.echo(f"  Runs       {address}/rounds/{example.id}/runs (sign in)")
    click.echo("\n  Answer as a respondent (synthetic round):")
    for survey in db.session.scalars(sa.select(Survey).where(Survey.round == example).order_by(Survey.id)):
        click.echo(f"    {survey.code:<14} {address}/k/{survey.slug}")
    _say_sign_ins(address)


def _say_sign_ins(address: str) -> None:
    password = _kept_password()
    if password is None:
        return
    click.echo(f"\n  Sign in at {address}/sign-in, every demo user with the password  {password}")
    for name, (role, _) in DEMO_USERS.items():
        click.echo(f"    {name:<10} {role.replace('_', ' ')}")
    click.echo("")


def _demo_password() -> str:
    """DEMO_PASSWORD of the environment, or a random one; kept in a file only this account can read."""
    password = os.environ.get("DEMO_PASSWORD") or "".join(
        secrets.choice(ALPHABET) for _ in range(PASSWORD_LENGTH)
    )
    path = _password_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.write_text(password, encoding="utf-8")
    return password


def _kept_password() -> str | None:
    path = _password_file()
    return path.read_text(encoding="utf-8") if path.exists() else None


def _password_file() -> Path:
    return Path(current_app.instance_path) / "demo_password"


def init_app(app: Flask) -> None:
    for command in (demo, welcome):
        app.cli.add_command(command)
