"""Richer worksheets."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "reminders",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("done_at", MOMENT, nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_reminders_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminders")),
    )
    op.create_index("ix_reminders_person_id_due_on", "reminders", ["person_id", "due_on", "id"])
    _grow_worksheets()
    _link_rows()


def _grow_worksheets() -> None:
    with op.batch_alter_table("filled_worksheets") as batch_op:
        batch_op.add_column(sa.Column("archived_at", MOMENT, nullable=True))
        batch_op.add_column(sa.Column("left_over", sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("stamps", sa.JSON(), nullable=False, server_default="{}"))
        batch_op.add_column(sa.Column("stale_on", sa.Date(), nullable=True))
        batch_op.create_index("ix_filled_worksheets_person_id_stale_on", ["person_id", "stale_on"])
    with op.batch_alter_table("filled_history") as batch_op:
        batch_op.add_column(sa.Column("number", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("left_over", sa.JSON(), nullable=False, server_default="[]"))
    op.execute(
        "UPDATE filled_history SET number = "
        "(SELECT number FROM filled_worksheets WHERE filled_worksheets.id = filled_history.filled_id)"
    )
    with op.batch_alter_table("filled_history") as batch_op:
        batch_op.alter_column("number", existing_type=sa.Integer(), nullable=False)


def _link_rows() -> None:
    op.create_table(
        "row_links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("filled_id", sa.Integer(), nullable=False),
        sa.Column("row", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("target_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contacts.id"], name=op.f("fk_row_links_contact_id_contacts"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["filled_id"], ["filled_worksheets.id"], name=op.f("fk_row_links_filled_id_filled_worksheets")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_row_links")),
        sa.UniqueConstraint("filled_id", "row", name=op.f("uq_row_links_filled_id_row")),
        sa.UniqueConstraint("kind", "target_id", name=op.f("uq_row_links_kind_target_id")),
    )
    op.create_index(op.f("ix_row_links_contact_id"), "row_links", ["contact_id"])
    # What was logged from rows before this table was there.
    op.execute(
        'INSERT INTO row_links (filled_id, "row", kind, target_id, at) '
        "SELECT filled_id, \"row\", 'opportunity', id, created_at FROM opportunities "
        'WHERE filled_id IS NOT NULL AND "row" IS NOT NULL'
    )
