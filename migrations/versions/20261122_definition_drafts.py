"""Drafts of definitions with their changes and comments; versions may retire."""

import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'


def upgrade() -> None:
    op.create_table('definition_drafts',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('version', sa.String(), nullable=False),
    sa.Column('content', sa.JSON(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('framework_id', sa.Integer(), nullable=True),
    sa.Column('sent_by_id', sa.Integer(), nullable=True),
    sa.Column('updated_by_id', sa.Integer(), nullable=True),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("kind IN ('framework', 'questionnaire')", name=op.f('ck_definition_drafts_kind')),
    sa.CheckConstraint("state = 'draft' OR sent_by_id IS NOT NULL", name=op.f('ck_definition_drafts_sent')),
    sa.CheckConstraint("state IN ('draft', 'review', 'approved')", name=op.f('ck_definition_drafts_state')),
    sa.CheckConstraint('revision >= 0', name=op.f('ck_definition_drafts_revision')),
    sa.ForeignKeyConstraint(['framework_id'], ['framework_versions.id'], name=op.f('fk_definition_drafts_framework_id_framework_versions')),
    sa.ForeignKeyConstraint(['sent_by_id'], ['users.id'], name=op.f('fk_definition_drafts_sent_by_id_users')),
    sa.ForeignKeyConstraint(['updated_by_id'], ['users.id'], name=op.f('fk_definition_drafts_updated_by_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_definition_drafts'))
    )
    with op.batch_alter_table('definition_drafts', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_definition_drafts_framework_id'), ['framework_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_definition_drafts_kind_state'), ['kind', 'state'], unique=False)
        batch_op.create_index(batch_op.f('ix_definition_drafts_sent_by_id'), ['sent_by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_definition_drafts_updated_by_id'), ['updated_by_id'], unique=False)

    op.create_table('draft_changes',
    sa.Column('draft_id', sa.Integer(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=True),
    sa.Column('action', sa.String(), nullable=False),
    sa.Column('place', sa.String(), nullable=False),
    sa.Column('before', sa.JSON(), nullable=True),
    sa.Column('after', sa.JSON(), nullable=True),
    sa.ForeignKeyConstraint(['author_id'], ['users.id'], name=op.f('fk_draft_changes_author_id_users')),
    sa.ForeignKeyConstraint(['draft_id'], ['definition_drafts.id'], name=op.f('fk_draft_changes_draft_id_definition_drafts')),
    sa.PrimaryKeyConstraint('draft_id', 'revision', name=op.f('pk_draft_changes'))
    )
    with op.batch_alter_table('draft_changes', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_draft_changes_author_id'), ['author_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_draft_changes_draft_id_place'), ['draft_id', 'place'], unique=False)

    op.create_table('draft_comments',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('draft_id', sa.Integer(), nullable=False),
    sa.Column('place', sa.String(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('settled_by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("text <> ''", name=op.f('ck_draft_comments_text')),
    sa.ForeignKeyConstraint(['author_id'], ['users.id'], name=op.f('fk_draft_comments_author_id_users')),
    sa.ForeignKeyConstraint(['draft_id'], ['definition_drafts.id'], name=op.f('fk_draft_comments_draft_id_definition_drafts')),
    sa.ForeignKeyConstraint(['settled_by_id'], ['users.id'], name=op.f('fk_draft_comments_settled_by_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_draft_comments'))
    )
    with op.batch_alter_table('draft_comments', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_draft_comments_author_id'), ['author_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_draft_comments_draft_id'), ['draft_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_draft_comments_settled_by_id'), ['settled_by_id'], unique=False)

    with op.batch_alter_table('framework_versions', schema=None) as batch_op:
        batch_op.add_column(sa.Column('retired_on', sa.Date(), nullable=True))

    with op.batch_alter_table('questionnaire_versions', schema=None) as batch_op:
        batch_op.add_column(sa.Column('retired_on', sa.Date(), nullable=True))



def downgrade() -> None:
    with op.batch_alter_table('questionnaire_versions', schema=None) as batch_op:
        batch_op.drop_column('retired_on')

    with op.batch_alter_table('framework_versions', schema=None) as batch_op:
        batch_op.drop_column('retired_on')

    with op.batch_alter_table('draft_comments', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_draft_comments_settled_by_id'))
        batch_op.drop_index(batch_op.f('ix_draft_comments_draft_id'))
        batch_op.drop_index(batch_op.f('ix_draft_comments_author_id'))

    op.drop_table('draft_comments')
    with op.batch_alter_table('draft_changes', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_draft_changes_draft_id_place'))
        batch_op.drop_index(batch_op.f('ix_draft_changes_author_id'))

    op.drop_table('draft_changes')
    with op.batch_alter_table('definition_drafts', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_definition_drafts_updated_by_id'))
        batch_op.drop_index(batch_op.f('ix_definition_drafts_sent_by_id'))
        batch_op.drop_index(batch_op.f('ix_definition_drafts_kind_state'))
        batch_op.drop_index(batch_op.f('ix_definition_drafts_framework_id'))

    op.drop_table('definition_drafts')
