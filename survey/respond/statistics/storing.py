"""Writing the counts down: after the reply is sent, in a short transaction of their own."""

from __future__ import annotations

import atexit
from collections.abc import Mapping
from contextlib import suppress
from functools import partial

import sqlalchemy as sa
import structlog
from flask import Flask, Response, current_app
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from survey.db import db
from survey.models import WayCount
from survey.respond.statistics.counts import Counts, Happening

INSERT = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}
log = structlog.get_logger()


def counts() -> Counts:
    """Those of this process."""
    return current_app.extensions["way_counts"]


def write_when_due(response: Response) -> Response:
    """Once the reply is sent and its session is closed: nobody waits for it, and it waits for nobody."""
    waiting = counts()
    if waiting.are_due():
        response.call_on_close(partial(flush, waiting, db.engine))
    return response


def flush(waiting: Counts, engine: sa.Engine) -> None:
    """Add what waits to the stored sums. What cannot be stored waits on; what no survey is left for is
    forgotten.
    """
    taken = waiting.take()
    try:
        store(engine, taken)
    except IntegrityError:
        log.warning("way counts of a survey that is gone")
    except SQLAlchemyError as error:
        waiting.give_back(taken)
        log.warning("way counts not stored", reason=type(error).__name__)


def store(engine: sa.Engine, sums: Mapping[Happening, int]) -> None:
    """In one order for all processes, so that no two of them wait for each other's rows."""
    if not sums:
        return
    rows = [{**happening._asdict(), "count": number} for happening, number in sorted(sums.items())]
    table = WayCount.__table__
    insert = INSERT[engine.dialect.name](table)
    added = {"count": table.c.count + insert.excluded.count}
    with engine.begin() as connection:
        connection.execute(
            insert.on_conflict_do_update(index_elements=[*table.primary_key], set_=added), rows
        )


def store_at_exit(app: Flask) -> None:
    taken = app.extensions["way_counts"].take()
    if taken:
        with app.app_context(), suppress(SQLAlchemyError):
            store(db.engine, taken)


def init_app(app: Flask) -> None:
    app.extensions["way_counts"] = Counts()
    app.after_request(write_when_due)
    atexit.register(store_at_exit, app)
