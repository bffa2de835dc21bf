"""Running totals; everything a leader's page shows is read from here, never from a scan of people or events."""

from datetime import date

from sqlalchemy import BigInteger, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base


class DailyCount(Base):
    """How often something happened in a practice on a day (flows: they are only ever added to)."""

    __tablename__ = "daily_counts"

    practice_id: Mapped[int] = mapped_column(ForeignKey("practices.id"), primary_key=True)
    measure: Mapped[str] = mapped_column(primary_key=True)
    """One of `counters.services.FLOWS`, or of `BY_MONTH`."""
    discipline: Mapped[str] = mapped_column(primary_key=True, default="")
    """The module's key where the measure has one, else empty."""
    on: Mapped[date] = mapped_column(primary_key=True)
    """The day in the person's zone; for a month's sum its first day."""
    n: Mapped[int] = mapped_column(BigInteger, default=0)
    amount: Mapped[int] = mapped_column(BigInteger, default=0)
    """Money in minor units, for measures that carry it."""


class Standing(Base):
    """How many of a practice's people or opportunities stand somewhere now (levels: they go up and down)."""

    __tablename__ = "standings"

    practice_id: Mapped[int] = mapped_column(ForeignKey("practices.id"), primary_key=True)
    measure: Mapped[str] = mapped_column(primary_key=True)
    """One of `counters.services.LEVELS`."""
    of: Mapped[str] = mapped_column(primary_key=True, default="")
    """What it is a level of: a discipline's key, or a stage."""
    n: Mapped[int] = mapped_column(BigInteger, default=0)
    amount: Mapped[int] = mapped_column(BigInteger, default=0)


class PersonActivity(Base):
    """When somebody last did something that counts: a step, a drill, a worksheet, a logged ask."""

    __tablename__ = "person_activity"
    __table_args__ = (Index("ix_person_activity_last_on", "last_on", "person_id"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    last_on: Mapped[date]
