"""Recitals, rubrics and coaching."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('phrases_to_avoid',
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('forms', sa.JSON(), nullable=False),
    sa.Column('why', sa.Text(), nullable=False),
    sa.Column('better', sa.Text(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_phrases_to_avoid'))
    )
    op.create_table('rubrics',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('scope', sa.Enum('whole', 'changes', name='scope', native_enum=False, length=40), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rubrics')),
    sa.UniqueConstraint('key', name=op.f('uq_rubrics_key')),
    sa.UniqueConstraint('scope', name=op.f('uq_rubrics_scope'))
    )
    op.create_table('rubric_versions',
    sa.Column('rubric_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('html', sa.Text(), nullable=False),
    sa.Column('criteria', sa.JSON(), nullable=False),
    sa.Column('pass_mark', sa.Integer(), nullable=False),
    sa.Column('fingerprint', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['rubric_id'], ['rubrics.id'], name=op.f('fk_rubric_versions_rubric_id_rubrics')),
    sa.PrimaryKeyConstraint('rubric_id', 'number', name=op.f('pk_rubric_versions'))
    )
    op.create_table('recitals',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('pitch_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('scope', sa.Enum('whole', 'changes', name='scope', native_enum=False, length=40), nullable=False),
    sa.Column('claim_keys', sa.JSON(), nullable=False),
    sa.Column('medium', sa.Enum('typed', 'audio', 'video', name='medium', native_enum=False, length=40), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('covered', sa.JSON(), nullable=False),
    sa.Column('state', sa.Enum('draft', 'submitted', 'passed', 'again', name='state', native_enum=False, length=40), nullable=False),
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('after_id', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('saved_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('submitted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('coach_id', sa.Integer(), nullable=True),
    sa.Column('held_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('read_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'draft') = (submitted_at is null)", name=op.f('ck_recitals_submitted_when_not_draft')),
    sa.CheckConstraint("(state in ('passed', 'again')) = (decided_at is not null)", name=op.f('ck_recitals_decided_when_answered')),
    sa.ForeignKeyConstraint(['after_id'], ['recitals.id'], name=op.f('fk_recitals_after_id_recitals')),
    sa.ForeignKeyConstraint(['coach_id'], ['people.id'], name=op.f('fk_recitals_coach_id_people')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['people.id'], name=op.f('fk_recitals_decided_by_id_people')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_recitals_person_id_people')),
    sa.ForeignKeyConstraint(['pitch_id', 'number'], ['pitch_versions.pitch_id', 'pitch_versions.number'], name=op.f('fk_recitals_pitch_id_number_pitch_versions')),
    sa.ForeignKeyConstraint(['pitch_id'], ['pitches.id'], name=op.f('fk_recitals_pitch_id_pitches')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_recitals')),
    sa.UniqueConstraint('person_id', 'key', name=op.f('uq_recitals_person_id_key'))
    )
    op.create_index(op.f('ix_recitals_decided_by_id'), 'recitals', ['decided_by_id'], unique=False)
    op.create_index('ix_recitals_person_id_pitch_id', 'recitals', ['person_id', 'pitch_id', 'number', 'state'], unique=False)
    op.create_index('ix_recitals_state_submitted_at', 'recitals', ['state', 'submitted_at', 'id'], unique=False)
    op.create_table('recital_comments',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('recital_id', sa.Integer(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('second', sa.Integer(), nullable=True),
    sa.Column('claim_key', sa.Text(), nullable=False),
    sa.Column('is_from_coach', sa.Boolean(), nullable=False),
    sa.Column('key', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_recital_comments_by_id_people')),
    sa.ForeignKeyConstraint(['recital_id'], ['recitals.id'], name=op.f('fk_recital_comments_recital_id_recitals')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_recital_comments')),
    sa.UniqueConstraint('by_id', 'key', name=op.f('uq_recital_comments_by_id_key'))
    )
    op.create_index(op.f('ix_recital_comments_recital_id'), 'recital_comments', ['recital_id'], unique=False)
    op.create_table('recital_decisions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('recital_id', sa.Integer(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('outcome', sa.Enum('draft', 'submitted', 'passed', 'again', name='state', native_enum=False, length=40), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('rubric_id', sa.Integer(), nullable=False),
    sa.Column('rubric_number', sa.Integer(), nullable=False),
    sa.Column('score', sa.Double(), nullable=False),
    sa.CheckConstraint('score >= 0 and score <= 100', name=op.f('ck_recital_decisions_score_within_bounds')),
    sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_recital_decisions_by_id_people')),
    sa.ForeignKeyConstraint(['recital_id'], ['recitals.id'], name=op.f('fk_recital_decisions_recital_id_recitals')),
    sa.ForeignKeyConstraint(['rubric_id', 'rubric_number'], ['rubric_versions.rubric_id', 'rubric_versions.number'], name=op.f('fk_recital_decisions_rubric_id_rubric_number_rubric_versions')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_recital_decisions')),
    sa.UniqueConstraint('recital_id', name=op.f('uq_recital_decisions_recital_id'))
    )
    op.create_index('ix_recital_decisions_at', 'recital_decisions', ['at', 'id'], unique=False)
    op.create_index(op.f('ix_recital_decisions_by_id'), 'recital_decisions', ['by_id'], unique=False)
    op.create_table('recital_invitations',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('recital_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_recital_invitations_person_id_people')),
    sa.ForeignKeyConstraint(['recital_id'], ['recitals.id'], name=op.f('fk_recital_invitations_recital_id_recitals')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_recital_invitations')),
    sa.UniqueConstraint('recital_id', 'person_id', name=op.f('uq_recital_invitations_recital_id_person_id'))
    )
    op.create_index(op.f('ix_recital_invitations_person_id'), 'recital_invitations', ['person_id'], unique=False)
    op.create_table('recordings',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('recital_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('content_type', sa.Text(), nullable=False),
    sa.Column('total', sa.Integer(), nullable=False),
    sa.Column('received', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.Text(), nullable=False),
    sa.Column('seconds', sa.Integer(), nullable=True),
    sa.Column('begun_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('kept_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('discarded_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('deleted_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("(sha256 = '') = (kept_at is null)", name=op.f('ck_recordings_kept_with_its_hash')),
    sa.CheckConstraint('received >= 0 and received <= total', name=op.f('ck_recordings_received_within_total')),
    sa.ForeignKeyConstraint(['recital_id'], ['recitals.id'], name=op.f('fk_recordings_recital_id_recitals')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_recordings')),
    sa.UniqueConstraint('recital_id', 'key', name=op.f('uq_recordings_recital_id_key'))
    )
    op.create_index(op.f('ix_recordings_recital_id'), 'recordings', ['recital_id'], unique=False)
    op.create_index(op.f('ix_recordings_sha256'), 'recordings', ['sha256'], unique=False)
    op.create_table('criterion_scores',
    sa.Column('decision_id', sa.Integer(), nullable=False),
    sa.Column('criterion', sa.Text(), nullable=False),
    sa.Column('level', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['decision_id'], ['recital_decisions.id'], name=op.f('fk_criterion_scores_decision_id_recital_decisions')),
    sa.PrimaryKeyConstraint('decision_id', 'criterion', name=op.f('pk_criterion_scores'))
    )
