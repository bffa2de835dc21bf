"""Who brought which file, and what the nightly sweep of the store found."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "file_bringers",
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["file_id"], ["stored_files.id"], name=op.f("fk_file_bringers_file_id_stored_files"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_file_bringers_person_id_people")),
        sa.PrimaryKeyConstraint("file_id", "person_id", name=op.f("pk_file_bringers")),
    )
    op.create_index(op.f("ix_file_bringers_person_id"), "file_bringers", ["person_id"])
    op.create_table(
        "file_troubles",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("what", sa.String(40), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_file_troubles")),
    )
    op.create_table(
        "file_sweeps",
        sa.Column("night", sa.Date(), nullable=False),
        sa.Column("begun_at", MOMENT, nullable=False),
        sa.Column("parts", sa.Integer(), nullable=False),
        sa.Column("files", sa.Integer(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("looked_at", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Integer(), nullable=False),
        sa.Column("forgotten", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("night", name=op.f("pk_file_sweeps")),
    )
