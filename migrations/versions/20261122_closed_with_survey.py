"""Which batches of paper were closed because their survey was, so that they open again with it."""

from alembic import op

revision = '0009'
down_revision = '0008'


def upgrade() -> None:
    # With the column, as SQLite adds a promise to a table in no other way but writing the table anew.
    promise = "CONSTRAINT ck_batches_closed_with_survey CHECK (closed OR NOT closed_with_survey)"
    op.execute(f"ALTER TABLE batches ADD COLUMN closed_with_survey BOOLEAN DEFAULT false NOT NULL {promise}")


def downgrade() -> None:
    op.execute("ALTER TABLE batches DROP COLUMN closed_with_survey")
