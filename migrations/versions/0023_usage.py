"""Totals by item and month, words beside what clients named, and what is decided about items."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
COUNTED = ("views", "readers", "found", "copied", "downloaded", "shared", "opened", "used", "helped", "did_not_help")


def upgrade() -> None:
    op.create_table(
        "item_months",
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in COUNTED),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_item_months_item_id_items")),
        sa.PrimaryKeyConstraint("month", "item_id", name=op.f("pk_item_months")),
    )
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    month = "date(\"on\", 'start of month')" if is_sqlite else "cast(date_trunc('month', \"on\") as date)"
    sums = ", ".join(f"sum({name})" for name in COUNTED)
    op.execute(
        f"insert into item_months (month, item_id, {', '.join(COUNTED)}) "
        f"select {month}, item_id, {sums} from item_days group by {month}, item_id"
    )

    # Defaults while the columns come to a table that may hold rows; afterwards the portal says what it writes.
    columns = [
        sa.Column("said_by", sa.Text(), nullable=False, server_default=""),
        sa.Column("words", sa.Text(), nullable=False, server_default=""),
        sa.Column("on", sa.Date(), nullable=False, server_default="2000-01-01"),
    ]
    with op.batch_alter_table("item_links") as batch_op:
        for column in columns:
            batch_op.add_column(column)
    with op.batch_alter_table("item_links") as batch_op:
        for column in columns:
            batch_op.alter_column(column.name, server_default=None)
    op.execute('update item_links set "on" = date(at)')

    op.create_table(
        "item_decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(40), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("box", sa.Text(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("undoes_id", sa.Integer(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_item_decisions_by_id_people")),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_item_decisions_item_id_items")),
        sa.ForeignKeyConstraint(
            ["undoes_id"], ["item_decisions.id"], name=op.f("fk_item_decisions_undoes_id_item_decisions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_decisions")),
        sa.UniqueConstraint("undoes_id", name=op.f("uq_item_decisions_undoes_id")),
    )
    op.create_index("ix_item_decisions_item_id", "item_decisions", ["item_id", "id"])
    op.create_index("ix_item_decisions_until", "item_decisions", ["until"])
    op.create_index("ix_item_decisions_by_id_until", "item_decisions", ["by_id", "until"])
    op.create_table(
        "item_decision_checks",
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_item_decision_checks_by_id_people")),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["item_decisions.id"], name=op.f("fk_item_decision_checks_decision_id_item_decisions")
        ),
        sa.PrimaryKeyConstraint("decision_id", name=op.f("pk_item_decision_checks")),
    )
