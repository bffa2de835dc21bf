"""Claims with words for each audience, inheritance, drafts, withdrawal, and what was in force when."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    with op.batch_alter_table("pitches") as pitches:
        pitches.add_column(sa.Column("latest", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("pitch_versions") as versions:
        versions.add_column(sa.Column("is_major", sa.Boolean(), nullable=False, server_default=sa.false()))
        versions.add_column(sa.Column("recertify_by", sa.Date(), nullable=True))
    with op.batch_alter_table("claims") as claims:
        claims.add_column(sa.Column("wordings", sa.JSON(), nullable=False, server_default="{}"))
        claims.add_column(sa.Column("replaces", sa.Text(), nullable=False, server_default=""))
        claims.add_column(sa.Column("inherited_from_id", sa.Integer(), nullable=True))
        claims.create_foreign_key(op.f("fk_claims_inherited_from_id_pitches"), "pitches", ["inherited_from_id"], ["id"])
    op.create_table(
        "pitch_in_force",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pitch_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("from_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["pitch_id"], ["pitches.id"], name=op.f("fk_pitch_in_force_pitch_id_pitches")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pitch_in_force")),
    )
    op.create_index("ix_pitch_in_force_pitch_id_from_at", "pitch_in_force", ["pitch_id", "from_at", "id"])
    op.create_table(
        "pitch_withdrawals",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["pitch_versions.id"], name=op.f("fk_pitch_withdrawals_version_id_pitch_versions")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_pitch_withdrawals_by_id_people")),
        sa.PrimaryKeyConstraint("version_id", name=op.f("pk_pitch_withdrawals")),
    )
    op.create_table(
        "pitch_drafts",
        sa.Column("pitch_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("claims", sa.JSON(), nullable=False),
        sa.Column("change", sa.Text(), nullable=False),
        sa.Column("is_major", sa.Boolean(), nullable=False),
        sa.Column("recertify_by", sa.Date(), nullable=True),
        sa.Column("base_number", sa.Integer(), nullable=False),
        sa.Column("saved_at", MOMENT, nullable=False),
        sa.Column("saved_by_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["pitch_id"], ["pitches.id"], name=op.f("fk_pitch_drafts_pitch_id_pitches")),
        sa.ForeignKeyConstraint(["saved_by_id"], ["people.id"], name=op.f("fk_pitch_drafts_saved_by_id_people")),
        sa.PrimaryKeyConstraint("pitch_id", name=op.f("pk_pitch_drafts")),
    )
    op.create_table(
        "releases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("effects", sa.JSON(), nullable=False),
        sa.Column("practices", sa.JSON(), nullable=False),
        sa.Column("to_tell", sa.Integer(), nullable=False),
        sa.Column("told", sa.Integer(), nullable=False),
        sa.Column("told_to_id", sa.Integer(), nullable=False),
        sa.Column("finished_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["version_id"], ["pitch_versions.id"], name=op.f("fk_releases_version_id_pitch_versions")
        ),
        sa.CheckConstraint("kind in ('published', 'withdrawn')", name=op.f("ck_releases_kind_known")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_releases")),
        sa.UniqueConstraint("version_id", "kind", name=op.f("uq_releases_version_id_kind")),
    )
    op.execute("update pitches set latest = number")
    op.execute(
        "insert into pitch_in_force (pitch_id, number, from_at)"
        " select pitch_id, number, published_at from pitch_versions order by published_at, id"
    )
