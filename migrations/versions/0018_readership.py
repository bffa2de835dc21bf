"""Must-reads and acknowledgements, comments, the items of the week, and why an item helped or did not."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
ADDED = (
    sa.Column("useful_on", sa.Date(), nullable=True),
    sa.Column("reason", sa.Text(), nullable=False, server_default=""),
    sa.Column("reason_words", sa.Text(), nullable=False, server_default=""),
    sa.Column("is_signed", sa.Boolean(), nullable=False, server_default=sa.false()),
)


def upgrade() -> None:
    op.create_table(
        "muted_kinds",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_muted_kinds_person_id_people")),
        sa.PrimaryKeyConstraint("person_id", "kind", name=op.f("pk_muted_kinds")),
    )
    op.create_table(
        "reading_settings",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("letters", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_reading_settings_person_id_people")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_reading_settings")),
    )
    op.create_table(
        "reading_weeks",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("week_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_reading_weeks_person_id_people")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_reading_weeks")),
    )
    op.create_index("ix_reading_weeks_week_on", "reading_weeks", ["week_on", "person_id"])

    op.create_table(
        "acknowledged_counts",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("practice_id", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_acknowledged_counts_item_id_items")),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["practices.id"], name=op.f("fk_acknowledged_counts_practice_id_practices")
        ),
        sa.PrimaryKeyConstraint("item_id", "revision", "practice_id", name=op.f("pk_acknowledged_counts")),
    )
    op.create_table(
        "acknowledgements",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_acknowledgements_item_id_items")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_acknowledgements_person_id_people")),
        sa.PrimaryKeyConstraint("item_id", "revision", "person_id", name=op.f("pk_acknowledgements")),
    )
    op.create_index("ix_acknowledgements_person_id_at", "acknowledgements", ["person_id", "at"])

    op.create_table(
        "comments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("is_question", sa.Boolean(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("edited_at", MOMENT, nullable=True),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        sa.Column("hidden_at", MOMENT, nullable=True),
        sa.Column("hidden_by_id", sa.Integer(), nullable=True),
        sa.Column("hidden_reason", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("answered_at", MOMENT, nullable=True),
        sa.Column("settled_at", MOMENT, nullable=True),
        sa.Column("seen_at", MOMENT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["answered_by_id"], ["people.id"], name=op.f("fk_comments_answered_by_id_people")),
        sa.ForeignKeyConstraint(["hidden_by_id"], ["people.id"], name=op.f("fk_comments_hidden_by_id_people")),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_comments_item_id_items")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_comments_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comments")),
    )
    op.create_index("ix_comments_item_id_id", "comments", ["item_id", "id"])
    op.create_index("ix_comments_person_id_id", "comments", ["person_id", "id"])
    op.create_index("ix_comments_settled_at_at", "comments", ["settled_at", "at", "id"])

    op.create_table(
        "must_read_reminders",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_must_read_reminders_item_id_items")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_must_read_reminders_person_id_people")),
        sa.PrimaryKeyConstraint("item_id", "revision", "person_id", name=op.f("pk_must_read_reminders")),
    )
    op.create_index(op.f("ix_must_read_reminders_person_id"), "must_read_reminders", ["person_id"])

    op.create_table(
        "must_reads",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("for_everybody", sa.Boolean(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("remind_after", sa.Integer(), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("looked_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("remind_after between 1 and 60", name=op.f("ck_must_reads_remind_after_days")),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_must_reads_by_id_people")),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_must_reads_item_id_items")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_must_reads")),
        sa.UniqueConstraint("item_id", name=op.f("uq_must_reads_item_id")),
    )
    op.create_table(
        "weekly_items",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("week_on", sa.Date(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_weekly_items_item_id_items")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_weekly_items_person_id_people")),
        sa.PrimaryKeyConstraint("person_id", "week_on", "position", name=op.f("pk_weekly_items")),
    )
    op.create_index("ix_weekly_items_week_on", "weekly_items", ["week_on"])

    op.create_table(
        "must_read_practices",
        sa.Column("must_read_id", sa.Integer(), nullable=False),
        sa.Column("practice_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["must_read_id"],
            ["must_reads.id"],
            name=op.f("fk_must_read_practices_must_read_id_must_reads"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["practices.id"], name=op.f("fk_must_read_practices_practice_id_practices")
        ),
        sa.PrimaryKeyConstraint("must_read_id", "practice_id", name=op.f("pk_must_read_practices")),
    )
    op.create_index(op.f("ix_must_read_practices_practice_id"), "must_read_practices", ["practice_id"])

    with op.batch_alter_table("item_readers") as batch_op:
        for column in ADDED:
            batch_op.add_column(column)
    # A default while the columns come to a table that is full; afterwards the portal always says what it writes.
    with op.batch_alter_table("item_readers") as batch_op:
        for column in ADDED:
            if column.server_default is not None:
                batch_op.alter_column(column.name, server_default=None)
    # What people said before stands under the day on which they last read the item, as in `item_days`.
    op.execute("update item_readers set useful_on = date(last_at) where useful is not null")
