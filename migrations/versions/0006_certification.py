"""Being passed on a version of the pitch."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "certification_rules",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("known_percent", sa.Integer(), nullable=False),
        sa.Column("needs_check", sa.Boolean(), nullable=False),
        sa.Column("needs_recital", sa.Boolean(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "known_percent between 0 and 100", name=op.f("ck_certification_rules_known_percent_is_share")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_certification_rules_by_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certification_rules")),
    )
    op.create_table(
        "certifications",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("pitch_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("issued_at", MOMENT, nullable=False),
        sa.Column("is_delta", sa.Boolean(), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_certifications_person_id_people")),
        sa.ForeignKeyConstraint(["pitch_id"], ["pitches.id"], name=op.f("fk_certifications_pitch_id_pitches")),
        sa.ForeignKeyConstraint(
            ["pitch_id", "number"],
            ["pitch_versions.pitch_id", "pitch_versions.number"],
            name=op.f("fk_certifications_pitch_id_pitch_versions"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certifications")),
        sa.UniqueConstraint("uid", name=op.f("uq_certifications_uid")),
    )
    op.create_index("ix_certifications_person_id_pitch_id", "certifications", ["person_id", "pitch_id", "id"])
    op.create_index(
        "ix_certifications_pitch_id_person_id", "certifications", ["pitch_id", "person_id", "number", "id"]
    )
    op.create_table(
        "revocations",
        sa.Column("certification_id", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["certification_id"], ["certifications.id"], name=op.f("fk_revocations_certification_id_certifications")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_revocations_by_id_people")),
        sa.PrimaryKeyConstraint("certification_id", name=op.f("pk_revocations")),
    )
    op.create_table(
        "certification_states",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("pitch_id", sa.Integer(), nullable=False),
        sa.Column("certification_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("certified_at", MOMENT, nullable=False),
        sa.Column("stale_at", MOMENT, nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_certification_states_person_id_people")),
        sa.ForeignKeyConstraint(["pitch_id"], ["pitches.id"], name=op.f("fk_certification_states_pitch_id_pitches")),
        sa.ForeignKeyConstraint(
            ["certification_id"],
            ["certifications.id"],
            name=op.f("fk_certification_states_certification_id_certifications"),
        ),
        sa.PrimaryKeyConstraint("person_id", "pitch_id", name=op.f("pk_certification_states")),
    )
    op.create_index(
        "ix_certification_states_pitch_id", "certification_states", ["pitch_id", "stale_at", "person_id"]
    )
