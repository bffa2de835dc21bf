"""Clients, services, and what each client uses."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "clients",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("match_name", sa.Text(), nullable=False),
        sa.Column("industry", sa.Text(), nullable=False),
        sa.Column("practice_id", sa.Integer(), nullable=False),
        sa.Column("steward_id", sa.Integer(), nullable=True),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.Column("added_on", sa.Date(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["merged_into_id"], ["clients.id"], name=op.f("fk_clients_merged_into_id_clients")),
        sa.ForeignKeyConstraint(["practice_id"], ["practices.id"], name=op.f("fk_clients_practice_id_practices")),
        sa.ForeignKeyConstraint(["steward_id"], ["people.id"], name=op.f("fk_clients_steward_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clients")),
    )
    with op.batch_alter_table("clients") as batch_op:
        batch_op.create_index(batch_op.f("ix_clients_match_name"), ["match_name"])
        batch_op.create_index(batch_op.f("ix_clients_merged_into_id"), ["merged_into_id"])
        batch_op.create_index("ix_clients_industry_name", ["industry", "name", "id"])
        batch_op.create_index("ix_clients_practice_id_name", ["practice_id", "name", "id"])
        batch_op.create_index("ix_clients_steward_id_name", ["steward_id", "name", "id"])

    op.create_table(
        "services",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("practice_key", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("is_retired", sa.Boolean(), nullable=False),
        sa.Column("file_hash", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["people.id"], name=op.f("fk_services_owner_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_services")),
        sa.UniqueConstraint("key", name=op.f("uq_services_key")),
    )
    with op.batch_alter_table("services") as batch_op:
        batch_op.create_index(batch_op.f("ix_services_owner_id"), ["owner_id"])
        batch_op.create_index(batch_op.f("ix_services_practice_key"), ["practice_key"])

    op.create_table(
        "client_flags",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("remind_on", sa.Date(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_client_flags_by_id_people")),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name=op.f("fk_client_flags_client_id_clients")),
        sa.ForeignKeyConstraint(["ended_by_id"], ["people.id"], name=op.f("fk_client_flags_ended_by_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_client_flags")),
    )
    with op.batch_alter_table("client_flags") as batch_op:
        batch_op.create_index("ix_client_flags_client_id", ["client_id", "id"])

    op.create_table(
        "client_service_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("before", sa.String(40), nullable=True),
        sa.Column("after", sa.String(40), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("changed_on", sa.Date(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("takes_back_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_client_service_changes_by_id_people")),
        sa.ForeignKeyConstraint(
            ["client_id"], ["clients.id"], name=op.f("fk_client_service_changes_client_id_clients")
        ),
        sa.ForeignKeyConstraint(
            ["service_id"], ["services.id"], name=op.f("fk_client_service_changes_service_id_services")
        ),
        sa.ForeignKeyConstraint(
            ["takes_back_id"],
            ["client_service_changes.id"],
            name=op.f("fk_client_service_changes_takes_back_id_client_service_changes"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_client_service_changes")),
        sa.UniqueConstraint("takes_back_id", name=op.f("uq_client_service_changes_takes_back_id")),
    )
    with op.batch_alter_table("client_service_changes") as batch_op:
        batch_op.create_index("ix_client_service_changes_client_id_service_id", ["client_id", "service_id", "id"])

    op.create_table(
        "client_services",
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("use", sa.String(40), nullable=False),
        sa.Column("since_on", sa.Date(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_client_services_by_id_people")),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name=op.f("fk_client_services_client_id_clients")),
        sa.ForeignKeyConstraint(["service_id"], ["services.id"], name=op.f("fk_client_services_service_id_services")),
        sa.PrimaryKeyConstraint("client_id", "service_id", name=op.f("pk_client_services")),
    )
    with op.batch_alter_table("client_services") as batch_op:
        batch_op.create_index(batch_op.f("ix_client_services_service_id"), ["service_id"])

    op.create_table('client_counts',
    sa.Column('practice_id', sa.Integer(), nullable=False),
    sa.Column('measure', sa.Text(), nullable=False),
    sa.Column('industry', sa.Text(), nullable=False),
    sa.Column('of', sa.Text(), nullable=False),
    sa.Column('n', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['practice_id'], ['practices.id'], name=op.f('fk_client_counts_practice_id_practices')),
    sa.PrimaryKeyConstraint('practice_id', 'measure', 'industry', 'of', name=op.f('pk_client_counts'))
    )
    op.create_table('client_imports',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('filename', sa.Text(), nullable=False),
    sa.Column('rows', sa.JSON(), nullable=False),
    sa.Column('outcomes', sa.JSON(), nullable=False),
    sa.Column('counts', sa.JSON(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('at', MOMENT, nullable=False),
    sa.Column('done_at', MOMENT, nullable=True),
    sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_client_imports_by_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_client_imports'))
    )
    with op.batch_alter_table('client_imports') as batch_op:
        batch_op.create_index(batch_op.f('ix_client_imports_by_id'), ['by_id'])

    op.create_table('client_merges',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('kept_id', sa.Integer(), nullable=False),
    sa.Column('gone_id', sa.Integer(), nullable=False),
    sa.Column('moved', sa.JSON(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('at', MOMENT, nullable=False),
    sa.Column('undone_at', MOMENT, nullable=True),
    sa.Column('undone_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_client_merges_by_id_people')),
    sa.ForeignKeyConstraint(['gone_id'], ['clients.id'], name=op.f('fk_client_merges_gone_id_clients')),
    sa.ForeignKeyConstraint(['kept_id'], ['clients.id'], name=op.f('fk_client_merges_kept_id_clients')),
    sa.ForeignKeyConstraint(['undone_by_id'], ['people.id'], name=op.f('fk_client_merges_undone_by_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_client_merges')),
    sa.UniqueConstraint('key', name=op.f('uq_client_merges_key'))
    )
    with op.batch_alter_table('client_merges') as batch_op:
        batch_op.create_index(batch_op.f('ix_client_merges_gone_id'), ['gone_id'])
        batch_op.create_index('ix_client_merges_kept_id', ['kept_id', 'id'])


    op.create_table('steward_changes',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('client_id', sa.Integer(), nullable=False),
    sa.Column('before_id', sa.Integer(), nullable=True),
    sa.Column('after_id', sa.Integer(), nullable=True),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('at', MOMENT, nullable=False),
    sa.ForeignKeyConstraint(['after_id'], ['people.id'], name=op.f('fk_steward_changes_after_id_people')),
    sa.ForeignKeyConstraint(['before_id'], ['people.id'], name=op.f('fk_steward_changes_before_id_people')),
    sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_steward_changes_by_id_people')),
    sa.ForeignKeyConstraint(['client_id'], ['clients.id'], name=op.f('fk_steward_changes_client_id_clients')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_steward_changes'))
    )
    with op.batch_alter_table('steward_changes') as batch_op:
        batch_op.create_index(batch_op.f('ix_steward_changes_client_id'), ['client_id'])
