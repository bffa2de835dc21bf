"""What somebody typed and has not saved yet."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Person
from portal.db import Base


class WorkingCopy(Base):
    """What one editor has typed into one item since it was last saved; no revision, and gone at the next save."""

    __tablename__ = "working_copies"
    __table_args__ = (
        UniqueConstraint("item_id", "person_id"),
        Index(
            "uq_working_copies_of_new_items",
            "person_id",
            unique=True,
            sqlite_where=text("item_id IS NULL"),
            postgresql_where=text("item_id IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int | None] = mapped_column(ForeignKey("items.id", ondelete="CASCADE"))
    """None for an item that was never saved; everybody writes one of those at a time."""
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    person: Mapped[Person] = relationship()
    fields: Mapped[dict[str, Any]]
    """The form's fields, as typed; a half-written one is welcome."""
    version: Mapped[int] = mapped_column(default=1)
    """Which saving this was, so that a second tab doesn't overwrite the first one's words."""
    saved_at: Mapped[datetime]


class ItemImport(Base):
    """What became of files that somebody brought as items: a line for each."""

    __tablename__ = "item_imports"

    id: Mapped[int] = mapped_column(primary_key=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    at: Mapped[datetime]
    outcomes: Mapped[list[Any]]
    """For each file: its name, the item it became, and what could not be taken over."""
