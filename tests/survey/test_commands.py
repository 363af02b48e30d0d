"""The commands of whoever runs the platform."""

from __future__ import annotations

import fcntl

import pytest
import sqlalchemy as sa

from survey.accounts import passwords
from survey.db import db
from survey.models import AuditEntry, Unit, User
from tests.survey.conftest import PASSWORD, a_unit


def create_user(app, *arguments: str, password: str = PASSWORD):
    command = ["create-user", *arguments, "--full-name", "Trần Lan Anh", "--password", password]
    return app.test_cli_runner().invoke(args=command)


def test_the_first_administrator_is_made_by_command(app):
    assert create_user(app, "Lan.Anh", "--role", "administrator").exit_code == 0
    with app.app_context():
        user = db.session.scalars(sa.select(User)).one()
        assert (user.name, user.role) == ("lan.anh", "administrator")
        assert passwords.matches(user.password_hash, PASSWORD)
        assert db.session.scalars(sa.select(AuditEntry.action)).all() == ["user.create"]


def test_a_unit_officer_is_given_their_unit(app):
    with app.app_context():
        a_unit()
        db.session.commit()
    assert create_user(app, "can-bo", "--role", "unit_officer", "--unit", "a-unit").exit_code == 0
    with app.app_context():
        assert db.session.scalar(sa.select(Unit.code).join(User)) == "a-unit"


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--role", "unit_officer"], "needs --unit"),
        (["--role", "unit_officer", "--unit", "nowhere"], "needs --unit"),
        (["--role", "viewer", "--unit", "a-unit"], "nobody else"),
    ],
)
def test_a_unit_belongs_to_unit_officers_alone(app, arguments, reason):
    with app.app_context():
        a_unit()
        db.session.commit()
    refused = create_user(app, "somebody", *arguments)
    assert refused.exit_code == 2
    assert reason in refused.output


def test_a_name_is_given_once_and_short_passwords_are_refused(app):
    create_user(app, "lan.anh", "--role", "viewer")
    assert "already" in create_user(app, "LAN.ANH", "--role", "viewer").output
    assert "at least 10" in create_user(app, "other", "--role", "viewer", password="ngắn").output


def test_a_second_worker_is_refused(app):
    with open(app.config["JOBS_FILE"] + ".lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        refused = app.test_cli_runner().invoke(args=["worker"])
    assert refused.exit_code == 1
    assert "already running" in refused.output
