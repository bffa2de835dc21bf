"""Requests for content with votes, insights from the field, and what practitioners write for the firm."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table('content_requests',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('wanted_for', sa.Text(), nullable=False),
    sa.Column('kind', sa.String(40), nullable=True),
    sa.Column('practice_id', sa.Integer(), nullable=True),
    sa.Column('industry', sa.Text(), nullable=False),
    sa.Column('helps_by', sa.Date(), nullable=True),
    sa.Column('asked_by_id', sa.Integer(), nullable=False),
    sa.Column('asked_at', MOMENT, nullable=False),
    sa.Column('quarter', sa.Text(), nullable=False),
    sa.Column('state', sa.String(40), nullable=False),
    sa.Column('votes', sa.Integer(), nullable=False),
    sa.Column('writer_id', sa.Integer(), nullable=True),
    sa.Column('written_by_on', sa.Date(), nullable=True),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('item_id', sa.Integer(), nullable=True),
    sa.Column('answered_by_id', sa.Integer(), nullable=True),
    sa.Column('answered_at', MOMENT, nullable=True),
    sa.Column('days_taken', sa.Integer(), nullable=True),
    sa.Column('helps', sa.Boolean(), nullable=True),
    sa.Column('said', sa.Text(), nullable=False),
    sa.Column('merged_into_id', sa.Integer(), nullable=True),
    sa.Column('root_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['answered_by_id'], ['people.id'], name=op.f('fk_content_requests_answered_by_id_people')),
    sa.ForeignKeyConstraint(['asked_by_id'], ['people.id'], name=op.f('fk_content_requests_asked_by_id_people')),
    sa.ForeignKeyConstraint(['item_id'], ['items.id'], name=op.f('fk_content_requests_item_id_items')),
    sa.ForeignKeyConstraint(['merged_into_id'], ['content_requests.id'], name=op.f('fk_content_requests_merged_into_id_content_requests')),
    sa.ForeignKeyConstraint(['practice_id'], ['practices.id'], name=op.f('fk_content_requests_practice_id_practices')),
    sa.ForeignKeyConstraint(['root_id'], ['content_requests.id'], name=op.f('fk_content_requests_root_id_content_requests')),
    sa.ForeignKeyConstraint(['writer_id'], ['people.id'], name=op.f('fk_content_requests_writer_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_content_requests')),
    sa.UniqueConstraint('asked_by_id', 'key', name=op.f('uq_content_requests_asked_by_id_key'))
    )
    op.create_index(op.f('ix_content_requests_answered_by_id'), 'content_requests', ['answered_by_id'])
    op.create_index(op.f('ix_content_requests_item_id'), 'content_requests', ['item_id'])
    op.create_index(op.f('ix_content_requests_merged_into_id'), 'content_requests', ['merged_into_id'])
    op.create_index(op.f('ix_content_requests_practice_id'), 'content_requests', ['practice_id'])
    op.create_index('ix_content_requests_quarter', 'content_requests', ['quarter', 'days_taken'])
    op.create_index(op.f('ix_content_requests_root_id'), 'content_requests', ['root_id'])
    op.create_index('ix_content_requests_state', 'content_requests', ['state', 'merged_into_id', 'votes'])
    op.create_index(op.f('ix_content_requests_writer_id'), 'content_requests', ['writer_id'])

    op.create_table('field_insights',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('kind', sa.String(40), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('source', sa.String(40), nullable=False),
    sa.Column('strength', sa.Integer(), nullable=False),
    sa.Column('practice_id', sa.Integer(), nullable=True),
    sa.Column('industry', sa.Text(), nullable=False),
    sa.Column('client_id', sa.Integer(), nullable=True),
    sa.Column('sent_by_id', sa.Integer(), nullable=False),
    sa.Column('sent_at', MOMENT, nullable=False),
    sa.Column('quarter', sa.Text(), nullable=False),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('item_id', sa.Integer(), nullable=True),
    sa.Column('page', sa.Text(), nullable=False),
    sa.Column('answered_by_id', sa.Integer(), nullable=True),
    sa.Column('answered_at', MOMENT, nullable=True),
    sa.Column('days_taken', sa.Integer(), nullable=True),
    sa.Column('seen_at', MOMENT, nullable=True),
    sa.ForeignKeyConstraint(['answered_by_id'], ['people.id'], name=op.f('fk_field_insights_answered_by_id_people')),
    sa.ForeignKeyConstraint(['client_id'], ['clients.id'], name=op.f('fk_field_insights_client_id_clients')),
    sa.ForeignKeyConstraint(['item_id'], ['items.id'], name=op.f('fk_field_insights_item_id_items')),
    sa.ForeignKeyConstraint(['practice_id'], ['practices.id'], name=op.f('fk_field_insights_practice_id_practices')),
    sa.ForeignKeyConstraint(['sent_by_id'], ['people.id'], name=op.f('fk_field_insights_sent_by_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_field_insights')),
    sa.UniqueConstraint('sent_by_id', 'key', name=op.f('uq_field_insights_sent_by_id_key'))
    )
    op.create_index('ix_field_insights_answered_at', 'field_insights', ['answered_at', 'sent_at'])
    op.create_index(op.f('ix_field_insights_answered_by_id'), 'field_insights', ['answered_by_id'])
    op.create_index(op.f('ix_field_insights_client_id'), 'field_insights', ['client_id'])
    op.create_index(op.f('ix_field_insights_item_id'), 'field_insights', ['item_id'])
    op.create_index(op.f('ix_field_insights_practice_id'), 'field_insights', ['practice_id'])
    op.create_index('ix_field_insights_quarter', 'field_insights', ['quarter', 'kind', 'days_taken'])
    op.create_index('ix_field_insights_sent_at', 'field_insights', ['sent_at', 'id'])

    op.create_table('content_request_votes',
    sa.Column('request_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('at', MOMENT, nullable=False),
    sa.Column('news_at', MOMENT, nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_content_request_votes_person_id_people')),
    sa.ForeignKeyConstraint(['request_id'], ['content_requests.id'], name=op.f('fk_content_request_votes_request_id_content_requests')),
    sa.PrimaryKeyConstraint('request_id', 'person_id', name=op.f('pk_content_request_votes'))
    )
    op.create_index(op.f('ix_content_request_votes_person_id'), 'content_request_votes', ['person_id'])

