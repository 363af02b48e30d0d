"""How Alembic reaches the database: by the application's own engine, in one transaction."""

import sqlalchemy as sa
from alembic import context
from flask import current_app

migrate = current_app.extensions["migrate"]


def render_item(kind, item, autogen_context):
    """Write a type of ours as what it is in the database, so that migrations outlive the code."""
    if kind == "type" and isinstance(item, sa.types.TypeDecorator):
        return f"sa.{item.impl!r}"
    if kind == "type" and isinstance(item, sa.JSON) and "postgresql" in item._variant_mapping:
        autogen_context.imports.add("from sqlalchemy.dialects import postgresql")
        return 'sa.JSON().with_variant(postgresql.JSONB(), "postgresql")'
    return False


def begin(connection):
    """One transaction for all. SQLite makes an altered table anew: what points to it waits till the end."""
    if connection.dialect.name == "sqlite":
        connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")
    return connection.begin()


with migrate.db.engine.connect() as connection, begin(connection):
    context.configure(
        connection=connection,
        target_metadata=migrate.db.metadata,
        render_item=render_item,
        **migrate.configure_args,
    )
    context.run_migrations()
    if connection.dialect.name == "sqlite":
        lost = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        assert not lost, f"rows point to nothing: {lost}"
        connection.detach()  # the next user of a pooled connection finds foreign keys on again
