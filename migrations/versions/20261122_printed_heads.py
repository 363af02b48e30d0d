"""What stood in the head of the forms of a batch, so that a sheet printed again says the same."""

import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0005'


def upgrade() -> None:
    with op.batch_alter_table('batches', schema=None) as batch_op:
        batch_op.add_column(sa.Column('printed_notice', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('printed_unit', sa.String(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('batches', schema=None) as batch_op:
        batch_op.drop_column('printed_unit')
        batch_op.drop_column('printed_notice')
