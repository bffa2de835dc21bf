"""What is planned for an item, and what happened to it."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Person
from portal.db import Base
from portal.library.models import ItemState, Step
from portal.publishing.states import Act


class Plan(Base):
    """How a revision goes out by itself, at `Item.publish_at`; there is none once it went out or was taken back."""

    __tablename__ = "item_plans"

    item_id: Mapped[int] = mapped_column(ForeignKey("items.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int]
    """The revision. A newer one takes the place of this plan's."""
    is_minor: Mapped[bool]
    expires_at: Mapped[datetime | None]
    """When readers stop seeing it, from its publication on; until then the published revision's expiry stands."""
    review_on: Mapped[date | None]
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]


class StateChange(Base):
    """A step that an item took; added, never changed."""

    __tablename__ = "item_state_changes"
    __table_args__ = (Index("ix_item_state_changes_item_id", "item_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id", ondelete="CASCADE"))
    act: Mapped[Act]
    number: Mapped[int]
    """The newest revision at the time."""
    state_before: Mapped[ItemState]
    state_after: Mapped[ItemState]
    step_before: Mapped[Step]
    step_after: Mapped[Step]
    note: Mapped[str] = mapped_column(default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    """Nobody: the clock did it."""
    by: Mapped[Person | None] = relationship()
    at: Mapped[datetime]


class Reminded(StrEnum):
    """Which of the reminders about one review date went out."""

    BEFORE = "before"
    AFTER = "after"
    LONG_OVER = "long-over"


class ReviewReminder(Base):
    """That somebody was reminded of a review date; once for each item, date and kind."""

    __tablename__ = "review_reminders"

    item_id: Mapped[int] = mapped_column(ForeignKey("items.id", ondelete="CASCADE"), primary_key=True)
    review_on: Mapped[date] = mapped_column(primary_key=True)
    kind: Mapped[Reminded] = mapped_column(primary_key=True)
    at: Mapped[datetime]


class ItemCheck(Base):
    """What the checks found in a published item when they last looked; written anew each time."""

    __tablename__ = "item_checks"
    __table_args__ = (Index("ix_item_checks_blocking", "blocking", "advice", "item_id"),)

    item_id: Mapped[int] = mapped_column(ForeignKey("items.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int]
    """The revision that was looked at."""
    blocking: Mapped[int]
    advice: Mapped[int]
    findings: Mapped[list[Any]] = mapped_column(default=list)
    at: Mapped[datetime] = mapped_column(index=True)


class KnownAbbreviation(Base):
    """An abbreviation that everybody at the firm knows, besides those of `abbreviations.txt`."""

    __tablename__ = "known_abbreviations"

    word: Mapped[str] = mapped_column(primary_key=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]
