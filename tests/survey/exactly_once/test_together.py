"""Deeds that share a transaction: one wait for the disk for all; what happens to one happens to no other."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
import sqlalchemy as sa
from flask import Flask

from survey.collection import together as groups
from survey.collection.together import together
from survey.db import db, now
from survey.models import AuditEntry
from tests.survey.exactly_once.racing import at_once, count

TABLE = AuditEntry.__table__


def noting(what: str, fault: Exception | None = None) -> Callable[[], str]:
    """A deed that writes one row, and then breaks where it is given a fault."""

    def deed() -> str:
        db.session.execute(TABLE.insert().values(action=what, subject="", at=now(), details={}))
        if fault:
            raise fault
        return what

    return deed


@contextmanager
def commits(app: Flask) -> Iterator[list[float]]:
    """The moments of all commits meanwhile."""
    seen: list[float] = []

    def note(_connection: sa.Connection) -> None:
        seen.append(time.monotonic())

    with app.app_context():
        engine = db.engine
    sa.event.listen(engine, "commit", note)
    yield seen
    sa.event.remove(engine, "commit", note)


def in_threads_while_another_writes(app: Flask, deeds: list[Callable[[], str]]) -> list[str | Exception]:
    """What the deeds give or raise; all of them ask while somebody else holds the turn to write."""

    def ask(deed: Callable[[], str]) -> str | Exception:
        with app.app_context():
            try:
                return together(deed)
            except Exception as error:
                return error

    with ThreadPoolExecutor(len(deeds)) as pool, app.app_context():
        db.session.execute(TABLE.insert().values(action="first", subject="", at=now(), details={}))
        asked = [pool.submit(ask, deed) for deed in deeds]
        wait_until_joined(len(deeds))
        db.session.commit()
        return [each.result(timeout=30) for each in asked]


def wait_until_joined(number: int) -> None:
    """PostgreSQL lets all write at once: nobody joins anybody there."""
    if db.engine.dialect.name == "sqlite":
        end = time.monotonic() + 30
        while time.monotonic() < end and sum(map(len, groups._open.values())) < number:
            time.sleep(0.005)


def test_all_who_ask_at_once_are_stored(app: Flask) -> None:
    names = [f"deed-{number}" for number in range(20)]
    assert at_once(app, [lambda name=name: together(noting(name)) for name in names]) == names
    assert all(count(app, AuditEntry, action=name) == 1 for name in names)


def test_who_breaks_is_undone_alone_and_told_alone(app: Flask) -> None:
    deeds = [noting(f"deed-{n}", ValueError("broken") if n % 3 == 1 else None) for n in range(9)]
    ends = in_threads_while_another_writes(app, deeds)
    assert [isinstance(end, ValueError) for end in ends] == [n % 3 == 1 for n in range(9)]
    assert [count(app, AuditEntry, action=f"deed-{n}") for n in range(9)] == [
        int(n % 3 != 1) for n in range(9)
    ]


def test_a_deed_inside_a_transaction_does_not_wait_for_itself(app: Flask) -> None:
    with app.app_context():
        noting("before")()
        assert together(noting("after")) == "after"
    assert count(app, AuditEntry) == 2


def test_a_group_waits_for_the_disk_once(app: Flask, database_backend: str) -> None:
    with commits(app) as seen:
        in_threads_while_another_writes(app, [noting(f"deed-{n}") for n in range(9)])
    assert len(seen) == (2 if database_backend == "sqlite" else 10)  # the other writer's is one of them


def test_nobody_is_told_of_success_where_the_disk_refused(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_connection: sa.Connection) -> None:
        if threading.current_thread() is not threading.main_thread():
            raise OSError("the disk is full")

    with app.app_context():
        engine = db.engine
    sa.event.listen(engine, "commit", refuse)
    try:
        ends = in_threads_while_another_writes(app, [noting(f"deed-{n}") for n in range(5)])
    finally:
        sa.event.remove(engine, "commit", refuse)
    assert [type(end) for end in ends] == [OSError] * 5
    assert count(app, AuditEntry) == 1  # of the other writer
    with app.app_context():
        assert together(noting("afterwards")) == "afterwards"


def test_a_full_group_is_closed_and_the_next_begins_another(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(groups, "MOST", 3)
    names = [f"deed-{number}" for number in range(10)]
    assert sorted(at_once(app, [lambda name=name: together(noting(name)) for name in names])) == names
    assert count(app, AuditEntry) == 10
    assert groups._open == {}
