"""At what moment answers were corrected; the first version keeps its day alone."""

import sqlalchemy as sa
from alembic import op

revision = '0008'
down_revision = '0007'


def upgrade() -> None:
    # With the column, as SQLite adds a promise to a table in no other way but writing the table anew.
    kind = sa.DateTime(timezone=True).compile(dialect=op.get_bind().dialect)
    promise = "CONSTRAINT ck_response_versions_moment CHECK (version > 1 OR made_at IS NULL)"
    op.execute(f"ALTER TABLE response_versions ADD COLUMN made_at {kind} {promise}")


def downgrade() -> None:
    op.execute("ALTER TABLE response_versions DROP COLUMN made_at")
