"""Browsers that send what they kept until it is acknowledged, and a book of all they sent."""

from __future__ import annotations

import http.client
import json
import threading
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from flask import Flask

from survey.db import db, today
from survey.models import Draft, Survey
from survey.respond.sending import ticket
from survey.respond.visit import new_visit

LONGEST = 90  # seconds of the whole load: beyond that something hangs
EVERY = 8  # how many of a browser's forms are followed by one that is given up when it is cut off


@dataclass(frozen=True)
class Form:
    """One person's answers; `record` is what has to be stored of them."""

    response_id: uuid.UUID
    draft_hash: str
    receipt: str
    record: Mapping[str, Any]
    body: bytes


@dataclass
class Book:
    """What was sent: told to be stored, or given up without knowing. `cut` counts replies that never came."""

    stored: dict[uuid.UUID, Form] = field(default_factory=dict)
    given_up: dict[uuid.UUID, Form] = field(default_factory=dict)
    cut: int = 0
    is_over: bool = False
    changed: threading.Condition = field(default_factory=threading.Condition)

    def note_stored(self, form: Form) -> None:
        with self.changed:
            self.stored[form.response_id] = form
            self.changed.notify_all()

    def note_cut(self, form: Form, *, gives_up: bool) -> None:
        with self.changed:
            self.cut += 1
            if gives_up:
                self.given_up[form.response_id] = form

    def wait_for_more(self, number: int) -> None:
        """Until so many further forms are acknowledged."""
        with self.changed:
            wanted = len(self.stored) + number
            if not self.changed.wait_for(lambda: self.is_over or len(self.stored) >= wanted, timeout=30):
                raise RuntimeError(f"only {len(self.stored)} of {wanted} forms were acknowledged")

    def close(self) -> None:
        with self.changed:
            self.is_over = True
            self.changed.notify_all()


def new_form(app: Flask, survey: Survey, stratum_id: int) -> Form:
    """A form that was filled in on its pages: its draft is stored, its ticket in the browser's hands."""
    with app.app_context():
        visit = new_visit(survey)
        number = visit.response_id.int
        record = {"received": ("yes", "no")[number % 2], "visits": number % 31} | {
            **({"late": "no"} if number % 2 == 0 else {}),
            "polite": "high",
            "clear": "low",
            "comment": f"Góp ý của {visit.mark}",
        }
        draft = {"survey_id": survey.id, "stratum_id": stratum_id, "key_hash": visit.draft_hash}
        db.session.execute(sa.insert(Draft).values(**draft, answers={"received": "yes"}, updated_on=today()))
        db.session.commit()
        signed = ticket.issue(survey, visit, Draft(stratum_id=stratum_id))
        texts = {item: [str(answer)] for item, answer in record.items()}
        body = json.dumps({"ticket": signed, "answers": texts}).encode()
        return Form(visit.response_id, visit.draft_hash, visit.receipt, record, body)


def keep_sending(port: int, slug: str, make: Callable[[], Form], book: Book) -> None:
    """Form after form over a kept connection, until the book is closed; the last one is sent to its end."""
    deadline = time.monotonic() + LONGEST
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=LONGEST)
    count = 0
    try:
        while not book.is_over and time.monotonic() < deadline:
            count += 1
            deliver(connection, f"/k/{slug}/outbox", make(), book, gives_up=count % EVERY == 0)
    finally:
        book.close()  # if this one failed, nobody has to wait for it
        connection.close()


def deliver(
    connection: http.client.HTTPConnection, path: str, form: Form, book: Book, *, gives_up: bool
) -> None:
    """Send a form until there is a reply, the same each time, as the browser does."""
    deadline = time.monotonic() + LONGEST
    while time.monotonic() < deadline:
        try:
            connection.request("POST", path, form.body, {"Content-Type": "application/json"})
            reply = connection.getresponse()
            status, said = reply.status, reply.read()
        except (OSError, http.client.HTTPException):
            connection.close()
            book.note_cut(form, gives_up=gives_up)
            if gives_up:
                return
            continue
        assert status == 200, said
        assert json.loads(said) == {"state": "stored", "receipt": form.receipt}
        book.note_stored(form)
        return
    raise TimeoutError("a form was never acknowledged")
