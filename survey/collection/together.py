"""Short deeds of several threads in one transaction, where a database lets in one writer at a time.

Each commit waits for the disk. While one thread waits for its turn to write, others join it: their deeds are
done in its transaction, each behind a savepoint of its own, and one wait for the disk serves them all. Nobody
is told that a deed is done before it is on the disk. PostgreSQL does the same by itself.
"""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Generic, TypeVar

import sqlalchemy as sa

from survey.collection.transaction import transaction
from survey.db import db

Result = TypeVar("Result")
MOST = 50  # deeds in one transaction: nobody waits long for those who joined later

_lock = threading.Lock()
_open: dict[str, Group] = {}
"""Database file → the deeds of the group that may still be joined; the first one's thread leads it."""


class NotDone(Exception):
    """The group broke off before this deed's turn came: nothing of it is stored."""


@dataclass
class Deed(Generic[Result]):
    """What one thread wants done, and what became of it."""

    work: Callable[[], Result]
    ended: threading.Event = field(default_factory=threading.Event)
    result: Result | None = None
    error: BaseException | None = field(default_factory=NotDone)

    def do(self, connection: sa.Connection) -> None:
        """Do it behind a savepoint: what it refuses or breaks is undone, and nothing of the others."""
        driver = connection.connection.driver_connection
        driver.execute("SAVEPOINT deed")
        try:
            self.result, self.error = self.work(), None
        except Exception as error:
            self.error = error
            driver.execute("ROLLBACK TO deed")
        driver.execute("RELEASE deed")

    def outcome(self) -> Result:
        if self.error is not None:
            raise self.error
        return self.result


Group = list[Deed]


def together(work: Callable[[], Result]) -> Result:
    """Do `work` in a transaction, its own or one shared with whoever asks at the same moment.

    It may run in another thread's session: it uses nothing but `db.session` and plain values, writes by
    statements and leaves no objects there. Whatever it raises is raised here, and only here.
    """
    engine = db.engine
    has_turn = db.session().in_transaction()  # who holds it cannot wait for somebody who needs it
    if has_turn or engine.dialect.name != "sqlite":
        with transaction():
            return work()
    deed = Deed(work)
    group = join(engine.url.database, deed)
    if group[0] is deed:
        lead(engine.url.database, group)
    else:
        deed.ended.wait()
    return deed.outcome()


def join(file: str, deed: Deed) -> Group:
    with _lock:
        group = _open.setdefault(file, [])
        group.append(deed)
        if len(group) == MOST:
            del _open[file]  # whoever comes next begins another
        return group


def lead(file: str, group: Group) -> None:
    """Do all deeds of the group and wait for the disk once. Where that fails, it fails for all."""
    try:
        with transaction():
            connection = db.session.connection()  # others join while this waits for its turn to write
            for deed in joined(file, group):
                deed.do(connection)
    except BaseException as error:
        close(file, group)
        for deed in group:
            deed.error = error
    finally:
        for deed in group:
            deed.ended.set()


def joined(file: str, group: Group) -> Iterator[Deed]:
    """The deeds as they come, until no further one has joined."""
    for place in itertools.count():
        if place == len(group):
            close(file, group)
        if place == len(group):  # closed, and nobody was quicker
            return
        yield group[place]


def close(file: str, group: Group) -> None:
    with _lock:
        if _open.get(file) is group:
            del _open[file]
