"""Who is signed in: the session remembers a user and the stamp that ends it."""

from __future__ import annotations

import secrets

from flask import Flask, session
from flask_login import LoginManager, current_user, login_user

from survey.db import db
from survey.models import User

login_manager = LoginManager()


@login_manager.user_loader
def load_user(remembered: str) -> User | None:
    """The user of a session, unless deactivated, or the stamp has changed since."""
    user_id, _, stamp = remembered.partition(".")
    user = db.session.get(User, int(user_id)) if user_id.isdecimal() else None
    is_valid = user is not None and user.active and secrets.compare_digest(user.session_stamp, stamp)
    return user if is_valid else None


def open_session(user: User) -> None:
    """Begin a new session: nothing of the one before survives, so none can be planted."""
    session.clear()
    session.permanent = True
    login_user(user)


def end_sessions(user: User) -> None:
    """Sign a user out everywhere, with the transaction that commits this."""
    user.session_stamp = secrets.token_hex(16)


def init_app(app: Flask) -> None:
    # Templates ask who is signed in only where they need it: a page that does not costs no query.
    login_manager.init_app(app, add_context_processor=False)
    app.jinja_env.globals["current_user"] = current_user
