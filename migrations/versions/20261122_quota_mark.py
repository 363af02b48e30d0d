"""Surveys say themselves that quotas were set, so that who stores an answer sees it with the survey's row."""

import sqlalchemy as sa
from alembic import op

revision = '0010'
down_revision = '0009'


def upgrade() -> None:
    with op.batch_alter_table('surveys', schema=None) as batch_op:
        batch_op.add_column(sa.Column('has_quotas', sa.Boolean(), server_default=sa.false(), nullable=False))
    op.execute("UPDATE surveys SET has_quotas = true WHERE id IN (SELECT survey_id FROM quotas)")


def downgrade() -> None:
    with op.batch_alter_table('surveys', schema=None) as batch_op:
        batch_op.drop_column('has_quotas')
