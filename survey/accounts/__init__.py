"""Sign-in, the own password, and the users that an administrator looks after."""

from survey.accounts import users  # noqa: F401 - its views register themselves
from survey.accounts.routes import blueprint
from survey.accounts.sessions import init_app

__all__ = ["blueprint", "init_app"]
