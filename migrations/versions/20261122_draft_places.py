"""Drafts' changes keep where a part stood, and comments are answered."""

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'


def upgrade() -> None:
    with op.batch_alter_table('draft_changes', schema=None) as batch_op:
        batch_op.add_column(sa.Column('stood', sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column('stands', sa.JSON(), nullable=True))

    with op.batch_alter_table('draft_comments', schema=None) as batch_op:
        batch_op.add_column(sa.Column('answers_id', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_draft_comments_answers_id'), ['answers_id'], unique=False)
        batch_op.create_foreign_key(
            batch_op.f('fk_draft_comments_answers_id_draft_comments'), 'draft_comments', ['answers_id'], ['id']
        )


def downgrade() -> None:
    with op.batch_alter_table('draft_comments', schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f('fk_draft_comments_answers_id_draft_comments'), type_='foreignkey'
        )
        batch_op.drop_index(batch_op.f('ix_draft_comments_answers_id'))
        batch_op.drop_column('answers_id')

    with op.batch_alter_table('draft_changes', schema=None) as batch_op:
        batch_op.drop_column('stands')
        batch_op.drop_column('stood')
