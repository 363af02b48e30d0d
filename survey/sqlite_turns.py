"""SQLite lets one writer in at a time. Threads of this process queue for their turn here and are woken as it
comes; left to SQLite they would ask again after ever longer sleeps, and some would wait half a second.

Other processes still meet in SQLite's own lock, which alone decides.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event

PATIENCE = 10  # seconds, as for SQLite's own lock: then let SQLite say that the database is locked
TURN = "sqlite_turn"

_turns: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)


def wait_for_turn(connection: sa.Connection) -> None:
    """Wait until no thread of this process writes to the connection's file; the turn ends when the connection
    goes back to its pool.
    """
    file, info = connection.engine.url.database, connection.info
    if not file or TURN in info:
        return
    turn = _turns[file]
    if turn.acquire(timeout=PATIENCE):
        info[TURN] = turn


@event.listens_for(sa.pool.Pool, "checkin")
@event.listens_for(sa.pool.Pool, "detach")
@event.listens_for(sa.pool.Pool, "invalidate")
def end_turn(_connection: Any, record: Any, *_exception: Any) -> None:
    turn = record.info.pop(TURN, None)
    if turn is not None:
        turn.release()
