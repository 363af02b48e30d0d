"""What each save of an open reading replaced, so that it can be taken back after the page is loaded again."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0007'
down_revision = '0006'


def upgrade() -> None:
    with op.batch_alter_table('form_readings', schema=None) as batch_op:
        batch_op.add_column(sa.Column('replaced', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), server_default='[]', nullable=False))


def downgrade() -> None:
    with op.batch_alter_table('form_readings', schema=None) as batch_op:
        batch_op.drop_column('replaced')
