"""The database: one model base, the column types of every table, and transactions that hold on SQLite too."""

from __future__ import annotations

import unicodedata
import uuid
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Annotated, Any

import sqlalchemy as sa
from flask import has_request_context, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import event
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, mapped_column, registry

from survey.sqlite_turns import wait_for_turn

CONSTRAINT_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

SQLITE_PRAGMAS = {
    "journal_mode": "WAL",  # readers never wait for the writer
    "foreign_keys": "ON",
    "busy_timeout": "10000",  # milliseconds a writer queues behind another
    "synchronous": "FULL",  # what a citizen was thanked for survives a power cut
    "secure_delete": "ON",  # drafts and rows written anew leave no older copy in the file
}


class NfcText(sa.types.TypeDecorator[str]):
    """Text in Unicode form NFC, so that a name typed on any keyboard compares equal. Optional length."""

    impl = sa.String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: sa.Dialect) -> str | None:
        return None if value is None else unicodedata.normalize("NFC", value)


class UtcDateTime(sa.types.TypeDecorator[datetime]):
    """A moment, stored in UTC and always read back with its zone (SQLite keeps none by itself)."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


# A JSON document. It is replaced, never changed in place: SQLAlchemy does not look inside.
Json = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


def now() -> datetime:
    """This moment in UTC."""
    return datetime.now(UTC)


VIETNAM = timezone(timedelta(hours=7))  # all year, since 1975


def today() -> date:
    """The day in Vietnam, where days of opening and closing are meant."""
    return datetime.now(VIETNAM).date()


intpk = Annotated[int, mapped_column(primary_key=True)]


def one_of(column: str, values: Sequence[str]) -> sa.CheckConstraint:
    """The promise that a text column holds one of these words."""
    words = ", ".join(f"'{value}'" for value in values)
    return sa.CheckConstraint(f"{column} IN ({words})", name=column)


class Base(DeclarativeBase):
    """What every model starts from: `class Unit(db.Model): __tablename__ = "unit"`."""

    registry = registry(
        metadata=sa.MetaData(naming_convention=CONSTRAINT_NAMES),
        type_annotation_map={
            str: NfcText(),
            datetime: UtcDateTime(),
            dict[str, Any]: Json,
            uuid.UUID: sa.Uuid(),
        },
    )


db = SQLAlchemy(model_class=Base, disable_autonaming=True)


def begin_snapshot() -> None:
    """Start the session's transaction for reading alone: one consistent view that holds up no writer.

    Call it before the first query, and commit or roll back before writing.
    """
    if db.engine.dialect.name == "postgresql":
        options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    else:
        options = {"read_only": True}
    db.session.connection(execution_options=options)


def begin_writing() -> None:
    """Start the session's transaction anew for writing, in a request that by its method only reads."""
    db.session.rollback()
    db.session.connection(execution_options={"read_only": False})


@event.listens_for(sa.Engine, "connect")
def prepare_sqlite(connection: Any, _record: object) -> None:
    if type(connection).__module__.startswith("sqlite3"):
        connection.isolation_level = None  # BEGIN is ours, below
        for name, value in SQLITE_PRAGMAS.items():
            connection.execute(f"PRAGMA {name}={value}")


@event.listens_for(sa.Engine, "begin")
def begin_sqlite(connection: sa.Connection) -> None:
    """Take SQLite's write lock at the start of whatever may write.

    A transaction that reads first and asks for the lock later is refused at once, without waiting, when
    another one wrote in between: "database is locked".
    """
    if connection.dialect.name == "sqlite":
        reads = connection.get_execution_options().get("read_only", is_reading_request())
        if not reads:
            wait_for_turn(connection)
        connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


def is_reading_request() -> bool:
    return has_request_context() and request.method in {"GET", "HEAD", "OPTIONS"}
