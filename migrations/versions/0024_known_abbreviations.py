"""Abbreviations that the firm's people need no explanation of."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "known_abbreviations",
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_known_abbreviations_by_id_people")),
        sa.PrimaryKeyConstraint("word", name=op.f("pk_known_abbreviations")),
    )
