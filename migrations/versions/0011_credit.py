"""Who brought in what: shares, the ledger that they follow from, disputes, sums; and what leavers take along."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)

# What the triggers refuse, on both engines alike: {new} and {old} are the rows.
CLOSED = "new.posting <= coalesce((select posting from credit_heads where opportunity_id = new.opportunity_id), 0)"
UNLIKE = """new.reverses_id is not null and not exists (
    select 1 from credit_entries as other where other.id = new.reverses_id
    and other.opportunity_id = new.opportunity_id and other.role = new.role and other.points = -new.points
    and coalesce(other.person_id, 0) = coalesce(new.person_id, 0) and other.item_key = new.item_key)"""
SUM = """coalesce((select sum(points) from credit_entries
    where opportunity_id = new.opportunity_id and posting <= new.posting), 0) <> 10000"""
WORDS = {
    "stay": "The ledger of credit is append-only: post a correction",
    "closed": "This posting of the ledger is closed: begin the next one",
    "unlike": "A reversal takes away exactly what it reverses",
    "sum": "The shares of an opportunity are a hundred percent together",
    "next": "The postings of a ledger are closed one after the other",
}


def upgrade() -> None:
    _tables()
    _begin()
    if op.get_bind().dialect.name == "postgresql":
        _guard_postgresql()
    else:
        _guard_sqlite()


def _begin() -> None:
    """Whoever logged what is there already is its source; what is won is credited."""
    connection = op.get_bind()
    rows = connection.execute(
        sa.text("""
        select o.id, o.practice_id, coalesce(o.value, 0) as amount, o.stage, coalesce((
            select c.by_id from stage_changes c where c.opportunity_id = o.id order by c.id limit 1
        ), o.owner_id) as person_id, (
            select max(c.at) from stage_changes c
            where c.opportunity_id = o.id and c.after = 'won' and coalesce(c.before, '') <> 'won'
        ) as won_at from opportunities o order by o.id
        """).columns(won_at=MOMENT)
    ).all()
    shares = sa.table("credit_shares", *map(sa.column, ("opportunity_id", "role", "person_id", "item_key", "points")))
    parts = sa.table(
        "credited_parts",
        sa.column("won_on", sa.Date),
        *map(sa.column, ("opportunity_id", "practice_id", "role", "person_id", "item_key", "points", "amount")),
    )
    sums = sa.table(
        "origination_sums",
        sa.column("quarter", sa.Date),
        *map(sa.column, ("practice_id", "role", "person_id", "item_key", "n", "amount")),
    )
    held = {"role": "source", "item_key": "", "points": 10_000}
    made = [held | {"opportunity_id": row.id, "person_id": row.person_id} for row in rows]
    won = [row for row in rows if row.stage == "won" and row.won_at]
    credited = [
        held
        | {"opportunity_id": row.id, "practice_id": row.practice_id, "won_on": row.won_at.date()}
        | {"person_id": row.person_id, "amount": row.amount}
        for row in won
    ]
    totals: dict[tuple, list[int]] = {}
    for row in won:
        day = row.won_at.date()
        quarter = day.replace(month=day.month - (day.month - 1) % 3, day=1)
        total = totals.setdefault((row.practice_id, quarter, row.person_id), [0, 0])
        total[0] += 1
        total[1] += row.amount
    summed = [
        {"practice_id": key[0], "quarter": key[1], "role": "source", "person_id": key[2], "item_key": ""}
        | {"n": total[0], "amount": total[1]}
        for key, total in totals.items()
    ]
    for table, found in ((shares, made), (parts, credited), (sums, summed)):
        if found:
            connection.execute(sa.insert(table), found)


def _guard_sqlite() -> None:
    def refuse(name: str, what: str, table: str, when: str, words: str) -> None:
        op.execute(
            f"create trigger {table}_{name} before {what} on {table} {f'when {when} ' if when else ''}"
            f"begin select raise(abort, '{WORDS[words]}'); end"
        )

    refuse("stay_as_they_are", "update", "credit_entries", "", "stay")
    refuse("are_kept", "delete", "credit_entries", "", "stay")
    # INSERT OR REPLACE deletes without asking the trigger above.
    refuse("are_new", "insert", "credit_entries", "exists (select 1 from credit_entries where id = new.id)", "stay")
    refuse("are_of_an_open_posting", "insert", "credit_entries", CLOSED, "closed")
    refuse("reverse_exactly", "insert", "credit_entries", UNLIKE, "unlike")
    refuse("begin_whole", "insert", "credit_heads", SUM, "sum")
    refuse(
        "begin_once",
        "insert",
        "credit_heads",
        "exists (select 1 from credit_heads where opportunity_id = new.opportunity_id)",
        "next",
    )
    refuse("go_on_whole", "update", "credit_heads", SUM, "sum")
    refuse(
        "go_on",
        "update",
        "credit_heads",
        "new.opportunity_id <> old.opportunity_id or new.posting <= old.posting",
        "next",
    )
    refuse("are_kept", "delete", "credit_heads", "", "stay")


def _guard_postgresql() -> None:
    def refuse(name: str, what: str, table: str, body: str, level: str = "row") -> None:
        op.execute(
            f"create function {table}_{name}() returns trigger language plpgsql as $$ begin {body} return new; end $$"
        )
        op.execute(
            f"create trigger {table}_{name} before {what} on {table} for each {level} execute function {table}_{name}()"
        )

    def unless(when: str, words: str) -> str:
        return f"if {when} then raise exception '{WORDS[words]}'; end if; "

    never = f"raise exception '{WORDS['stay']}';"
    for table in ("credit_entries", "credit_heads"):
        refuse("are_not_emptied", "truncate", table, never, "statement")
        refuse("are_kept", "delete", table, never)
    refuse("stay_as_they_are", "update", "credit_entries", never)
    # One writer at a time for each opportunity, so that nothing is added while another closes the posting.
    turn = "perform 1 from opportunities where id = new.opportunity_id for no key update; "
    refuse("fit", "insert", "credit_entries", turn + unless(CLOSED, "closed") + unless(UNLIKE, "unlike"))
    refuse("begin_whole", "insert", "credit_heads", unless(SUM, "sum"))
    forward = "new.opportunity_id <> old.opportunity_id or new.posting <= old.posting"
    refuse("go_on_whole", "update", "credit_heads", unless(SUM, "sum") + unless(forward, "next"))


def _tables() -> None:
    op.create_table(
        "origination_sums",
        sa.Column("practice_id", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.Date(), nullable=False),
        sa.Column("role", sa.String(40), nullable=False),
        sa.Column("person_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("item_key", sa.Text(), nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["practices.id"], name=op.f("fk_origination_sums_practice_id_practices")
        ),
        sa.PrimaryKeyConstraint(
            "practice_id", "quarter", "role", "person_id", "item_key", name=op.f("pk_origination_sums")
        ),
    )
    op.create_table(
        "leavings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("steward_id", sa.Integer(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.Column("fetched_at", MOMENT, nullable=True),
        sa.Column("forgotten_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_leavings_by_id_people")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_leavings_person_id_people")),
        sa.ForeignKeyConstraint(["steward_id"], ["people.id"], name=op.f("fk_leavings_steward_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leavings")),
    )
    with op.batch_alter_table("leavings") as batch_op:
        batch_op.create_index("ix_leavings_person_id", ["person_id", "id"])

    op.create_table(
        "credit_disputes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("opportunity_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("raised_by_id", sa.Integer(), nullable=False),
        sa.Column("raised_at", MOMENT, nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("posting", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["decided_by_id"], ["people.id"], name=op.f("fk_credit_disputes_decided_by_id_people")),
        sa.ForeignKeyConstraint(
            ["opportunity_id"], ["opportunities.id"], name=op.f("fk_credit_disputes_opportunity_id_opportunities")
        ),
        sa.ForeignKeyConstraint(["raised_by_id"], ["people.id"], name=op.f("fk_credit_disputes_raised_by_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit_disputes")),
    )
    with op.batch_alter_table("credit_disputes") as batch_op:
        batch_op.create_index("ix_credit_disputes_opportunity_id", ["opportunity_id", "id"])
        batch_op.create_index(
            "uq_credit_disputes_open",
            ["opportunity_id"],
            unique=True,
            sqlite_where=sa.text("state in ('raised', 'answered')"),
            postgresql_where=sa.text("state in ('raised', 'answered')"),
        )

    op.create_table(
        "credit_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("opportunity_id", sa.Integer(), nullable=False),
        sa.Column("posting", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(40), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("item_key", sa.Text(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("reverses_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("(person_id is null) <> (item_key = '')", name=op.f("ck_credit_entries_one_holder")),
        sa.CheckConstraint("(reverses_id is null) = (points > 0)", name=op.f("ck_credit_entries_reversals_take_away")),
        sa.CheckConstraint(
            "points <> 0 and points between -10000 and 10000", name=op.f("ck_credit_entries_points_sensible")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_credit_entries_by_id_people")),
        sa.ForeignKeyConstraint(
            ["opportunity_id"], ["opportunities.id"], name=op.f("fk_credit_entries_opportunity_id_opportunities")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_credit_entries_person_id_people")),
        sa.ForeignKeyConstraint(
            ["reverses_id"], ["credit_entries.id"], name=op.f("fk_credit_entries_reverses_id_credit_entries")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit_entries")),
        sa.UniqueConstraint("reverses_id", name=op.f("uq_credit_entries_reverses_id")),
    )
    with op.batch_alter_table("credit_entries") as batch_op:
        batch_op.create_index("ix_credit_entries_opportunity_id_posting", ["opportunity_id", "posting", "id"])
        batch_op.create_index(batch_op.f("ix_credit_entries_person_id"), ["person_id"])

    op.create_table(
        "credit_heads",
        sa.Column("opportunity_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("posting", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["opportunity_id"], ["opportunities.id"], name=op.f("fk_credit_heads_opportunity_id_opportunities")
        ),
        sa.PrimaryKeyConstraint("opportunity_id", name=op.f("pk_credit_heads")),
    )
    op.create_table(
        "credit_news",
        sa.Column("person_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("opportunity_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["opportunity_id"], ["opportunities.id"], name=op.f("fk_credit_news_opportunity_id_opportunities")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_credit_news_person_id_people")),
        sa.PrimaryKeyConstraint("person_id", "opportunity_id", name=op.f("pk_credit_news")),
    )
    with op.batch_alter_table("credit_news") as batch_op:
        batch_op.create_index(batch_op.f("ix_credit_news_opportunity_id"), ["opportunity_id"])

    op.create_table(
        "credit_shares",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("opportunity_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(40), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("item_key", sa.Text(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.CheckConstraint("(person_id is null) <> (item_key = '')", name=op.f("ck_credit_shares_one_holder")),
        sa.CheckConstraint("points between 1 and 10000", name=op.f("ck_credit_shares_points_sensible")),
        sa.ForeignKeyConstraint(
            ["opportunity_id"], ["opportunities.id"], name=op.f("fk_credit_shares_opportunity_id_opportunities")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_credit_shares_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit_shares")),
    )
    with op.batch_alter_table("credit_shares") as batch_op:
        batch_op.create_index(batch_op.f("ix_credit_shares_opportunity_id"), ["opportunity_id"])
        batch_op.create_index("ix_credit_shares_person_id", ["person_id", "opportunity_id"])

    op.create_table(
        "credited_parts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("opportunity_id", sa.Integer(), nullable=False),
        sa.Column("practice_id", sa.Integer(), nullable=False),
        sa.Column("won_on", sa.Date(), nullable=False),
        sa.Column("role", sa.String(40), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("item_key", sa.Text(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["opportunity_id"], ["opportunities.id"], name=op.f("fk_credited_parts_opportunity_id_opportunities")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_credited_parts_person_id_people")),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["practices.id"], name=op.f("fk_credited_parts_practice_id_practices")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credited_parts")),
    )
    with op.batch_alter_table("credited_parts") as batch_op:
        batch_op.create_index(batch_op.f("ix_credited_parts_opportunity_id"), ["opportunity_id"])
        batch_op.create_index("ix_credited_parts_person_id_won_on", ["person_id", "won_on", "id"])
        batch_op.create_index("ix_credited_parts_practice_id_won_on", ["practice_id", "won_on", "id"])

    op.create_table(
        "credit_dispute_words",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dispute_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_credit_dispute_words_by_id_people")),
        sa.ForeignKeyConstraint(
            ["dispute_id"], ["credit_disputes.id"], name=op.f("fk_credit_dispute_words_dispute_id_credit_disputes")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit_dispute_words")),
    )
    with op.batch_alter_table("credit_dispute_words") as batch_op:
        batch_op.create_index("ix_credit_dispute_words_dispute_id", ["dispute_id", "id"])
