"""Bringing contacts in from files, and taking them out."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "contact_imports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("filename", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("heading", sa.JSON(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("cells", sa.JSON(), nullable=False),
        sa.Column("relation", sa.Text(), nullable=False),
        sa.Column("closeness", sa.Text(), nullable=False),
        sa.Column("takes", sa.Text(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("started_at", MOMENT, nullable=True),
        sa.Column("done_at", MOMENT, nullable=True),
        sa.Column("undone_at", MOMENT, nullable=True),
        sa.CheckConstraint("done between 0 and total", name=op.f("ck_contact_imports_done_within")),
        sa.ForeignKeyConstraint(["owner_id"], ["people.id"], name=op.f("fk_contact_imports_owner_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_imports")),
    )
    with op.batch_alter_table("contact_imports") as batch_op:
        batch_op.create_index("ix_contact_imports_owner_id_at", ["owner_id", "at"])

    op.create_table(
        "contact_import_rows",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("card", sa.JSON(), nullable=False),
        sa.Column("outcome", sa.String(40), nullable=False),
        sa.Column("found_by", sa.Text(), nullable=False),
        sa.Column("twin", sa.Integer(), nullable=True),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("differs", sa.JSON(), nullable=False),
        sa.Column("choice", sa.String(40), nullable=False),
        sa.Column("picks", sa.JSON(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("result", sa.String(40), nullable=False),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("undone", sa.String(40), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contacts.id"], name=op.f("fk_contact_import_rows_contact_id_contacts"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["import_id"],
            ["contact_imports.id"],
            name=op.f("fk_contact_import_rows_import_id_contact_imports"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_import_rows")),
        sa.UniqueConstraint("import_id", "line", name=op.f("uq_contact_import_rows_import_id_line")),
    )
    with op.batch_alter_table("contact_import_rows") as batch_op:
        batch_op.create_index(batch_op.f("ix_contact_import_rows_contact_id"), ["contact_id"])
        batch_op.create_index("ix_contact_import_rows_import_id_outcome", ["import_id", "outcome", "line"])
        batch_op.create_index("ix_contact_import_rows_import_id_result", ["import_id", "result", "line"])
