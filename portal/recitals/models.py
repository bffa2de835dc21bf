"""Recitals and their recordings, rubrics in versions, decisions with scores, comments, and invitations to listen."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Person
from portal.db import Base
from portal.message.models import Pitch


class Scope(StrEnum):
    """How much of the pitch is recited."""

    WHOLE = "whole"
    CHANGES = "changes"


class Medium(StrEnum):
    """How it is recited."""

    TYPED = "typed"
    AUDIO = "audio"
    VIDEO = "video"


class State(StrEnum):
    """Where a recital stands; follows from its decision, once there is one."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    PASSED = "passed"
    AGAIN = "again"


class Recital(Base):
    """One delivery of a version of a pitch, by one person."""

    __tablename__ = "recitals"
    __table_args__ = (
        ForeignKeyConstraint(["pitch_id", "number"], ["pitch_versions.pitch_id", "pitch_versions.number"]),
        UniqueConstraint("person_id", "key"),
        Index("ix_recitals_person_id_pitch_id", "person_id", "pitch_id", "number", "state"),
        Index("ix_recitals_state_submitted_at", "state", "submitted_at", "id"),
        CheckConstraint("(state = 'draft') = (submitted_at is null)", name="submitted_when_not_draft"),
        CheckConstraint("(state in ('passed', 'again')) = (decided_at is not null)", name="decided_when_answered"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    pitch_id: Mapped[int] = mapped_column(ForeignKey("pitches.id"))
    pitch: Mapped[Pitch] = relationship(foreign_keys=[pitch_id])
    number: Mapped[int]
    """The version of the pitch that is recited."""
    scope: Mapped[Scope]
    claim_keys: Mapped[list[Any]]
    """For the changed part: the claims that changed. Empty for the whole."""
    medium: Mapped[Medium]
    text: Mapped[str] = mapped_column(default="")
    """What was typed."""
    covered: Mapped[list[Any]]
    """For a typed one: the claims that were found in it when it was submitted."""
    state: Mapped[State] = mapped_column(default=State.DRAFT)
    key: Mapped[str]
    """Given by the page that began it, so that sending twice begins one."""
    after_id: Mapped[int | None] = mapped_column(ForeignKey("recitals.id"))
    """The recital that came back with "again", if this is the next try."""
    created_at: Mapped[datetime]
    saved_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    coach_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    """The coach who opened it and holds it until `held_until`."""
    coach: Mapped[Person | None] = relationship(foreign_keys=[coach_id])
    held_until: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    decided_by: Mapped[Person | None] = relationship(foreign_keys=[decided_by_id])
    read_at: Mapped[datetime | None]
    """When the person said that they have read what came back."""
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012

    @property
    def is_waiting(self) -> bool:
        """Whether it waits for a coach."""
        return self.state == State.SUBMITTED


class Recording(Base):
    """One file of a recital, from its first byte on its way to its deletion."""

    __tablename__ = "recordings"
    __table_args__ = (
        UniqueConstraint("recital_id", "key"),
        CheckConstraint("received >= 0 and received <= total", name="received_within_total"),
        CheckConstraint("(sha256 = '') = (kept_at is null)", name="kept_with_its_hash"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    recital_id: Mapped[int] = mapped_column(ForeignKey("recitals.id"), index=True)
    key: Mapped[str]
    """Given by the page that sends it, so that beginning twice begins one."""
    content_type: Mapped[str]
    total: Mapped[int]
    """How many bytes it has."""
    received: Mapped[int] = mapped_column(default=0)
    """How many of them have arrived, from the beginning without a gap."""
    sha256: Mapped[str] = mapped_column(default="", index=True)
    """The name in the store; empty until the stored bytes were read back and found right."""
    seconds: Mapped[int | None]
    """How long it plays, where the file tells."""
    begun_at: Mapped[datetime]
    kept_at: Mapped[datetime | None]
    discarded_at: Mapped[datetime | None]
    """Put away by its owner; can be taken back until the recital is submitted."""
    deleted_at: Mapped[datetime | None]
    """The bytes are gone for good; what was said about them stays."""


class Rubric(Base):
    """What coaches listen for, in numbered versions."""

    __tablename__ = "rubrics"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    scope: Mapped[Scope] = mapped_column(unique=True)
    number: Mapped[int] = mapped_column(default=0)
    """The newest version."""


class RubricVersion(Base):
    """What a rubric said in a version; never changed."""

    __tablename__ = "rubric_versions"

    rubric_id: Mapped[int] = mapped_column(ForeignKey("rubrics.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    html: Mapped[str]
    criteria: Mapped[list[Any]]
    """Each with `key`, `title`, `weight`, and `levels`: what each level looks like, from the lowest up."""
    pass_mark: Mapped[int]
    fingerprint: Mapped[str]
    at: Mapped[datetime]


class Decision(Base):
    """What a coach decided, by a version of a rubric; added, never changed."""

    __tablename__ = "recital_decisions"
    __table_args__ = (
        ForeignKeyConstraint(["rubric_id", "rubric_number"], ["rubric_versions.rubric_id", "rubric_versions.number"]),
        CheckConstraint("score >= 0 and score <= 100", name="score_within_bounds"),
        Index("ix_recital_decisions_at", "at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    recital_id: Mapped[int] = mapped_column(ForeignKey("recitals.id"), unique=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    by: Mapped[Person] = relationship()
    at: Mapped[datetime]
    outcome: Mapped[State]
    note: Mapped[str]
    """The two lines that the person reads first."""
    rubric_id: Mapped[int]
    rubric_number: Mapped[int]
    score: Mapped[float]
    """Out of 100, by the weights of that version."""


class CriterionScore(Base):
    """The level that a coach found for one criterion; added, never changed."""

    __tablename__ = "criterion_scores"

    decision_id: Mapped[int] = mapped_column(ForeignKey("recital_decisions.id"), primary_key=True)
    criterion: Mapped[str] = mapped_column(primary_key=True)
    level: Mapped[int]


class RecitalComment(Base):
    """A remark on a moment of a recording, on a claim, or on the whole; by a coach or by an invited colleague."""

    __tablename__ = "recital_comments"
    __table_args__ = (UniqueConstraint("by_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    recital_id: Mapped[int] = mapped_column(ForeignKey("recitals.id"), index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    by: Mapped[Person] = relationship()
    at: Mapped[datetime]
    text: Mapped[str]
    second: Mapped[int | None]
    claim_key: Mapped[str] = mapped_column(default="")
    is_from_coach: Mapped[bool]
    """A coach's remark is shown to the person with the decision; a colleague's at once."""
    key: Mapped[str]


class Invitation(Base):
    """A colleague whom the owner asked to listen."""

    __tablename__ = "recital_invitations"
    __table_args__ = (UniqueConstraint("recital_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    recital_id: Mapped[int] = mapped_column(ForeignKey("recitals.id"))
    recital: Mapped[Recital] = relationship()
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    person: Mapped[Person] = relationship()
    at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    """When they first wrote something."""


class Phrase(Base):
    """Something better left unsaid, as content defines it now."""

    __tablename__ = "phrases_to_avoid"

    key: Mapped[str] = mapped_column(primary_key=True)
    forms: Mapped[list[Any]]
    """The ways in which it is said."""
    why: Mapped[str]
    better: Mapped[str]
    position: Mapped[int]
