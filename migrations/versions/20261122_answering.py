"""Ways in, limits, consent and the statistics of the way."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0004'
down_revision = '0003'

BY_KEY = {'sqlite_with_rowid': False}  # SQLite makes an altered table anew: its rows still lie by their ids


def upgrade() -> None:
    op.create_table('mailings',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('survey_id', sa.Integer(), nullable=False),
    sa.Column('subject', sa.String(), nullable=False),
    sa.Column('body', sa.String(), nullable=False),
    sa.Column('sent', sa.Integer(), nullable=False),
    sa.Column('created_by_id', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('sent >= 0', name=op.f('ck_mailings_sent')),
    sa.ForeignKeyConstraint(['created_by_id'], ['users.id'], name=op.f('fk_mailings_created_by_id_users')),
    sa.ForeignKeyConstraint(['survey_id'], ['surveys.id'], name=op.f('fk_mailings_survey_id_surveys')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mailings'))
    )
    with op.batch_alter_table('mailings', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_mailings_created_by_id'), ['created_by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_mailings_survey_id'), ['survey_id'], unique=False)

    op.create_table('way_counts',
    sa.Column('survey_id', sa.Integer(), nullable=False),
    sa.Column('event', sa.String(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.CheckConstraint('count >= 0', name=op.f('ck_way_counts_count')),
    sa.ForeignKeyConstraint(['survey_id'], ['surveys.id'], name=op.f('fk_way_counts_survey_id_surveys')),
    sa.PrimaryKeyConstraint('survey_id', 'event', 'key', name=op.f('pk_way_counts')),
    sqlite_with_rowid=False
    )
    op.create_table('kiosks',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('survey_id', sa.Integer(), nullable=False),
    sa.Column('stratum_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('key_hash', sa.String(), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['stratum_id'], ['strata.id'], name=op.f('fk_kiosks_stratum_id_strata')),
    sa.ForeignKeyConstraint(['survey_id'], ['surveys.id'], name=op.f('fk_kiosks_survey_id_surveys')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_kiosks')),
    sa.UniqueConstraint('key_hash', name=op.f('uq_kiosks_key_hash')),
    sa.UniqueConstraint('survey_id', 'name', name=op.f('uq_kiosks_survey_id_name'))
    )
    with op.batch_alter_table('kiosks', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_kiosks_stratum_id'), ['stratum_id'], unique=False)

    op.create_table('mail_recipients',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('mailing_id', sa.Integer(), nullable=False),
    sa.Column('stratum_id', sa.Integer(), nullable=True),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('address', sa.String(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.CheckConstraint("state IN ('waiting', 'sending', 'failed')", name=op.f('ck_mail_recipients_state')),
    sa.ForeignKeyConstraint(['mailing_id'], ['mailings.id'], name=op.f('fk_mail_recipients_mailing_id_mailings')),
    sa.ForeignKeyConstraint(['stratum_id'], ['strata.id'], name=op.f('fk_mail_recipients_stratum_id_strata')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mail_recipients')),
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('mail_recipients', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_mail_recipients_mailing_id'), ['mailing_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_mail_recipients_stratum_id'), ['stratum_id'], unique=False)

    op.create_table('quotas',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('survey_id', sa.Integer(), nullable=False),
    sa.Column('stratum_id', sa.Integer(), nullable=True),
    sa.Column('answers', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('most', sa.Integer(), nullable=False),
    sa.Column('taken', sa.Integer(), nullable=False),
    sa.CheckConstraint('most > 0', name=op.f('ck_quotas_most')),
    sa.CheckConstraint('taken >= 0', name=op.f('ck_quotas_taken')),
    sa.ForeignKeyConstraint(['stratum_id'], ['strata.id'], name=op.f('fk_quotas_stratum_id_strata')),
    sa.ForeignKeyConstraint(['survey_id'], ['surveys.id'], name=op.f('fk_quotas_survey_id_surveys')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_quotas'))
    )
    with op.batch_alter_table('quotas', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_quotas_stratum_id'), ['stratum_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_quotas_survey_id'), ['survey_id'], unique=False)

    op.create_table('response_flags',
    sa.Column('response_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.CheckConstraint("kind IN ('fast', 'burst', 'same_device')", name=op.f('ck_response_flags_kind')),
    sa.ForeignKeyConstraint(['response_id'], ['responses.id'], name=op.f('fk_response_flags_response_id_responses')),
    sa.PrimaryKeyConstraint('response_id', 'kind', name=op.f('pk_response_flags')),
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('responses', table_kwargs=BY_KEY) as batch_op:
        batch_op.drop_constraint(op.f('ck_responses_state'), type_='check')
        batch_op.create_check_constraint(op.f('ck_responses_state'), "state IN ('accepted', 'rejected', 'withdrawn', 'expired')")

    with op.batch_alter_table('invitations', table_kwargs=BY_KEY) as batch_op:
        batch_op.add_column(sa.Column('kind', sa.String(), nullable=False, server_default='code'))
        batch_op.alter_column('stratum_id', existing_type=sa.Integer(), nullable=True)
        batch_op.create_check_constraint(op.f('ck_invitations_kind'), "kind IN ('code', 'dossier')")

    with op.batch_alter_table('surveys', schema=None) as batch_op:
        batch_op.add_column(sa.Column('by_dossier', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column('page_by', sa.String(), nullable=False, server_default='section'))
        batch_op.add_column(sa.Column('rates', sa.String(), nullable=False, server_default='one'))
        batch_op.add_column(sa.Column('withdrawable', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column('purpose', sa.String(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('legal_basis', sa.String(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('keep_until', sa.Date(), nullable=True))
        batch_op.create_check_constraint(op.f('ck_surveys_page_by'), "page_by IN ('section', 'question')")
        batch_op.create_check_constraint(op.f('ck_surveys_rates'), "rates IN ('one', 'several')")


def downgrade() -> None:
    with op.batch_alter_table('surveys', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_surveys_rates'), type_='check')
        batch_op.drop_constraint(op.f('ck_surveys_page_by'), type_='check')
        batch_op.drop_column('keep_until')
        batch_op.drop_column('legal_basis')
        batch_op.drop_column('purpose')
        batch_op.drop_column('withdrawable')
        batch_op.drop_column('rates')
        batch_op.drop_column('page_by')
        batch_op.drop_column('by_dossier')

    with op.batch_alter_table('invitations', table_kwargs=BY_KEY) as batch_op:
        batch_op.drop_constraint(op.f('ck_invitations_kind'), type_='check')
        batch_op.alter_column('stratum_id', existing_type=sa.Integer(), nullable=False)
        batch_op.drop_column('kind')

    with op.batch_alter_table('responses', table_kwargs=BY_KEY) as batch_op:
        batch_op.drop_constraint(op.f('ck_responses_state'), type_='check')
        batch_op.create_check_constraint(op.f('ck_responses_state'), "state IN ('accepted', 'rejected')")

    op.drop_table('response_flags')
    with op.batch_alter_table('quotas', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_quotas_survey_id'))
        batch_op.drop_index(batch_op.f('ix_quotas_stratum_id'))

    op.drop_table('quotas')
    with op.batch_alter_table('mail_recipients', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_mail_recipients_stratum_id'))
        batch_op.drop_index(batch_op.f('ix_mail_recipients_mailing_id'))

    op.drop_table('mail_recipients')
    with op.batch_alter_table('kiosks', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_kiosks_stratum_id'))

    op.drop_table('kiosks')
    op.drop_table('way_counts')
    with op.batch_alter_table('mailings', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_mailings_survey_id'))
        batch_op.drop_index(batch_op.f('ix_mailings_created_by_id'))

    op.drop_table('mailings')
