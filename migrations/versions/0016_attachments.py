"""Who brought which file."""

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
