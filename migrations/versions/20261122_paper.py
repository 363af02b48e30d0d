"""Paper from the printer to the archive: layouts, serials, the trail of a form, its readings, and scans of it."""

import secrets

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0005'
down_revision = '0004'

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
GONE = "'rejected', 'spoiled', 'refused', 'lost'"
STATES = "'printed', 'issued', 'returned', 'entered', 'disputed', 'accepted', 'rejected', 'spoiled', 'refused', 'lost'"

# What was keyed before is the first reading of its form, as it was accepted.
READINGS = """
INSERT INTO form_readings (form_id, kind, person_id, state, answers, notes, cursor, token, seq, started_at,
                           saved_at, finished_at, items_checked, items_wrong)
SELECT paper_forms.id, 'first', keyed_by_id, 'done', answers, '{}', '', paper_forms.response_id, 0, keyed_at,
       keyed_at, keyed_at, 0, 0
FROM paper_forms JOIN response_versions ON response_versions.response_id = paper_forms.response_id AND version = 1
"""
EVENTS = """
INSERT INTO form_events (form_id, event, at, person_id, reason)
SELECT id, 'accepted', keyed_at, keyed_by_id, '' FROM paper_forms
"""


def upgrade() -> None:
    op.create_table('form_layouts',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(), nullable=False),
    sa.Column('questionnaire_id', sa.Integer(), nullable=False),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('content', JSON, nullable=False),
    sa.Column('made_on', sa.Date(), nullable=False),
    sa.CheckConstraint('length(sha256) = 64', name=op.f('ck_form_layouts_sha256')),
    sa.ForeignKeyConstraint(['questionnaire_id'], ['questionnaire_versions.id'], name=op.f('fk_form_layouts_questionnaire_id_questionnaire_versions')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_form_layouts')),
    sa.UniqueConstraint('sha256', name=op.f('uq_form_layouts_sha256'))
    )
    with op.batch_alter_table('form_layouts', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_form_layouts_questionnaire_id'), ['questionnaire_id'], unique=False)

    op.create_table('scans',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('survey_id', sa.Integer(), nullable=False),
    sa.Column('batch_id', sa.Integer(), nullable=True),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('sha256', sa.String(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('pages', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('uploaded_by_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('keep_until', sa.Date(), nullable=True),
    sa.CheckConstraint("state IN ('waiting', 'reading', 'read', 'failed', 'deleted')", name=op.f('ck_scans_state')),
    sa.CheckConstraint('pages >= 0', name=op.f('ck_scans_pages')),
    sa.ForeignKeyConstraint(['batch_id'], ['batches.id'], name=op.f('fk_scans_batch_id_batches')),
    sa.ForeignKeyConstraint(['survey_id'], ['surveys.id'], name=op.f('fk_scans_survey_id_surveys')),
    sa.ForeignKeyConstraint(['uploaded_by_id'], ['users.id'], name=op.f('fk_scans_uploaded_by_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_scans')),
    sa.UniqueConstraint('survey_id', 'sha256', name=op.f('uq_scans_survey_id_sha256'))
    )
    with op.batch_alter_table('scans', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_scans_batch_id'), ['batch_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_scans_keep_until'), ['keep_until'], unique=False)
        batch_op.create_index(batch_op.f('ix_scans_uploaded_by_id'), ['uploaded_by_id'], unique=False)

    op.create_table('form_events',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('form_id', sa.Integer(), nullable=False),
    sa.Column('event', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('reason', sa.String(), nullable=False),
    sa.CheckConstraint("event IN ('printed', 'issued', 'returned', 'entered', 'disputed', 'accepted', 'rejected', 'spoiled', 'refused', 'lost', 'verified', 'taken_over', 'rekeyed', 'archived')", name=op.f('ck_form_events_event')),
    sa.CheckConstraint("event NOT IN ('rejected', 'spoiled', 'refused', 'lost') OR reason <> ''", name=op.f('ck_form_events_reason')),
    sa.ForeignKeyConstraint(['form_id'], ['paper_forms.id'], name=op.f('fk_form_events_form_id_paper_forms')),
    sa.ForeignKeyConstraint(['person_id'], ['users.id'], name=op.f('fk_form_events_person_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_form_events'))
    )
    with op.batch_alter_table('form_events', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_form_events_form_id'), ['form_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_form_events_person_id'), ['person_id'], unique=False)

    op.create_table('form_readings',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('form_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('answers', JSON, nullable=False),
    sa.Column('notes', JSON, nullable=False),
    sa.Column('cursor', sa.String(), nullable=False),
    sa.Column('token', sa.Uuid(), nullable=False),
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('saved_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('checked', JSON, nullable=True),
    sa.Column('items_checked', sa.Integer(), nullable=False),
    sa.Column('items_wrong', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'done') = (finished_at IS NOT NULL)", name=op.f('ck_form_readings_finished')),
    sa.CheckConstraint("kind IN ('first', 'second', 'scan')", name=op.f('ck_form_readings_kind')),
    sa.CheckConstraint("state IN ('open', 'done')", name=op.f('ck_form_readings_state')),
    sa.CheckConstraint('items_wrong BETWEEN 0 AND items_checked', name=op.f('ck_form_readings_items')),
    sa.CheckConstraint('seq >= 0', name=op.f('ck_form_readings_seq')),
    sa.ForeignKeyConstraint(['form_id'], ['paper_forms.id'], name=op.f('fk_form_readings_form_id_paper_forms')),
    sa.ForeignKeyConstraint(['person_id'], ['users.id'], name=op.f('fk_form_readings_person_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_form_readings')),
    sa.UniqueConstraint('form_id', 'kind', name=op.f('uq_form_readings_form_id_kind'))
    )
    with op.batch_alter_table('form_readings', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_form_readings_person_id_state'), ['person_id', 'state'], unique=False)
        batch_op.create_index('uq_form_readings_read_once', ['form_id'], unique=True, sqlite_where=sa.text("kind <> 'second'"), postgresql_where=sa.text("kind <> 'second'"))

    op.create_table('scan_pages',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('scan_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('form_id', sa.Integer(), nullable=True),
    sa.Column('page', sa.Integer(), nullable=True),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('readings', JSON, nullable=False),
    sa.CheckConstraint("state IN ('waiting', 'sure', 'doubtful', 'unreadable', 'settled', 'set_aside')", name=op.f('ck_scan_pages_state')),
    sa.CheckConstraint('page > 0', name=op.f('ck_scan_pages_page')),
    sa.CheckConstraint('position > 0', name=op.f('ck_scan_pages_position')),
    sa.ForeignKeyConstraint(['form_id'], ['paper_forms.id'], name=op.f('fk_scan_pages_form_id_paper_forms')),
    sa.ForeignKeyConstraint(['scan_id'], ['scans.id'], name=op.f('fk_scan_pages_scan_id_scans')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_scan_pages')),
    sa.UniqueConstraint('scan_id', 'position', name=op.f('uq_scan_pages_scan_id_position'))
    )
    with op.batch_alter_table('scan_pages', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_scan_pages_form_id_page'), ['form_id', 'page'], unique=False)
        batch_op.create_index(batch_op.f('ix_scan_pages_state'), ['state'], unique=False)

    op.create_table('settlements',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('form_id', sa.Integer(), nullable=False),
    sa.Column('item', sa.String(), nullable=False),
    sa.Column('value', JSON, nullable=True),
    sa.Column('note', sa.String(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['form_id'], ['paper_forms.id'], name=op.f('fk_settlements_form_id_paper_forms')),
    sa.ForeignKeyConstraint(['person_id'], ['users.id'], name=op.f('fk_settlements_person_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_settlements')),
    sa.UniqueConstraint('form_id', 'item', name=op.f('uq_settlements_form_id_item'))
    )
    with op.batch_alter_table('settlements', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_settlements_person_id'), ['person_id'], unique=False)

    extend_batches()
    extend_forms()
    op.execute(READINGS)
    op.execute(EVENTS)


def extend_batches() -> None:
    with op.batch_alter_table('batches', schema=None) as batch_op:
        batch_op.add_column(sa.Column('layout_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('commune', sa.String(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('enumerator', sa.String(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('enumerator_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('first_serial', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('printed_on', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('plan', sa.String(), nullable=False, server_default='none'))
        batch_op.add_column(sa.Column('verify_share', sa.Integer(), nullable=False, server_default='0'))
        batch_op.add_column(sa.Column('sample_size', sa.Integer(), nullable=False, server_default='0'))
        batch_op.add_column(sa.Column('acceptance_number', sa.Integer(), nullable=False, server_default='0'))
        batch_op.add_column(sa.Column('error_limit', sa.Double(), nullable=False, server_default='1'))
        batch_op.add_column(sa.Column('rekey_all', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column('seed', sa.String(), nullable=False, server_default=''))
        batch_op.create_index(batch_op.f('ix_batches_enumerator_id'), ['enumerator_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_batches_layout_id'), ['layout_id'], unique=False)
        batch_op.create_unique_constraint(batch_op.f('uq_batches_first_serial'), ['first_serial'])
        batch_op.create_foreign_key(batch_op.f('fk_batches_layout_id_form_layouts'), 'form_layouts', ['layout_id'], ['id'])
        batch_op.create_foreign_key(batch_op.f('fk_batches_enumerator_id_users'), 'users', ['enumerator_id'], ['id'])
        batch_op.create_check_constraint(batch_op.f('ck_batches_first_serial'), 'first_serial > 0')
        batch_op.create_check_constraint(batch_op.f('ck_batches_verify_share'), 'verify_share BETWEEN 0 AND 100')
        batch_op.create_check_constraint(batch_op.f('ck_batches_error_limit'), 'error_limit BETWEEN 0 AND 100')
        batch_op.create_check_constraint(batch_op.f('ck_batches_acceptance'), 'sample_size >= 0 AND acceptance_number >= 0')
        batch_op.create_check_constraint(batch_op.f('ck_batches_plan'), "plan IN ('none', 'share', 'all', 'acceptance')")

    batches = sa.table('batches', sa.column('id'), sa.column('seed'))
    for batch_id in op.get_bind().scalars(sa.select(batches.c.id)).all():
        seeded = sa.update(batches).where(batches.c.id == batch_id).values(seed=secrets.token_hex(16))
        op.execute(seeded)


def extend_forms() -> None:
    with op.batch_alter_table('paper_forms', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_paper_forms_state'), type_='check')
        batch_op.drop_constraint(batch_op.f('ck_paper_forms_rejection'), type_='check')

    op.execute("UPDATE paper_forms SET state = 'accepted' WHERE state IN ('keyed', 'verified')")
    with op.batch_alter_table('paper_forms', schema=None) as batch_op:
        batch_op.add_column(sa.Column('serial', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('second_wanted', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column('archived_on', sa.Date(), nullable=True))
        batch_op.alter_column('response_id', existing_type=sa.Uuid(), nullable=True)
        batch_op.alter_column('keyed_at', existing_type=sa.DateTime(timezone=True), nullable=True)
        batch_op.create_index(batch_op.f('ix_paper_forms_batch_id_state'), ['batch_id', 'state'], unique=False)
        batch_op.create_unique_constraint(batch_op.f('uq_paper_forms_serial'), ['serial'])
        batch_op.create_check_constraint(batch_op.f('ck_paper_forms_state'), f"state IN ({STATES})")
        batch_op.create_check_constraint(batch_op.f('ck_paper_forms_reason'), f"state NOT IN ({GONE}) OR reason <> ''")
        batch_op.create_check_constraint(batch_op.f('ck_paper_forms_accepted'), "state <> 'accepted' OR response_id IS NOT NULL")
        batch_op.create_check_constraint(batch_op.f('ck_paper_forms_serial'), 'serial > 0')


def downgrade() -> None:
    """Forms that no response came of have no place in the older tables, nor have readings and scans."""
    for table in ('settlements', 'scan_pages', 'form_readings', 'form_events', 'scans'):
        op.drop_table(table)
    shrink_forms()
    shrink_batches()
    op.drop_table('form_layouts')


def shrink_forms() -> None:
    with op.batch_alter_table('paper_forms', schema=None) as batch_op:
        for name in ('state', 'reason', 'accepted', 'serial'):
            batch_op.drop_constraint(batch_op.f(f'ck_paper_forms_{name}'), type_='check')
        batch_op.drop_constraint(batch_op.f('uq_paper_forms_serial'), type_='unique')
        batch_op.drop_index(batch_op.f('ix_paper_forms_batch_id_state'))
        batch_op.drop_column('archived_on')
        batch_op.drop_column('second_wanted')
        batch_op.drop_column('serial')

    op.execute("DELETE FROM paper_forms WHERE response_id IS NULL")
    op.execute("UPDATE paper_forms SET state = 'verified' WHERE state = 'accepted' AND checked_by_id IS NOT NULL")
    op.execute("UPDATE paper_forms SET state = 'keyed' WHERE state IN ('accepted', 'disputed')")
    with op.batch_alter_table('paper_forms', schema=None) as batch_op:
        batch_op.alter_column('response_id', existing_type=sa.Uuid(), nullable=False)
        batch_op.alter_column('keyed_at', existing_type=sa.DateTime(timezone=True), nullable=False)
        batch_op.create_check_constraint(batch_op.f('ck_paper_forms_state'), "state IN ('keyed', 'verified', 'rejected')")
        batch_op.create_check_constraint(batch_op.f('ck_paper_forms_rejection'), "state <> 'rejected' OR reason <> ''")


def shrink_batches() -> None:
    with op.batch_alter_table('batches', schema=None) as batch_op:
        for name in ('first_serial', 'verify_share', 'error_limit', 'acceptance', 'plan'):
            batch_op.drop_constraint(batch_op.f(f'ck_batches_{name}'), type_='check')
        batch_op.drop_constraint(batch_op.f('fk_batches_enumerator_id_users'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('fk_batches_layout_id_form_layouts'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('uq_batches_first_serial'), type_='unique')
        batch_op.drop_index(batch_op.f('ix_batches_layout_id'))
        batch_op.drop_index(batch_op.f('ix_batches_enumerator_id'))
        for name in (
            'seed', 'rekey_all', 'error_limit', 'acceptance_number', 'sample_size', 'verify_share', 'plan',
            'printed_on', 'first_serial', 'enumerator_id', 'enumerator', 'commune', 'layout_id',
        ):
            batch_op.drop_column(name)
