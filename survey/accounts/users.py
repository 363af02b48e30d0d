"""The administrator's pages: who may sign in, in which role. Users are deactivated, never deleted."""

from __future__ import annotations

import sqlalchemy as sa
from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy.orm import joinedload

from survey import audit
from survey.access import roles
from survey.accounts import passwords
from survey.accounts.forms import NewPasswordForm, UserForm
from survey.accounts.routes import blueprint, set_password
from survey.accounts.sessions import end_sessions
from survey.db import db
from survey.models import User


@blueprint.get("/users")
@roles("administrator")
def users() -> str:
    everybody = sa.select(User).options(joinedload(User.unit)).order_by(User.active.desc(), User.name)
    return render_template("accounts/users.html", users=db.session.scalars(everybody).all())


@blueprint.route("/users/new", methods=["GET", "POST"])
@roles("administrator")
def new_user() -> ResponseReturnValue:
    form, password = UserForm(), NewPasswordForm()
    is_valid = form.validate_on_submit() & password.validate_on_submit()
    if not is_valid:
        failed = form.errors or password.errors
        return render_template("accounts/new_user.html", form=form, password=password), 400 if failed else 200
    user = User(password_hash=passwords.make_hash(password.new.data))
    fill(user, form)
    end_sessions(user)
    db.session.add(user)
    audit.record("user.create", f"user {user.name}", role=user.role)
    db.session.commit()
    flash(gettext("%(name)s may sign in now.", name=user.name))
    return redirect(url_for("accounts.users"))


@blueprint.route("/users/<int:user_id>", methods=["GET", "POST"])
@roles("administrator")
def edit_user(user_id: int) -> ResponseReturnValue:
    user = db.get_or_404(User, user_id)
    form = UserForm(user)
    if not form.validate_on_submit():
        return render_template("accounts/user.html", form=form, user=user), 400 if form.errors else 200
    before = particulars(user)
    fill(user, form)
    if not user.active:
        end_sessions(user)
    changed = {name: value for name, value in particulars(user).items() if value != before[name]}
    audit.record("user.change", f"user {user.name}", **changed)
    db.session.commit()
    flash(gettext("The changes to %(name)s are saved.", name=user.name))
    return redirect(url_for("accounts.users"))


@blueprint.route("/users/<int:user_id>/password", methods=["GET", "POST"])
@roles("administrator")
def new_password(user_id: int) -> ResponseReturnValue:
    user = db.get_or_404(User, user_id)
    form = NewPasswordForm()
    if not form.validate_on_submit():
        status = 400 if form.errors else 200
        return render_template("accounts/new_password.html", form=form, user=user), status
    set_password(user, form.new.data)
    audit.record("user.new_password", f"user {user.name}")
    db.session.commit()
    flash(gettext("%(name)s has a new password and is signed out everywhere.", name=user.name))
    return redirect(url_for("accounts.users"))


def fill(user: User, form: UserForm) -> None:
    """A unit belongs to a unit officer alone: another role loses it."""
    user.name, user.full_name, user.role = form.name.data, form.full_name.data, form.role.data
    user.unit_id = form.unit_id.data if user.role == "unit_officer" else None
    user.active = form.active.data


def particulars(user: User) -> dict[str, object]:
    return {"name": user.name, "role": user.role, "unit_id": user.unit_id, "active": user.active}
