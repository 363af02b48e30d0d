"""Styles, scripts and fonts are fetched once: named by their content, they stay in a browser for a year."""

from __future__ import annotations

import os
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from flask import Flask, Response, current_app, request
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from itsdangerous import URLSafeTimedSerializer
from werkzeug.utils import safe_join

KEPT = "public, max-age=31536000, immutable"
NEEDLESS = ("Accept-Ranges", "Content-Disposition", "Date", "Last-Modified")
"""What tells a browser nothing of a file that it shows in a page and never asks for again, or what the server
in front adds; a telephone pays for each byte of a dozen files.
"""
DIGITS = 12


def is_static(endpoint: str | None) -> bool:
    """Whether this is the application's view of static files, or a room's."""
    return endpoint is not None and endpoint.rpartition(".")[2] == "static"


def fingerprint(endpoint: str, filename: str) -> str | None:
    """The file's content in 12 digits; None where there is no such file."""
    room = current_app.blueprints.get(endpoint.rpartition(".")[0], current_app)
    path = safe_join(room.static_folder or "", filename)
    try:
        return _digest(path, os.stat(path).st_mtime_ns) if path else None
    except OSError:
        return None


@lru_cache(maxsize=256)
def _digest(path: str, changed: int) -> str:
    """Read again only after a change: an edited style is seen at once, without a restart."""
    return sha256(Path(path).read_bytes()).hexdigest()[:DIGITS]


def add_fingerprint(endpoint: str, values: dict[str, Any]) -> None:
    if is_static(endpoint):
        values["v"] = fingerprint(endpoint, values["filename"])


def let_browsers_keep(response: Response) -> Response:
    """For good where the address names this very content; else a browser asks each time (`no-cache`)."""
    if is_static(request.endpoint) and response.status_code in {200, 206, 304} and _is_named_by_content():
        response.headers["Cache-Control"] = KEPT
        for name in NEEDLESS:
            response.headers.pop(name, None)
    return response


def _is_named_by_content() -> bool:
    named = request.args.get("v")
    return named is not None and named == fingerprint(request.endpoint, request.view_args["filename"])


class PageSessions(SecureCookieSessionInterface):
    """Sessions as usual, but static files neither renew them nor differ by them (`Vary: Cookie`), and what
    signs them is made once a process.
    """

    def __init__(self, app: Flask) -> None:
        self.signing = super().get_signing_serializer(app)

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        return self.signing

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if not is_static(request.endpoint):
            super().save_session(app, session, response)


def init_app(app: Flask) -> None:
    app.session_interface = PageSessions(app)
    app.url_defaults(add_fingerprint)
    app.after_request(let_browsers_keep)
