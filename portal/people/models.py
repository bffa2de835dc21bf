"""People uploaded in a file."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Person
from portal.db import Base


class ImportState(StrEnum):
    """Where an import stands."""

    PREVIEWED = "previewed"
    RUNNING = "running"
    DONE = "done"


class Import(Base):
    """A file of people: looked at first, then brought in row by row."""

    __tablename__ = "imports"
    __table_args__ = (CheckConstraint("done between 0 and total", name="done_within"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    filename: Mapped[str]
    state: Mapped[ImportState] = mapped_column(default=ImportState.PREVIEWED)
    rows: Mapped[list[Any]] = mapped_column(deferred=True)
    """Each row as it was typed: the values of `columns.Row`, in its order."""
    outcomes: Mapped[list[Any]] = mapped_column(deferred=True)
    """For each row what would become of it, or did: an `Outcome`, then the words for it."""
    unused: Mapped[list[Any]]
    """Headings of columns that meant nothing to us."""
    counts: Mapped[dict[str, Any]]
    """How many rows have each outcome."""
    total: Mapped[int]
    done: Mapped[int] = mapped_column(default=0)
    """How many rows are dealt with; raised in the transaction that brings them in, so that a restart goes on there."""
    invites: Mapped[bool] = mapped_column(default=False)
    """Whether everybody new is invited by mail."""
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    by: Mapped[Person] = relationship()
    at: Mapped[datetime]
    done_at: Mapped[datetime | None]
