"""Tracked links and rooms for people outside, what is in them, and the visits that were counted."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "share_salts",
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("on", name=op.f("pk_share_salts")),
    )
    op.create_table(
        "shares",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("is_room", sa.Boolean(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sent_at", MOMENT, nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("opportunity_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("private_note", sa.Text(), nullable=False),
        sa.Column("reach", sa.Text(), nullable=False),
        sa.Column("passcode_hash", sa.Text(), nullable=True),
        sa.Column("may_download", sa.Boolean(), nullable=False),
        sa.Column("when_revised", sa.String(40), nullable=False),
        sa.Column("when_stale", sa.String(40), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("revoked_at", MOMENT, nullable=True),
        sa.Column("first_opened_at", MOMENT, nullable=True),
        sa.Column("answered_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contacts.id"], name=op.f("fk_shares_contact_id_contacts"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["opportunity_id"], ["opportunities.id"], name=op.f("fk_shares_opportunity_id_opportunities")
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["people.id"], name=op.f("fk_shares_owner_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shares")),
        sa.UniqueConstraint("owner_id", "key", name=op.f("uq_shares_owner_id_key")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_shares_token_hash")),
    )
    op.create_index(op.f("ix_shares_contact_id"), "shares", ["contact_id"])
    op.create_index(op.f("ix_shares_opportunity_id"), "shares", ["opportunity_id"])
    op.create_index(op.f("ix_shares_owner_id_first_opened_at"), "shares", ["owner_id", "first_opened_at"])
    op.create_index(op.f("ix_shares_owner_id_made_at"), "shares", ["owner_id", "made_at", "id"])

    op.create_table(
        "share_passcode_tries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("share_id", sa.Integer(), nullable=False),
        sa.Column("network", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["share_id"], ["shares.id"], name=op.f("fk_share_passcode_tries_share_id_shares")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_share_passcode_tries")),
    )
    op.create_index(op.f("ix_share_passcode_tries_at"), "share_passcode_tries", ["at"])
    op.create_index(op.f("ix_share_passcode_tries_network_at"), "share_passcode_tries", ["network", "at"])
    op.create_index(op.f("ix_share_passcode_tries_share_id_at"), "share_passcode_tries", ["share_id", "at"])

    op.create_table(
        "share_visits",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("share_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("visitor", sa.Text(), nullable=False),
        sa.Column("network", sa.Text(), nullable=False),
        sa.Column("opened", sa.String(40), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("pressed", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_share_visits_item_id_items")),
        sa.ForeignKeyConstraint(["share_id"], ["shares.id"], name=op.f("fk_share_visits_share_id_shares")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_share_visits")),
        sa.UniqueConstraint("share_id", "key", name=op.f("uq_share_visits_share_id_key")),
    )
    op.create_index(op.f("ix_share_visits_item_id"), "share_visits", ["item_id"])
    op.create_index(op.f("ix_share_visits_network_at"), "share_visits", ["network", "at"])
    op.create_index(op.f("ix_share_visits_share_id_on"), "share_visits", ["share_id", "on", "visitor"])

    op.create_table(
        "shared_items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("share_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("removed_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_shared_items_item_id_items")),
        sa.ForeignKeyConstraint(["share_id"], ["shares.id"], name=op.f("fk_shared_items_share_id_shares")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shared_items")),
        sa.UniqueConstraint("share_id", "item_id", name=op.f("uq_shared_items_share_id_item_id")),
    )
    op.create_index(op.f("ix_shared_items_item_id"), "shared_items", ["item_id"])
