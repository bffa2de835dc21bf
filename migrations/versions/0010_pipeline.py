"""The pipeline knows contacts, clients and services, which way a referral goes, hand-overs, thanks, and money of other
currencies; the firm says how it runs it."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
STALE_DAYS = {"planned": 21, "asked": 14, "introduced": 14, "in-conversation": 21, "proposal": 14}


def upgrade() -> None:
    _agreements()
    _hand_overs()
    _opportunities()
    _fill()


def _agreements() -> None:
    op.create_table(
        "lead_definitions",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("criteria", sa.JSON(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_lead_definitions")),
    )
    op.create_table(
        "currency_rates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("rate", sa.BigInteger(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.CheckConstraint("rate > 0", name=op.f("ck_currency_rates_rate_counts")),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_currency_rates_by_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_currency_rates")),
    )
    with op.batch_alter_table("currency_rates") as batch_op:
        batch_op.create_index("ix_currency_rates_currency_from_on", ["currency", "from_on", "id"])

    op.create_table(
        "pipeline_agreements",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("labels", sa.JSON(), nullable=False),
        sa.Column("probabilities", sa.JSON(), nullable=False),
        sa.Column("stale_days", sa.JSON(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("answer_days", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_pipeline_agreements_by_id_people")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_pipeline_agreements")),
    )
    op.create_table(
        "sales_desk",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_sales_desk_person_id_people")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_sales_desk")),
    )


def _hand_overs() -> None:
    op.create_table(
        "hand_overs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("opportunity_id", sa.Integer(), nullable=False),
        sa.Column("from_id", sa.Integer(), nullable=False),
        sa.Column("to_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("with_contact", sa.Boolean(), nullable=False),
        sa.Column("with_notes", sa.Boolean(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("seen_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contacts.id"], name=op.f("fk_hand_overs_contact_id_contacts"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["from_id"], ["people.id"], name=op.f("fk_hand_overs_from_id_people")),
        sa.ForeignKeyConstraint(
            ["opportunity_id"], ["opportunities.id"], name=op.f("fk_hand_overs_opportunity_id_opportunities")
        ),
        sa.ForeignKeyConstraint(["to_id"], ["people.id"], name=op.f("fk_hand_overs_to_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hand_overs")),
    )
    with op.batch_alter_table("hand_overs") as batch_op:
        batch_op.create_index(batch_op.f("ix_hand_overs_contact_id"), ["contact_id"])
        batch_op.create_index("ix_hand_overs_from_id_state", ["from_id", "state"])
        batch_op.create_index(
            "ix_hand_overs_offered",
            ["opportunity_id"],
            unique=True,
            sqlite_where=sa.text("state = 'offered'"),
            postgresql_where=sa.text("state = 'offered'"),
        )
        batch_op.create_index(batch_op.f("ix_hand_overs_opportunity_id"), ["opportunity_id"])
        batch_op.create_index("ix_hand_overs_to_id_state", ["to_id", "state"])

    op.create_table(
        "lead_answers",
        sa.Column("opportunity_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("answer", sa.String(40), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_lead_answers_by_id_people")),
        sa.ForeignKeyConstraint(
            ["opportunity_id"], ["opportunities.id"], name=op.f("fk_lead_answers_opportunity_id_opportunities")
        ),
        sa.PrimaryKeyConstraint("opportunity_id", "key", name=op.f("pk_lead_answers")),
    )
    op.create_table(
        "thanks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("opportunity_id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("occasion", sa.String(40), nullable=False),
        sa.Column("since_on", sa.Date(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("is_left", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contacts.id"], name=op.f("fk_thanks_contact_id_contacts"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["opportunity_id"], ["opportunities.id"], name=op.f("fk_thanks_opportunity_id_opportunities")
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["people.id"], name=op.f("fk_thanks_owner_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thanks")),
        sa.UniqueConstraint("opportunity_id", "occasion", name=op.f("uq_thanks_opportunity_id_occasion")),
    )
    with op.batch_alter_table("thanks") as batch_op:
        batch_op.create_index(batch_op.f("ix_thanks_contact_id"), ["contact_id"])
        batch_op.create_index("ix_thanks_owner_id_done_on", ["owner_id", "done_on"])

    op.create_table(
        "hand_over_steps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hand_over_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_hand_over_steps_by_id_people")),
        sa.ForeignKeyConstraint(
            ["hand_over_id"], ["hand_overs.id"], name=op.f("fk_hand_over_steps_hand_over_id_hand_overs")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hand_over_steps")),
        sa.UniqueConstraint("hand_over_id", "state", name=op.f("uq_hand_over_steps_hand_over_id_state")),
    )


def _opportunities() -> None:
    with op.batch_alter_table("opportunities") as batch_op:
        batch_op.add_column(sa.Column("direction", sa.String(40), server_default="asked", nullable=False))
        batch_op.add_column(sa.Column("contact_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("client_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("service_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("rate", sa.BigInteger(), server_default="1000000000", nullable=False))
        batch_op.add_column(sa.Column("worth", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("reason", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("stale_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("nurture_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("nurture_days", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("lead_number", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_opportunities_client_id"), ["client_id"])
        batch_op.create_index(batch_op.f("ix_opportunities_contact_id"), ["contact_id"])
        batch_op.create_index("ix_opportunities_owner_id_stale_on", ["owner_id", "stale_on"])
        batch_op.create_index(batch_op.f("ix_opportunities_service_id"), ["service_id"])
        batch_op.create_foreign_key(batch_op.f("fk_opportunities_client_id_clients"), "clients", ["client_id"], ["id"])
        batch_op.create_check_constraint(batch_op.f("ck_opportunities_rate_counts"), "rate > 0")
        batch_op.create_foreign_key(
            batch_op.f("fk_opportunities_contact_id_contacts"), "contacts", ["contact_id"], ["id"], ondelete="SET NULL"
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_opportunities_service_id_services"), "services", ["service_id"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_opportunities_lead_number_lead_definitions"), "lead_definitions", ["lead_number"], ["number"]
        )

    with op.batch_alter_table("stage_changes") as batch_op:
        batch_op.add_column(sa.Column("reason", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("currency", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("worth", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("undoes_id", sa.Integer(), nullable=True))
        batch_op.create_unique_constraint(batch_op.f("uq_stage_changes_undoes_id"), ["undoes_id"])
        batch_op.create_foreign_key(
            batch_op.f("fk_stage_changes_undoes_id_stage_changes"), "stage_changes", ["undoes_id"], ["id"]
        )


def _fill() -> None:
    """What is there is in the firm's currency, and grows stale from its last change."""
    op.execute("update opportunities set worth = value")
    op.execute(
        "update stage_changes set worth = value, currency = "
        "(select currency from opportunities where opportunities.id = stage_changes.opportunity_id)"
    )
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for stage, days in STALE_DAYS.items():
        then = f"date(changed_at, '+{days} days')" if is_sqlite else f"(changed_at at time zone 'UTC')::date + {days}"
        op.execute(f"update opportunities set stale_on = {then} where stage = '{stage}'")
    after = "date(next_on, '+1 day')" if is_sqlite else "next_on + 1"
    op.execute(f"update opportunities set stale_on = {after} where stale_on <= next_on")
