"""Who left, what passed on to whom, and the package that waits for them."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Person
from portal.db import Base


class Leaving(Base):
    """Somebody left the firm."""

    __tablename__ = "leavings"
    __table_args__ = (Index("ix_leavings_person_id", "person_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    person: Mapped[Person] = relationship(foreign_keys=person_id)
    steward_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    """Who looks after what is the firm's; empty where there was nothing."""
    steward: Mapped[Person | None] = relationship(foreign_keys=steward_id)
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]
    counts: Mapped[dict[str, Any]]
    """How many of each went along and passed on."""
    sha256: Mapped[str]
    """The package in the store of files."""
    until: Mapped[datetime]
    """When the package is deleted."""
    fetched_at: Mapped[datetime | None]
    """When it was fetched first."""
    forgotten_at: Mapped[datetime | None]
