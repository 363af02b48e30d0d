"""A line that breaks, and what of a survey behind it is stored."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, NoReturn

import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import BrowserContext

from survey.db import db
from survey.models import Response, ResponseVersion, Survey


@dataclass
class Line:
    """The line to the server: whole, cut before a request arrives, or cut before its reply is back; or a
    server that is too busy, after some seconds, for one address.
    """

    inner: Callable[..., Iterable[bytes]]
    state: str = "whole"
    busy_at: str = ""
    delay: float = 0
    requests: list[str] = field(default_factory=list)

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if self.state == "cut":
            self.break_off(environ)
        if self.state == "busy" and environ["PATH_INFO"].endswith(self.busy_at):
            time.sleep(self.delay)
            start_response("500 Internal Server Error", [("Content-Type", "text/plain")])
            return [b"busy"]
        reply = self.inner(environ, start_response)
        self.requests.append(f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}")
        if self.state == "reply cut" and environ["REQUEST_METHOD"] == "POST":
            self.break_off(environ)
        return reply

    def break_off(self, environ: dict[str, Any]) -> NoReturn:
        environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)
        raise ConnectionError


@dataclass
class Place:
    """A survey behind a line that breaks, and what of it is stored."""

    app: Flask
    line: Line
    url: str
    slug: str
    unit: str
    code: str

    @property
    def start(self) -> str:
        return f"{self.url}/k/{self.slug}"

    def cut(self, context: BrowserContext) -> None:
        self.line.state = "cut"
        context.set_offline(True)

    def mend(self, context: BrowserContext) -> None:
        self.line.state = "whole"
        context.set_offline(False)

    def busy(self, at: str = "/draft", seconds: float = 0) -> None:
        self.line.state, self.line.busy_at, self.line.delay = "busy", at, seconds

    def answers(self) -> list[dict[str, Any]]:
        """What every stored response says."""
        with self.app.app_context():
            versions = list(db.session.scalars(sa.select(ResponseVersion)))
            assert db.session.scalar(sa.select(sa.func.count()).select_from(Response)) == len(versions)
            return [version.answers for version in versions]

    def change(self, **values: object) -> None:
        with self.app.app_context():
            survey = db.session.scalars(sa.select(Survey).filter_by(slug=self.slug)).one()
            for name, value in values.items():
                setattr(survey, name, value)
            db.session.commit()
