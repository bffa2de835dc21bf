"""Worksheets that are shown to a coach, and sheets that are brought back."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "brought_sheets",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("filled_id", sa.Integer(), nullable=False),
        sa.Column("filename", sa.Text(), nullable=False),
        sa.Column("base", sa.JSON(), nullable=False),
        sa.Column("cells", sa.JSON(), nullable=False),
        sa.Column("rows", sa.JSON(), nullable=False),
        sa.Column("wrong", sa.JSON(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["filled_id"], ["filled_worksheets.id"], name=op.f("fk_brought_sheets_filled_id_filled_worksheets")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_brought_sheets")),
    )
    with op.batch_alter_table("brought_sheets") as batch_op:
        batch_op.create_index(batch_op.f("ix_brought_sheets_filled_id"), ["filled_id"])

    op.create_table(
        "submissions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("filled_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("answers_version", sa.Integer(), nullable=False),
        sa.Column("worksheet_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("hides_contacts", sa.Boolean(), nullable=False),
        sa.Column("standing", sa.String(40), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("submitted_at", MOMENT, nullable=False),
        sa.Column("coach_id", sa.Integer(), nullable=True),
        sa.Column("held_until", MOMENT, nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("read_at", MOMENT, nullable=True),
        sa.CheckConstraint(
            "(standing in ('returned', 'accepted')) = (decided_at is not null)",
            name=op.f("ck_submissions_decided_when_answered"),
        ),
        sa.ForeignKeyConstraint(["coach_id"], ["people.id"], name=op.f("fk_submissions_coach_id_people")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["people.id"], name=op.f("fk_submissions_decided_by_id_people")),
        sa.ForeignKeyConstraint(
            ["filled_id", "answers_version"],
            ["filled_history.filled_id", "filled_history.version"],
            name=op.f("fk_submissions_filled_id_answers_version_filled_history"),
        ),
        sa.ForeignKeyConstraint(
            ["filled_id"], ["filled_worksheets.id"], name=op.f("fk_submissions_filled_id_filled_worksheets")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_submissions_person_id_people")),
        sa.ForeignKeyConstraint(
            ["worksheet_id", "number"],
            ["worksheet_versions.worksheet_id", "worksheet_versions.number"],
            name=op.f("fk_submissions_worksheet_id_number_worksheet_versions"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submissions")),
        sa.UniqueConstraint("person_id", "key", name=op.f("uq_submissions_person_id_key")),
    )
    with op.batch_alter_table("submissions") as batch_op:
        batch_op.create_index(batch_op.f("ix_submissions_decided_by_id"), ["decided_by_id"])
        batch_op.create_index("ix_submissions_filled_id", ["filled_id", "id"])
        batch_op.create_index("ix_submissions_standing_submitted_at", ["standing", "submitted_at", "id"])
        batch_op.create_index(
            "uq_submissions_filled_id_waiting",
            ["filled_id"],
            unique=True,
            sqlite_where=sa.text("standing = 'waiting'"),
            postgresql_where=sa.text("standing = 'waiting'"),
        )

    op.create_table(
        "submission_decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("outcome", sa.String(40), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "outcome in ('returned', 'accepted')", name=op.f("ck_submission_decisions_outcome_is_an_answer")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_submission_decisions_by_id_people")),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submissions.id"], name=op.f("fk_submission_decisions_submission_id_submissions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission_decisions")),
        sa.UniqueConstraint("submission_id", name=op.f("uq_submission_decisions_submission_id")),
    )
    with op.batch_alter_table("submission_decisions") as batch_op:
        batch_op.create_index(batch_op.f("ix_submission_decisions_by_id"), ["by_id"])

    op.create_table(
        "submission_remarks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("answers_id", sa.Integer(), nullable=True),
        sa.Column("dealt_at", MOMENT, nullable=True),
        sa.Column("key", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["answers_id"], ["submission_remarks.id"], name=op.f("fk_submission_remarks_answers_id_submission_remarks")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_submission_remarks_by_id_people")),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submissions.id"], name=op.f("fk_submission_remarks_submission_id_submissions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission_remarks")),
        sa.UniqueConstraint("by_id", "key", name=op.f("uq_submission_remarks_by_id_key")),
    )
    with op.batch_alter_table("submission_remarks") as batch_op:
        batch_op.create_index(batch_op.f("ix_submission_remarks_answers_id"), ["answers_id"])
        batch_op.create_index(batch_op.f("ix_submission_remarks_submission_id"), ["submission_id"])
