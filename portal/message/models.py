"""Pitches, their versions, and the claims each version is made of."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Person
from portal.db import Base


class ClaimKind(StrEnum):
    """What a claim does in a pitch, in the order in which a pitch is told."""

    OPENER = "opener"
    WHOM_WE_SERVE = "whom-we-serve"
    PROBLEM = "problem"
    DIFFERENCE = "difference"
    PROOF = "proof"
    REASON = "reason"
    OBJECTION = "objection"
    QUESTION = "question"


class Pitch(Base):
    """A value proposition, of the firm or of a practice."""

    __tablename__ = "pitches"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    practice_key: Mapped[str] = mapped_column(default="", index=True)
    """The practice's key; empty for the firm's own pitch. No foreign key: content may come before practices."""
    number: Mapped[int] = mapped_column(default=0)
    """The version in force; 0 before the first."""
    file_hash: Mapped[str] = mapped_column(default="")
    """Fingerprint of the content file that was last loaded; tells whether the file changed."""


class PitchVersion(Base):
    """A published version; never changed afterwards."""

    __tablename__ = "pitch_versions"
    __table_args__ = (UniqueConstraint("pitch_id", "number"), CheckConstraint("number > 0", name="number_positive"))

    id: Mapped[int] = mapped_column(primary_key=True)
    pitch_id: Mapped[int] = mapped_column(ForeignKey("pitches.id"))
    number: Mapped[int]
    change: Mapped[str]
    """What changed, and why, in the publisher's words."""
    published_at: Mapped[datetime]
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    """Empty when it came from a content file."""
    published_by: Mapped[Person | None] = relationship()
    from_file: Mapped[bool] = mapped_column(default=False)
    claims: Mapped[list["Claim"]] = relationship(order_by="Claim.position", viewonly=True)


class Claim(Base):
    """One thing the firm says, in one version of a pitch."""

    __tablename__ = "claims"
    __table_args__ = (UniqueConstraint("version_id", "key"), CheckConstraint("position >= 0", name="position_counts"))

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("pitch_versions.id"))
    key: Mapped[str]
    """Stays the same from version to version, so that changes can be told claim by claim."""
    kind: Mapped[ClaimKind]
    text: Mapped[str]
    answer: Mapped[str] = mapped_column(default="")
    """For an objection: what to answer."""
    position: Mapped[int]


class PitchSeen(Base):
    """The version of a pitch that a person last looked at; what came after is news to them."""

    __tablename__ = "pitch_seen"
    __table_args__ = (
        ForeignKeyConstraint(["pitch_id", "number"], ["pitch_versions.pitch_id", "pitch_versions.number"]),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    pitch_id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
    at: Mapped[datetime]
