"""Kinds with facts of their own, states, files and authors of items, and more counted by item and day."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
COUNTED = ("found", "copied", "downloaded", "shared", "opened", "used", "helped", "did_not_help")


def upgrade() -> None:
    op.create_table(
        "stored_files",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("content_type", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("text_state", sa.String(40), nullable=False),
        sa.Column("added_at", MOMENT, nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_stored_files_by_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stored_files")),
        sa.UniqueConstraint("sha256", name=op.f("uq_stored_files_sha256")),
    )
    op.create_index(op.f("ix_stored_files_by_id"), "stored_files", ["by_id"])
    op.create_table(
        "item_authors",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["items.id"], name=op.f("fk_item_authors_item_id_items"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_item_authors_person_id_people")),
        sa.PrimaryKeyConstraint("item_id", "person_id", name=op.f("pk_item_authors")),
    )
    op.create_index(op.f("ix_item_authors_person_id"), "item_authors", ["person_id"])
    op.create_table(
        "item_files",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("is_inline", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("added_at", MOMENT, nullable=False),
        sa.Column("removed_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["file_id"], ["stored_files.id"], name=op.f("fk_item_files_file_id_stored_files")),
        sa.ForeignKeyConstraint(
            ["item_id"], ["items.id"], name=op.f("fk_item_files_item_id_items"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_files")),
        sa.UniqueConstraint("item_id", "file_id", name=op.f("uq_item_files_item_id_file_id")),
    )
    op.create_index(op.f("ix_item_files_file_id"), "item_files", ["file_id"])
    op.create_table(
        "item_links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("opportunity_id", sa.Integer(), nullable=True),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("how", sa.String(40), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_item_links_by_id_people")),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contacts.id"], name=op.f("fk_item_links_contact_id_contacts"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_item_links_item_id_items")),
        sa.ForeignKeyConstraint(
            ["opportunity_id"], ["opportunities.id"], name=op.f("fk_item_links_opportunity_id_opportunities")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_links")),
    )
    op.create_index("ix_item_links_by_id_at", "item_links", ["by_id", "at"])
    op.create_index("ix_item_links_contact_id", "item_links", ["contact_id"])
    op.create_index("ix_item_links_item_id_how", "item_links", ["item_id", "how"])
    op.create_index("ix_item_links_opportunity_id", "item_links", ["opportunity_id"])

    # A default while the column comes to a table that is full; afterwards the portal always says what it writes.
    columns = {
        "item_days": [sa.Column(name, sa.Integer(), nullable=False, server_default="0") for name in COUNTED],
        "items": [
            sa.Column("facts", sa.JSON(), nullable=False, server_default="{}"),
            sa.Column("step", sa.String(40), nullable=False, server_default="draft"),
            sa.Column("published_revision", sa.Integer(), nullable=False, server_default="0"),
            sa.Column("major_revision", sa.Integer(), nullable=False, server_default="0"),
            sa.Column("publish_at", MOMENT, nullable=True),
            sa.Column("expires_at", MOMENT, nullable=True),
            sa.Column("is_internal", sa.Boolean(), nullable=False, server_default=sa.false()),
            sa.Column("byline", sa.JSON(), nullable=False, server_default="[]"),
        ],
        "revisions": [
            sa.Column("facts", sa.JSON(), nullable=False, server_default="{}"),
            sa.Column("is_minor", sa.Boolean(), nullable=False, server_default=sa.false()),
            sa.Column("published_at", MOMENT, nullable=True),
        ],
    }
    for table, added in columns.items():
        with op.batch_alter_table(table) as batch_op:
            for column in added:
                batch_op.add_column(column)
        with op.batch_alter_table(table) as batch_op:
            for column in added:
                if column.server_default is not None:
                    batch_op.alter_column(column.name, server_default=None)

    op.execute("update revisions set published_at = at where published")
    op.execute(
        "update items set published_revision = coalesce("
        "(select max(number) from revisions where revisions.item_id = items.id and revisions.published), 0)"
    )
    op.execute("update items set major_revision = published_revision")
    op.execute("update items set step = 'published' where published_revision = revision and revision > 0")
    # What people said of an item before it was counted by day stands under the day on which they last read it.
    for column, said in (("helped", "ir.useful"), ("did_not_help", "not ir.useful")):
        op.execute(
            f'update item_days set {column} = (select count(*) from item_readers ir where ir.item_id = item_days.item_id '
            f'and {said} and date(ir.last_at) = item_days."on")'
        )
