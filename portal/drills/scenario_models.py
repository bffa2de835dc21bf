"""Client conversations to play, and how people played them."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base


class Scenario(Base):
    """A conversation that branches, from a content file."""

    __tablename__ = "scenarios"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    discipline: Mapped[str]
    summary: Mapped[str]
    who: Mapped[str]
    """Whom one talks to."""
    minutes: Mapped[int]
    number: Mapped[int]
    """The newest version; runs name the one they play."""
    fingerprint: Mapped[str]
    position: Mapped[int] = mapped_column(default=0)
    is_retired: Mapped[bool] = mapped_column(default=False)


class ScenarioVersion(Base):
    """What a conversation said in a version; never changed."""

    __tablename__ = "scenario_versions"

    scenario_id: Mapped[int] = mapped_column(ForeignKey("scenarios.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[dict[str, Any]]
    """`intro` (HTML), `start`, and `nodes` by key, rendered."""
    at: Mapped[datetime]


class ScenarioRun(Base):
    """Somebody playing a conversation once, in the version it had when they began."""

    __tablename__ = "scenario_runs"
    __table_args__ = (
        UniqueConstraint("person_id", "key"),
        Index("ix_scenario_runs_person_id_scenario_id", "person_id", "scenario_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    scenario_id: Mapped[int] = mapped_column(ForeignKey("scenarios.id"))
    number: Mapped[int]
    begun_at: Mapped[datetime]
    key: Mapped[str]
    """Made by the page; the same press sent twice begins one run."""


class ScenarioChoice(Base):
    """One thing that somebody chose to say; added, never changed."""

    __tablename__ = "scenario_choices"

    run_id: Mapped[int] = mapped_column(ForeignKey("scenario_runs.id"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    """The how-manieth choice of the run, from 0."""
    node: Mapped[str]
    choice: Mapped[int]
    """The place among the node's choices, from 0."""
    leads_to: Mapped[str]
    ending: Mapped[str] = mapped_column(default="")
    """How the conversation ended, when it ended here."""
    at: Mapped[datetime]
