"""A next step that is logged with a touch becomes a reminder about that contact."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("reminders") as batch_op:
        batch_op.add_column(sa.Column("contact_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            op.f("fk_reminders_contact_id_contacts"), "contacts", ["contact_id"], ["id"], ondelete="CASCADE"
        )
        batch_op.create_index(op.f("ix_reminders_contact_id"), ["contact_id"])
    with op.batch_alter_table("quick_logs") as batch_op:
        batch_op.add_column(sa.Column("reminder_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            op.f("fk_quick_logs_reminder_id_reminders"),
            "reminders",
            ["reminder_id"],
            ["id"],
            ondelete="SET NULL",
            deferrable=True,
            initially="DEFERRED",
        )
        batch_op.create_index(op.f("ix_quick_logs_reminder_id"), ["reminder_id"])
