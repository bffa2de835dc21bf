"""Opportunities and every change of their stage."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Person
from portal.db import Base
from portal.pipeline.stages import Stage


class OpportunityKind(StrEnum):
    """Where an opportunity comes from."""

    REFERRAL = "referral"
    CROSS_SELL = "cross-sell"


class Opportunity(Base):
    """A referral asked for, or another service proposed to a client, and what came of it."""

    __tablename__ = "opportunities"
    __table_args__ = (
        UniqueConstraint("filled_id", "row"),
        Index("ix_opportunities_owner_id_stage", "owner_id", "stage", "id"),
        Index("ix_opportunities_owner_id_next_on", "owner_id", "next_on"),
        Index("ix_opportunities_practice_id_stage", "practice_id", "stage", "id"),
        CheckConstraint("value is null or value >= 0", name="value_counts"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[OpportunityKind]
    owner_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    owner: Mapped[Person] = relationship()
    practice_id: Mapped[int] = mapped_column(ForeignKey("practices.id"))
    """The owner's practice, whose figures it counts in."""
    contact: Mapped[str] = mapped_column(default="")
    """Whom the person asks; private to the owner."""
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contacts.id", ondelete="SET NULL"), index=True)
    """The owner's contact that this is, where it was chosen from the network."""
    client_id: Mapped[int | None] = mapped_column(ForeignKey("clients.id"), index=True)
    service_id: Mapped[int | None] = mapped_column(ForeignKey("services.id"), index=True)
    organisation: Mapped[str]
    """The contact's organisation, or the client."""
    service: Mapped[str] = mapped_column(default="")
    """For a cross-sell: which service would help."""
    ask: Mapped[str]
    """What exactly is asked for, or the need that was seen."""
    stage: Mapped[Stage] = mapped_column(default=Stage.PLANNED)
    value: Mapped[int | None] = mapped_column(BigInteger)
    """What it may be worth, in minor units."""
    currency: Mapped[str]
    """ISO 4217."""
    next_step: Mapped[str] = mapped_column(default="")
    next_on: Mapped[date | None]
    asked_on: Mapped[date | None]
    """The day it first left 'planned'."""
    filled_id: Mapped[int | None] = mapped_column(ForeignKey("filled_worksheets.id"))
    row: Mapped[str | None]
    """The row of the filled worksheet it came from."""
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class StageChange(Base):
    """A move from one stage to another, or a note without a move; added, never changed."""

    __tablename__ = "stage_changes"
    __table_args__ = (Index("ix_stage_changes_opportunity_id", "opportunity_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    opportunity_id: Mapped[int] = mapped_column(ForeignKey("opportunities.id"))
    before: Mapped[Stage | None]
    """Empty for the first row."""
    after: Mapped[Stage]
    note: Mapped[str] = mapped_column(default="")
    value: Mapped[int | None] = mapped_column(BigInteger)
    next_step: Mapped[str] = mapped_column(default="")
    next_on: Mapped[date | None]
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
