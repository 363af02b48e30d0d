"""How many statements a page sends to the database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from flask.testing import FlaskClient

from survey.db import db


@contextmanager
def statements() -> Iterator[list[str]]:
    """The statements sent while the block runs. Use it within an application context."""
    sent: list[str] = []

    def note(_connection, _cursor, statement, *_rest) -> None:
        sent.append(statement)

    sa.event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        sa.event.remove(db.engine, "before_cursor_execute", note)


def counted(client: FlaskClient, path: str) -> int:
    """The number of statements that opening a page takes."""
    with statements() as sent:
        reply = client.get(path)
    assert reply.status_code == 200, f"{path}: {reply.status_code}"
    return len(sent)
