"""What was logged with one press, so that it counts once and can be taken back."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.db import Base
from portal.worksheets.models import Reminder


class QuickLog(Base):
    """One line that was confirmed."""

    __tablename__ = "quick_logs"
    __table_args__ = (UniqueConstraint("person_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    key: Mapped[str]
    """Of the page's making: what is sent twice counts once."""
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contacts.id", ondelete="SET NULL"), index=True)
    is_new: Mapped[bool]
    """Whether the contact was first kept with it."""
    touch_ids: Mapped[list[Any]]
    opportunity_id: Mapped[int | None] = mapped_column(ForeignKey("opportunities.id"), index=True)
    reminder_id: Mapped[int | None] = mapped_column(
        # Erasing a contact takes the reminder before it comes here, so PostgreSQL may only look when all is done.
        ForeignKey("reminders.id", ondelete="SET NULL", deferrable=True, initially="DEFERRED"),
        index=True,
    )
    """Of the next step, where nothing was asked."""
    reminder: Mapped[Reminder | None] = relationship()
    at: Mapped[datetime]
    undone_at: Mapped[datetime | None]
