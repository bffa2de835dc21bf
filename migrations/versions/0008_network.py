"""Contacts and touches."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "contacts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("position", sa.Text(), nullable=False),
        sa.Column("relation", sa.String(40), nullable=False),
        sa.Column("tier", sa.String(40), nullable=False),
        sa.Column("tags", sa.JSON(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("how_met", sa.Text(), nullable=False),
        sa.Column("cares_about", sa.Text(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=True),
        sa.Column("is_shown_at_client", sa.Boolean(), nullable=False),
        sa.Column("pace", sa.String(40), nullable=False),
        sa.Column("rhythm_days", sa.Integer(), nullable=True),
        sa.Column("snoozed_until", sa.Date(), nullable=True),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("stagger", sa.Integer(), nullable=False),
        sa.Column("last_touch_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "rhythm_days is null or rhythm_days between 1 and 3650", name=op.f("ck_contacts_rhythm_days_sensible")
        ),
        sa.CheckConstraint("stagger between 0 and 999", name=op.f("ck_contacts_stagger_is_a_share")),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name=op.f("fk_contacts_client_id_clients")),
        sa.ForeignKeyConstraint(["owner_id"], ["people.id"], name=op.f("fk_contacts_owner_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contacts")),
    )
    with op.batch_alter_table("contacts") as batch_op:
        batch_op.create_index(batch_op.f("ix_contacts_client_id"), ["client_id"])
        batch_op.create_index("ix_contacts_owner_id_due_on", ["owner_id", "due_on", "id"])
        batch_op.create_index("ix_contacts_owner_id_name", ["owner_id", "name", "id"])

    op.create_table(
        "contact_channels",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("match_key", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contacts.id"], name=op.f("fk_contact_channels_contact_id_contacts"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_channels")),
        sa.UniqueConstraint("contact_id", "kind", "value", name=op.f("uq_contact_channels_contact_id_kind_value")),
    )
    with op.batch_alter_table("contact_channels") as batch_op:
        batch_op.create_index(batch_op.f("ix_contact_channels_contact_id"), ["contact_id"])
        batch_op.create_index(batch_op.f("ix_contact_channels_match_key"), ["match_key"])

    op.create_table(
        "touches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("takes_back_id", sa.Integer(), nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contacts.id"], name=op.f("fk_touches_contact_id_contacts"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["people.id"], name=op.f("fk_touches_owner_id_people")),
        sa.ForeignKeyConstraint(
            ["takes_back_id"], ["touches.id"], name=op.f("fk_touches_takes_back_id_touches"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_touches")),
        sa.UniqueConstraint("owner_id", "key", name=op.f("uq_touches_owner_id_key")),
        sa.UniqueConstraint("takes_back_id", name=op.f("uq_touches_takes_back_id")),
    )
    with op.batch_alter_table("touches") as batch_op:
        batch_op.create_index("ix_touches_contact_id_happened_on", ["contact_id", "happened_on", "id"])
        batch_op.create_index("ix_touches_owner_id_happened_on", ["owner_id", "happened_on"])

    op.create_table(
        "erased_touches",
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["people.id"], name=op.f("fk_erased_touches_owner_id_people")),
        sa.PrimaryKeyConstraint("owner_id", "happened_on", name=op.f("pk_erased_touches")),
    )
    op.create_table(
        "contact_shares",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("with_id", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=True),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contacts.id"], name=op.f("fk_contact_shares_contact_id_contacts"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["with_id"], ["people.id"], name=op.f("fk_contact_shares_with_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_shares")),
    )
    with op.batch_alter_table("contact_shares") as batch_op:
        batch_op.create_index(
            "uq_contact_shares_open",
            ["contact_id", "with_id"],
            unique=True,
            sqlite_where=sa.text("ended_at is null"),
            postgresql_where=sa.text("ended_at is null"),
        )
        batch_op.create_index("ix_contact_shares_with_id", ["with_id", "id"])
    op.create_table(
        "network_settings",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("inner_days", sa.Integer(), nullable=True),
        sa.Column("middle_days", sa.Integer(), nullable=True),
        sa.Column("outer_days", sa.Integer(), nullable=True),
        sa.Column("digest", sa.String(40), nullable=False),
        sa.Column("digest_on", sa.Date(), nullable=True),
        *(
            sa.CheckConstraint(
                f"{tier}_days is null or {tier}_days between 1 and 3650",
                name=op.f(f"ck_network_settings_{tier}_days_sensible"),
            )
            for tier in ("inner", "middle", "outer")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_network_settings_person_id_people")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_network_settings")),
    )
    with op.batch_alter_table("network_settings") as batch_op:
        batch_op.create_index(batch_op.f("ix_network_settings_digest_on"), ["digest_on"])
