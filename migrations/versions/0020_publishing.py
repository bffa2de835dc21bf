"""What is planned for items, what happened to them, who was reminded, and what the checks found."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
WORD = sa.String(40)


def of_item(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_item_id_items")
    return sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=name, ondelete="CASCADE")


def of_person(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f(f"fk_{table}_by_id_people"))


def upgrade() -> None:
    op.create_table(
        "item_plans",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("is_minor", sa.Boolean(), nullable=False),
        sa.Column("expires_at", MOMENT, nullable=True),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        of_person("item_plans"),
        of_item("item_plans"),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_item_plans")),
    )
    op.create_table(
        "item_state_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("act", WORD, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state_before", WORD, nullable=False),
        sa.Column("state_after", WORD, nullable=False),
        sa.Column("step_before", WORD, nullable=False),
        sa.Column("step_after", WORD, nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        of_person("item_state_changes"),
        of_item("item_state_changes"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_state_changes")),
    )
    op.create_index("ix_item_state_changes_item_id", "item_state_changes", ["item_id", "id"])
    op.create_table(
        "review_reminders",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        of_item("review_reminders"),
        sa.PrimaryKeyConstraint("item_id", "review_on", "kind", name=op.f("pk_review_reminders")),
    )
    op.create_table(
        "item_checks",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("blocking", sa.Integer(), nullable=False),
        sa.Column("advice", sa.Integer(), nullable=False),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        of_item("item_checks"),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_item_checks")),
    )
    op.create_index(op.f("ix_item_checks_at"), "item_checks", ["at"])
    op.create_index("ix_item_checks_blocking", "item_checks", ["blocking", "advice", "item_id"])
    op.create_index(op.f("ix_items_expires_at"), "items", ["expires_at"])
    op.create_index(op.f("ix_items_publish_at"), "items", ["publish_at"])
