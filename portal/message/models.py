"""Pitches, their versions, and the claims each version is made of."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, false
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


class Audience(StrEnum):
    """Who is listening; a claim may have words for each."""

    CHIEF_EXECUTIVE = "chief-executive"
    FINANCE = "finance"
    TECHNOLOGY = "technology"
    GENERAL_COUNSEL = "general-counsel"
    REFERRAL_SOURCE = "referral-source"


class Pitch(Base):
    """A value proposition, of the firm or of a practice."""

    __tablename__ = "pitches"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    practice_key: Mapped[str] = mapped_column(default="", index=True)
    """The practice's key; empty for the firm's own pitch. No foreign key: content may come before practices."""
    number: Mapped[int] = mapped_column(default=0)
    """The version in force; 0 before the first, and when every version is withdrawn."""
    latest: Mapped[int] = mapped_column(default=0, server_default="0")
    """The highest number that was given out; more than `number` after a withdrawal."""
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
    is_major: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether those certified before recite the changed part, besides practising the changed cards."""
    recertify_by: Mapped[date | None]
    """The day by which those certified before should be certified again."""
    claims: Mapped[list["Claim"]] = relationship(order_by="Claim.position", viewonly=True)


class Claim(Base):
    """One thing the firm says, in one version of a pitch. A version holds all that is said, inherited claims too."""

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
    wordings: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    """Other words for the same claim, by `Audience`."""
    replaces: Mapped[str] = mapped_column(default="", server_default="")
    """In a practice's pitch: the key of the inherited claim that this one stands for."""
    inherited_from_id: Mapped[int | None] = mapped_column(ForeignKey("pitches.id"))
    """The pitch whose words these are; empty for the pitch's own."""


class PitchInForce(Base):
    """From when on which version of a pitch was in force; added, never changed. Number 0: none was."""

    __tablename__ = "pitch_in_force"
    __table_args__ = (Index("ix_pitch_in_force_pitch_id_from_at", "pitch_id", "from_at", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    pitch_id: Mapped[int] = mapped_column(ForeignKey("pitches.id"))
    number: Mapped[int]
    from_at: Mapped[datetime]


class PitchWithdrawal(Base):
    """A version that was taken back, with the reason; the version itself stays as it was."""

    __tablename__ = "pitch_withdrawals"

    version_id: Mapped[int] = mapped_column(ForeignKey("pitch_versions.id"), primary_key=True)
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    by: Mapped[Person | None] = relationship()
    reason: Mapped[str]


class PitchDraft(Base):
    """A pitch while it is being written: one draft each, which editors share."""

    __tablename__ = "pitch_drafts"

    pitch_id: Mapped[int] = mapped_column(ForeignKey("pitches.id"), primary_key=True)
    title: Mapped[str]
    claims: Mapped[list[Any]]
    """The pitch's own claims, as the form has them."""
    change: Mapped[str] = mapped_column(default="")
    is_major: Mapped[bool] = mapped_column(default=False)
    recertify_by: Mapped[date | None]
    base_number: Mapped[int]
    """The latest version when the draft was begun."""
    saved_at: Mapped[datetime]
    saved_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    saved_by: Mapped[Person] = relationship()
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


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
