"""Which item had to do with which opportunity or contact."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

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
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]
