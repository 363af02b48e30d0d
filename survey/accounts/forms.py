"""The forms of this room."""

from __future__ import annotations

import sqlalchemy as sa
from flask_babel import gettext, lazy_gettext
from flask_login import current_user
from wtforms import BooleanField, PasswordField, SelectField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Regexp

from survey.accounts import passwords
from survey.db import db
from survey.forms import StaffForm
from survey.models import Unit, User
from survey.models.user import ROLES
from survey.page import ROLE_NAMES

NAME = r"^[a-z0-9][a-z0-9._-]*$"
new_password_checks = [
    InputRequired(lazy_gettext("Enter the new password.")),
    Length(
        passwords.SHORTEST,
        passwords.LONGEST,
        lazy_gettext("Use between %(min)d and %(max)d characters."),
    ),
]


class SignInForm(StaffForm):
    name = StringField(
        lazy_gettext("User name"), [InputRequired(lazy_gettext("Enter your user name.")), Length(max=80)]
    )
    password = PasswordField(
        lazy_gettext("Password"),
        [InputRequired(lazy_gettext("Enter your password.")), Length(max=passwords.LONGEST)],
    )


class OwnPasswordForm(StaffForm):
    current = PasswordField(
        lazy_gettext("Current password"), [InputRequired(lazy_gettext("Enter your current password."))]
    )
    new = PasswordField(
        lazy_gettext("New password"),
        new_password_checks,
        description=lazy_gettext(
            "At least 10 characters. A short sentence is easy to remember and hard to guess."
        ),
    )
    repeated = PasswordField(lazy_gettext("New password once more"))

    def validate_current(self, field: PasswordField) -> None:
        if not passwords.matches(current_user.password_hash, field.data):
            raise ValidationError(gettext("This is not your current password."))

    def validate_repeated(self, field: PasswordField) -> None:
        if field.data != self.new.data:
            raise ValidationError(gettext("This differs from the new password above."))


class NewPasswordForm(StaffForm):
    new = PasswordField(
        lazy_gettext("New password"),
        new_password_checks,
        description=lazy_gettext(
            "At least 10 characters. Hand it over in person; its owner should change it."
        ),
    )


class UserForm(StaffForm):
    """A user's particulars, for a new user and for changes."""

    name = StringField(
        lazy_gettext("User name"),
        [
            InputRequired(lazy_gettext("Enter a user name.")),
            Length(max=80),
            Regexp(NAME, message=lazy_gettext("Use small letters a–z, digits, and . _ - between them.")),
        ],
        description=lazy_gettext("For signing in: small letters, digits, and . _ -"),
    )
    full_name = StringField(
        lazy_gettext("Full name"), [InputRequired(lazy_gettext("Enter the full name.")), Length(max=500)]
    )
    role = SelectField(lazy_gettext("Role"))
    unit_id = SelectField(
        lazy_gettext("Unit"),
        coerce=lambda value: int(value) if value else None,
        description=lazy_gettext("Only for a unit officer: whose scores they enter."),
    )
    active = BooleanField(lazy_gettext("May sign in"), default=True)

    def __init__(self, user: User | None = None, **values: object) -> None:
        super().__init__(obj=user, **values)
        self.user = user
        self.role.choices = [SelectChoice(role, gettext(ROLE_NAMES[role])) for role in ROLES]
        self.unit_id.choices = [SelectChoice("", gettext("No unit")), *unit_choices()]

    def validate_name(self, field: StringField) -> None:
        namesake = db.session.scalar(sa.select(User).where(User.name == field.data))
        if namesake is not None and namesake is not self.user:
            raise ValidationError(gettext("Another user has this name."))

    def validate_unit_id(self, field: SelectField) -> None:
        if self.role.data == "unit_officer" and field.data is None:
            raise ValidationError(gettext("Choose the unit of this officer."))

    def validate_active(self, _field: BooleanField) -> None:
        stays = self.active.data and self.role.data == "administrator"
        if self.user and is_last_administrator(self.user) and not stays:
            raise ValidationError(
                gettext("This is the last administrator. Give another user that role first.")
            )


def unit_choices() -> list[SelectChoice]:
    today = sa.select(Unit.id, Unit.name).where(Unit.valid_to.is_(None)).order_by(Unit.search_key)
    return [SelectChoice(str(unit_id), name) for unit_id, name in db.session.execute(today)]


def is_last_administrator(user: User) -> bool:
    others = sa.select(User.id).where(User.role == "administrator", User.active, User.id != user.id)
    return user.role == "administrator" and user.active and db.session.scalar(others.limit(1)) is None
