"""Which item had to do with which opportunity or contact, and what was decided about items."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Person
from portal.db import Base


class How(StrEnum):
    """By which record an item is linked."""

    SHARED = "shared"
    """A link to it was made for the contact, or for the opportunity."""
    USED = "used"
    """Somebody logged that they used it."""
    NAMED = "named"
    """The client named it as a reason."""


class ItemLink(Base):
    """A record that an item had to do with an opportunity, a contact, or both; `services.link` keeps each once."""

    __tablename__ = "item_links"
    __table_args__ = (
        Index("ix_item_links_item_id_how", "item_id", "how"),
        Index("ix_item_links_opportunity_id", "opportunity_id"),
        Index("ix_item_links_contact_id", "contact_id"),
        Index("ix_item_links_by_id_at", "by_id", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"))
    opportunity_id: Mapped[int | None] = mapped_column(ForeignKey("opportunities.id"))
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contacts.id", ondelete="SET NULL"))
    how: Mapped[How]
    said_by: Mapped[str] = mapped_column(default="")
    """Who at the client named it; for those who may open the opportunity."""
    words: Mapped[str] = mapped_column(default="")
    """What they said, in a line; for the same people."""
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    on: Mapped[date]
    """The day under which it is counted: where the person was, whenever the figures are worked out anew."""
    at: Mapped[datetime]


class What(StrEnum):
    """What may be decided about an item."""

    KEEP = "keep"
    FIX = "fix"
    RETIRE = "retire"


class Decision(Base):
    """What somebody decided about an item, and how it was used until then; added, never changed."""

    __tablename__ = "item_decisions"
    __table_args__ = (
        Index("ix_item_decisions_item_id", "item_id", "id"),
        Index("ix_item_decisions_until", "until"),
        Index("ix_item_decisions_by_id_until", "by_id", "until"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"))
    what: Mapped[What]
    why: Mapped[str]
    until: Mapped[date]
    """The day on which somebody looks whether it was right."""
    box: Mapped[str]
    """Where the item stood on the scoreboard."""
    figures: Mapped[dict[str, Any]]
    """How it was used until then; as `figures.Figures` has it."""
    undoes_id: Mapped[int | None] = mapped_column(ForeignKey("item_decisions.id"), unique=True)
    """The decision that this one takes back."""
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    by: Mapped[Person] = relationship()
    on: Mapped[date]
    at: Mapped[datetime]


class DecisionCheck(Base):
    """That somebody looked what came of a decision, once; added, never changed."""

    __tablename__ = "item_decision_checks"

    decision_id: Mapped[int] = mapped_column(ForeignKey("item_decisions.id"), primary_key=True)
    words: Mapped[str]
    """What came of it, in their words."""
    figures: Mapped[dict[str, Any]]
    """How the item was used since."""
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    by: Mapped[Person] = relationship()
    on: Mapped[date]
    at: Mapped[datetime]
