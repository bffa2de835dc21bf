"""Certifications and revocations, which are only ever added, and where each person stands now."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Person
from portal.db import Base
from portal.message.models import Pitch


class CertificationRule(Base):
    """What a certification needs, from a moment on; added, never changed. The newest is in force."""

    __tablename__ = "certification_rules"
    __table_args__ = (CheckConstraint("known_percent between 0 and 100", name="known_percent_is_share"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    known_percent: Mapped[int]
    """How many in a hundred cards of the pitch are to be known; 0 asks for none."""
    needs_check: Mapped[bool]
    """Whether the knowledge check of the value proposition is to be passed."""
    needs_recital: Mapped[bool]
    """Whether a coach is to pass a recital."""
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    by: Mapped[Person | None] = relationship()


class Certification(Base):
    """That a person was passed on a version of a pitch; added, never changed."""

    __tablename__ = "certifications"
    __table_args__ = (
        ForeignKeyConstraint(["pitch_id", "number"], ["pitch_versions.pitch_id", "pitch_versions.number"]),
        Index("ix_certifications_person_id_pitch_id", "person_id", "pitch_id", "id"),
        Index("ix_certifications_pitch_id_person_id", "pitch_id", "person_id", "number", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(unique=True)
    """Names the credential in public; random, so that it can't be guessed."""
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    person: Mapped[Person] = relationship()
    pitch_id: Mapped[int] = mapped_column(ForeignKey("pitches.id"))
    pitch: Mapped[Pitch] = relationship(foreign_keys=[pitch_id])
    number: Mapped[int]
    """The version of the pitch."""
    issued_at: Mapped[datetime]
    is_delta: Mapped[bool]
    """Whether only what had changed since an earlier certification was asked."""
    evidence: Mapped[dict[str, Any]]
    """What counted, by ids: the rule, the cards known, the attempt at the check, the recital, the one before."""


class Revocation(Base):
    """That a certification was taken back; added, never changed."""

    __tablename__ = "revocations"

    certification_id: Mapped[int] = mapped_column(ForeignKey("certifications.id"), primary_key=True)
    certification: Mapped[Certification] = relationship()
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    by: Mapped[Person] = relationship()
    reason: Mapped[str]


class CertificationState(Base):
    """Where a person stands with a pitch now; derived from the certifications, revocations and versions."""

    __tablename__ = "certification_states"
    __table_args__ = (Index("ix_certification_states_pitch_id", "pitch_id", "stale_at", "person_id"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    pitch_id: Mapped[int] = mapped_column(ForeignKey("pitches.id"), primary_key=True)
    certification_id: Mapped[int] = mapped_column(ForeignKey("certifications.id"))
    """The newest one for what is said now, or else the newest of all."""
    number: Mapped[int]
    certified_at: Mapped[datetime]
    stale_at: Mapped[datetime | None]
    """Since when the pitch in force has said something else; empty while it says the same."""
    due_on: Mapped[date | None]
    """By when to be certified again, if the publisher named a day."""
