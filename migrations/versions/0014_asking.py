"""Ready to ask, and who asked whom."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "ask_rule_versions",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("subjects", sa.JSON(), nullable=False),
        sa.Column("days", sa.JSON(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_ask_rule_versions")),
    )
    op.create_table(
        "collision_looks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("keys_mark", sa.Text(), nullable=False),
        sa.Column("found", sa.JSON(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contacts.id"], name=op.f("fk_collision_looks_contact_id_contacts"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_collision_looks_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_collision_looks")),
    )
    with op.batch_alter_table("collision_looks") as batch_op:
        batch_op.create_index("ix_collision_looks_contact_id", ["contact_id", "id"])
        batch_op.create_index("ix_collision_looks_person_id_at", ["person_id", "at"])

    op.create_table(
        "talks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("asker_id", sa.Integer(), nullable=False),
        sa.Column("asker_contact_id", sa.Integer(), nullable=True),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("other_contact_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("offered_at", MOMENT, nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("answered_at", MOMENT, nullable=True),
        sa.Column("asker_line", sa.Text(), nullable=False),
        sa.Column("other_line", sa.Text(), nullable=False),
        sa.Column("asker_done_at", MOMENT, nullable=True),
        sa.Column("other_done_at", MOMENT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["asker_contact_id"], ["contacts.id"], name=op.f("fk_talks_asker_contact_id_contacts"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["asker_id"], ["people.id"], name=op.f("fk_talks_asker_id_people")),
        sa.ForeignKeyConstraint(
            ["other_contact_id"], ["contacts.id"], name=op.f("fk_talks_other_contact_id_contacts"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["other_id"], ["people.id"], name=op.f("fk_talks_other_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_talks")),
        sa.UniqueConstraint(
            "asker_id",
            "other_id",
            "asker_contact_id",
            "expires_on",
            name=op.f("uq_talks_asker_id_other_id_asker_contact_id_expires_on"),
        ),
    )
    with op.batch_alter_table("talks") as batch_op:
        batch_op.create_index(batch_op.f("ix_talks_asker_contact_id"), ["asker_contact_id"])
        batch_op.create_index("ix_talks_asker_id_state", ["asker_id", "state", "expires_on"])
        batch_op.create_index(batch_op.f("ix_talks_other_contact_id"), ["other_contact_id"])
        batch_op.create_index("ix_talks_other_id_state", ["other_id", "state", "expires_on"])

    op.create_table(
        "readiness_checks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("opportunity_id", sa.Integer(), nullable=True),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("client_id", sa.Integer(), nullable=True),
        sa.Column("service_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("answered", sa.JSON(), nullable=False),
        sa.Column("lights", sa.JSON(), nullable=False),
        sa.Column("rules_number", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name=op.f("fk_readiness_checks_client_id_clients")),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contacts.id"], name=op.f("fk_readiness_checks_contact_id_contacts"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["opportunity_id"], ["opportunities.id"], name=op.f("fk_readiness_checks_opportunity_id_opportunities")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_readiness_checks_person_id_people")),
        sa.ForeignKeyConstraint(
            ["rules_number"],
            ["ask_rule_versions.number"],
            name=op.f("fk_readiness_checks_rules_number_ask_rule_versions"),
        ),
        sa.ForeignKeyConstraint(["service_id"], ["services.id"], name=op.f("fk_readiness_checks_service_id_services")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_readiness_checks")),
    )
    with op.batch_alter_table("readiness_checks") as batch_op:
        batch_op.create_index(batch_op.f("ix_readiness_checks_client_id"), ["client_id"])
        batch_op.create_index(batch_op.f("ix_readiness_checks_contact_id"), ["contact_id"])
        batch_op.create_index("ix_readiness_checks_opportunity_id", ["opportunity_id", "id"])
        batch_op.create_index("ix_readiness_checks_person_id", ["person_id", "id"])
        batch_op.create_index(batch_op.f("ix_readiness_checks_service_id"), ["service_id"])

    op.create_table(
        "quick_logs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("is_new", sa.Boolean(), nullable=False),
        sa.Column("touch_ids", sa.JSON(), nullable=False),
        sa.Column("opportunity_id", sa.Integer(), nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("undone_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contacts.id"], name=op.f("fk_quick_logs_contact_id_contacts"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["opportunity_id"], ["opportunities.id"], name=op.f("fk_quick_logs_opportunity_id_opportunities")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_quick_logs_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quick_logs")),
        sa.UniqueConstraint("person_id", "key", name=op.f("uq_quick_logs_person_id_key")),
    )
    with op.batch_alter_table("quick_logs") as batch_op:
        batch_op.create_index(batch_op.f("ix_quick_logs_contact_id"), ["contact_id"])
        batch_op.create_index(batch_op.f("ix_quick_logs_opportunity_id"), ["opportunity_id"])
