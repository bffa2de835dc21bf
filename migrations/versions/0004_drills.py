"""Target and spread of reviews, late arrivals, replaced cards, conversations to play, reports from the field."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _card_states()
    _reviews()
    _small_tables()
    _field_events()
    _scenarios()


def _card_states() -> None:
    with op.batch_alter_table("card_states") as states:
        states.add_column(sa.Column("asked_at", MOMENT, nullable=True))
    op.execute("update card_states set asked_at = due_at")
    with op.batch_alter_table("card_states") as states:
        states.alter_column("asked_at", existing_type=MOMENT, nullable=False)
        states.drop_index("ix_card_states_person_id_due_at")
        states.create_index("ix_card_states_person_id_asked_at", ["person_id", "asked_at", "card_id"])


def _reviews() -> None:
    with op.batch_alter_table("reviews") as reviews:
        reviews.add_column(sa.Column("received_at", MOMENT, nullable=True))
        reviews.add_column(sa.Column("retention", sa.Integer(), nullable=False, server_default=sa.text("90")))
    op.execute("update reviews set received_at = at")
    with op.batch_alter_table("reviews") as reviews:
        reviews.alter_column("received_at", existing_type=MOMENT, nullable=False)


def _small_tables() -> None:
    op.create_table(
        "drill_settings",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("retention", sa.Integer(), nullable=False),
        sa.CheckConstraint("retention between 80 and 95", name=op.f("ck_drill_settings_retention_sensible")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_drill_settings_person_id_people")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_drill_settings")),
    )
    op.create_table(
        "card_replacements",
        sa.Column("card_id", sa.Integer(), nullable=False),
        sa.Column("pitch_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["card_id"], ["cards.id"], name=op.f("fk_card_replacements_card_id_cards")),
        sa.ForeignKeyConstraint(["pitch_id"], ["pitches.id"], name=op.f("fk_card_replacements_pitch_id_pitches")),
        sa.PrimaryKeyConstraint("card_id", "pitch_id", name=op.f("pk_card_replacements")),
    )


def _field_events() -> None:
    op.create_table(
        "field_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("pitch_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("claim_key", sa.Text(), nullable=False),
        sa.Column("card_id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("asked", sa.String(40), nullable=False),
        sa.Column("went", sa.String(40), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_field_events_person_id_people")),
        sa.ForeignKeyConstraint(["pitch_id"], ["pitches.id"], name=op.f("fk_field_events_pitch_id_pitches")),
        sa.ForeignKeyConstraint(["card_id"], ["cards.id"], name=op.f("fk_field_events_card_id_cards")),
        sa.ForeignKeyConstraint(["review_id"], ["reviews.id"], name=op.f("fk_field_events_review_id_reviews")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_field_events")),
        sa.UniqueConstraint("person_id", "key", name=op.f("uq_field_events_person_id_key")),
        sa.UniqueConstraint("review_id", name=op.f("uq_field_events_review_id")),
    )
    op.create_index("ix_field_events_person_id_at", "field_events", ["person_id", "at"])
    op.create_index("ix_field_events_card_id", "field_events", ["card_id"])


def _scenarios() -> None:
    op.create_table(
        "scenarios",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("discipline", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_retired", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scenarios")),
        sa.UniqueConstraint("key", name=op.f("uq_scenarios_key")),
    )
    op.create_table(
        "scenario_versions",
        sa.Column("scenario_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["scenario_id"], ["scenarios.id"], name=op.f("fk_scenario_versions_scenario_id_scenarios")
        ),
        sa.PrimaryKeyConstraint("scenario_id", "number", name=op.f("pk_scenario_versions")),
    )
    _runs()


def _runs() -> None:
    op.create_table(
        "scenario_runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("scenario_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("begun_at", MOMENT, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_scenario_runs_person_id_people")),
        sa.ForeignKeyConstraint(["scenario_id"], ["scenarios.id"], name=op.f("fk_scenario_runs_scenario_id_scenarios")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scenario_runs")),
        sa.UniqueConstraint("person_id", "key", name=op.f("uq_scenario_runs_person_id_key")),
    )
    op.create_index("ix_scenario_runs_person_id_scenario_id", "scenario_runs", ["person_id", "scenario_id"])
    op.create_table(
        "scenario_choices",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("node", sa.Text(), nullable=False),
        sa.Column("choice", sa.Integer(), nullable=False),
        sa.Column("leads_to", sa.Text(), nullable=False),
        sa.Column("ending", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["scenario_runs.id"], name=op.f("fk_scenario_choices_run_id_scenario_runs")),
        sa.PrimaryKeyConstraint("run_id", "place", name=op.f("pk_scenario_choices")),
    )
