"""What editors typed and did not save yet, and what became of files that they brought."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
NEW = sa.text("item_id IS NULL")


def upgrade() -> None:
    op.create_table(
        "working_copies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("saved_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["items.id"], name=op.f("fk_working_copies_item_id_items"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_working_copies_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_working_copies")),
        sa.UniqueConstraint("item_id", "person_id", name=op.f("uq_working_copies_item_id_person_id")),
    )
    op.create_index(op.f("ix_working_copies_person_id"), "working_copies", ["person_id"])
    op.create_index(
        "uq_working_copies_of_new_items",
        "working_copies",
        ["person_id"],
        unique=True,
        sqlite_where=NEW,
        postgresql_where=NEW,
    )
    op.create_table(
        "item_imports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("outcomes", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_item_imports_by_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_imports")),
    )
    op.create_index(op.f("ix_item_imports_by_id"), "item_imports", ["by_id"])
