"""What people read when something cannot be done, in their words; the details go to the log."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import structlog
from flask import Flask, render_template
from flask_babel import gettext
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, InternalServerError

from questionnaires.faults import N_
from survey.db import db

log = structlog.get_logger()


class UserError(Exception):
    """What the person asked for cannot be done; `template` says why, with `%(name)s` slots for `values`."""

    def __init__(self, template: str, values: Mapping[str, object] | None = None, status: int = 400) -> None:
        self.template, self.values, self.status = template, dict(values or {}), status
        super().__init__(template % self.values)

    def sentence(self) -> str:
        """The reason in the reader's language."""
        return gettext(self.template) % self.values


class Page(NamedTuple):
    title: str
    advice: str


PAGES = {
    400: Page(
        N_("This request could not be understood"),
        N_("Go back to the page you came from and try again. Nothing was changed."),
    ),
    403: Page(
        N_("Your role does not open this page"),
        N_("If your work needs it, ask your administrator to change your role."),
    ),
    404: Page(
        N_("There is no page at this address"),
        N_("If you typed the address, check it. If you followed a link, the page may have been removed."),
    ),
    405: Page(
        N_("This address is not a page to open"),
        N_("Go back to the page you came from and use its buttons. Nothing was changed."),
    ),
    409: Page(
        N_("Somebody else changed this at the same time"),
        N_("Nothing of yours was saved over theirs. Go back, reload the page, and make your change again."),
    ),
    413: Page(
        N_("What you sent is too large"),
        N_("Nothing was saved. Send a smaller file or a shorter text."),
    ),
    429: Page(
        N_("Too many attempts"),
        N_("For safety, please wait a few minutes before you try again."),
    ),
    500: Page(
        N_("Something went wrong on our side"),
        N_("The fault was recorded. Nothing was half saved. Please try again in a few minutes."),
    ),
}
TOO_OLD = Page(
    N_("This page was open too long"),
    N_("For safety, it can no longer be sent. Nothing is lost: go back, reload the page, and send it again."),
)


def show(page: Page, status: int) -> tuple[str, int]:
    return render_template("error.html", page=page, status=status), status


def show_http_error(error: HTTPException) -> tuple[str, int, list[tuple[str, str]]] | HTTPException:
    """Replace Werkzeug's page; keep its headers (when to retry, which methods an address takes)."""
    if error.code is None or error.code < 400:
        return error  # a redirect raised as an exception
    page = PAGES.get(error.code, PAGES[400 if error.code < 500 else 500])
    headers = [(name, value) for name, value in error.get_headers() if name.lower() != "content-type"]
    return *show(page, error.code), headers


def show_csrf_error(error: CSRFError) -> tuple[str, int]:
    return show(TOO_OLD, 400)


def show_user_error(error: UserError) -> tuple[str, int]:
    db.session.rollback()
    return show(Page(error.sentence(), PAGES[400].advice), error.status)


def show_failure(error: InternalServerError) -> tuple[str, int]:
    """Flask has logged the traceback; the person gets a page that needs no database."""
    db.session.rollback()
    return render_template("failure.html", page=PAGES[500]), 500


def init_app(app: Flask) -> None:
    app.register_error_handler(HTTPException, show_http_error)
    app.register_error_handler(CSRFError, show_csrf_error)
    app.register_error_handler(UserError, show_user_error)
    app.register_error_handler(InternalServerError, show_failure)
