"""Sign in, sign out, change the own password. The administrator's pages stand in users.py."""

from __future__ import annotations

import sqlalchemy as sa
import structlog
from flask import Blueprint, Response, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_limiter.util import get_remote_address
from flask_login import current_user, logout_user

from survey import audit, language
from survey.access import public, roles, safe_next
from survey.accounts import passwords
from survey.accounts.forms import OwnPasswordForm, SignInForm
from survey.accounts.sessions import end_sessions, open_session
from survey.db import begin_snapshot, db
from survey.forms import clean
from survey.models import User
from survey.models.user import ROLES
from survey.security import limiter

# An office shares one address, so names are limited sooner than addresses.
TRIES_PER_NAME_AND_ADDRESS = "10 per 5 minutes"
TRIES_PER_NAME = "50 per hour"
TRIES_PER_ADDRESS = "100 per 5 minutes"

blueprint = Blueprint("accounts", __name__, template_folder="templates")
log = structlog.get_logger()


def typed_name() -> str:
    return str(clean(request.form.get("name", ""))).lower()[:80]


def has_failed(response: Response) -> bool:
    return response.status_code != 302


def limited(tries: str, key: object) -> object:
    return limiter.limit(tries, key_func=key, methods=["POST"], deduct_when=has_failed)


@blueprint.route("/sign-in", methods=["GET", "POST"])
@public
@limited(TRIES_PER_ADDRESS, get_remote_address)
@limited(TRIES_PER_NAME, typed_name)
@limited(TRIES_PER_NAME_AND_ADDRESS, lambda: f"{get_remote_address()} {typed_name()}")
def sign_in() -> ResponseReturnValue:
    form = SignInForm()
    if not form.validate_on_submit():
        return render_template("accounts/sign_in.html", form=form), 400 if form.errors else 200
    user = authenticated(typed_name(), form.password.data)
    if user is None:
        log.info("sign-in refused")
        form.name.errors = [gettext("User name and password do not match, or this user may not sign in.")]
        return render_template("accounts/sign_in.html", form=form), 400
    open_session(user)
    audit.record("account.sign_in", f"user {user.name}")
    db.session.commit()
    target = safe_next(request.args.get("next")) or url_for("home.show")
    return language.remember(redirect(target), user.language)


def authenticated(name: str, password: str) -> User | None:
    """The active user with this name and password. Holds no transaction while it hashes."""
    begin_snapshot()
    found = db.session.execute(
        sa.select(User.id, User.password_hash).where(User.name == name, User.active.is_(True))
    ).first()
    db.session.rollback()
    if not passwords.matches(found and found.password_hash, password):
        return None
    new_hash = passwords.make_hash(password) if passwords.is_outdated(found.password_hash) else None
    user = db.session.get_one(User, found.id)
    user.password_hash = new_hash or user.password_hash
    return user


@blueprint.post("/sign-out")
@roles(*ROLES)
def sign_out() -> ResponseReturnValue:
    audit.record("account.sign_out", f"user {current_user.name}")
    db.session.commit()
    logout_user()
    session.clear()
    return redirect(url_for("home.show"))


@blueprint.route("/password", methods=["GET", "POST"])
@roles(*ROLES)
def own_password() -> ResponseReturnValue:
    form = OwnPasswordForm()
    if not form.validate_on_submit():
        return render_template("accounts/own_password.html", form=form), 400 if form.errors else 200
    set_password(current_user, form.new.data)
    audit.record("account.change_password", f"user {current_user.name}")
    db.session.commit()
    open_session(current_user._get_current_object())
    flash(gettext("Your password is changed. You are signed out everywhere else."))
    return redirect(url_for("home.show"))


def set_password(user: User, password: str) -> None:
    """Change the password, and end every session that began with the old one."""
    user.password_hash = passwords.make_hash(password)
    end_sessions(user)
