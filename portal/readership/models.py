"""Must-reads, who has read them, comments with their answers, and each person's few items of the week."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Person
from portal.db import Base
from portal.library.kinds import Kind
from portal.library.models import Item


class MustRead(Base):
    """An item that everybody, or everybody in some practices, is asked to read: once for each major revision."""

    __tablename__ = "must_reads"
    __table_args__ = (CheckConstraint("remind_after between 1 and 60", name="remind_after_days"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"), unique=True)
    item: Mapped[Item] = relationship()
    for_everybody: Mapped[bool] = mapped_column(default=True)
    """Otherwise for the practices in `MustReadPractice`, and everything below them."""
    until_on: Mapped[date]
    """The last day on which people are asked."""
    remind_after: Mapped[int] = mapped_column(default=7)
    """Days after which those who have not read it get one letter."""
    asked_at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    ended_at: Mapped[datetime | None]
    looked_on: Mapped[date | None]
    """The day on which it was last looked for people to remind."""
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class MustReadPractice(Base):
    """A practice whose people are asked to read an item, with everything below it."""

    __tablename__ = "must_read_practices"

    must_read_id: Mapped[int] = mapped_column(ForeignKey("must_reads.id", ondelete="CASCADE"), primary_key=True)
    practice_id: Mapped[int] = mapped_column(ForeignKey("practices.id"), primary_key=True, index=True)


class Acknowledgement(Base):
    """That a person said they read a major revision of an item."""

    __tablename__ = "acknowledgements"
    __table_args__ = (Index("ix_acknowledgements_person_id_at", "person_id", "at"),)

    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"), primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True)
    """`Item.major_revision` at that moment."""
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    at: Mapped[datetime]


class AcknowledgedCount(Base):
    """How many of a practice's active people have read a major revision: a running total; no page counts them."""

    __tablename__ = "acknowledged_counts"

    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"), primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True)
    practice_id: Mapped[int] = mapped_column(ForeignKey("practices.id"), primary_key=True)
    n: Mapped[int] = mapped_column(default=0)


class MustReadReminder(Base):
    """That a person was reminded of a major revision; one row, one letter."""

    __tablename__ = "must_read_reminders"

    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"), primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, index=True)
    at: Mapped[datetime]


class Comment(Base):
    """What a reader asks about an item or adds to it, and what was answered."""

    __tablename__ = "comments"
    __table_args__ = (
        Index("ix_comments_item_id_id", "item_id", "id"),
        Index("ix_comments_person_id_id", "person_id", "id"),
        Index("ix_comments_settled_at_at", "settled_at", "at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"))
    item: Mapped[Item] = relationship()
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    is_question: Mapped[bool]
    """Otherwise it adds something."""
    text: Mapped[str]
    at: Mapped[datetime]
    edited_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    """Taken back by whoever wrote it; they can bring it back."""
    hidden_at: Mapped[datetime | None]
    hidden_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    hidden_reason: Mapped[str] = mapped_column(default="")
    answer: Mapped[str] = mapped_column(default="")
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    answered_by: Mapped[Person | None] = relationship(foreign_keys=[answered_by_id])
    answered_at: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]
    """When it was answered, or put aside as needing no answer; open until then."""
    seen_at: Mapped[datetime | None]
    """When whoever wrote it put the answer off their Today."""
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012

    @property
    def is_shown(self) -> bool:
        """Whether every reader sees it."""
        return self.withdrawn_at is None and self.hidden_at is None


class WeeklyItem(Base):
    """One of the few items that were chosen for a person in a week; kept for some weeks, so that none comes twice."""

    __tablename__ = "weekly_items"
    __table_args__ = (Index("ix_weekly_items_week_on", "week_on"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    week_on: Mapped[date] = mapped_column(primary_key=True)
    """The Monday."""
    position: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"))
    why: Mapped[str]
    """In words, as the person reads them."""


class ReadingWeek(Base):
    """For which week a person's items were last chosen."""

    __tablename__ = "reading_weeks"
    __table_args__ = (Index("ix_reading_weeks_week_on", "week_on", "person_id"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    week_on: Mapped[date]


class MutedKind(Base):
    """A kind of item that a person doesn't want among their items of the week."""

    __tablename__ = "muted_kinds"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    kind: Mapped[Kind] = mapped_column(primary_key=True)
    at: Mapped[datetime]


class ReadingSettings(Base):
    """Whether a person gets letters about what they read; without a row they do."""

    __tablename__ = "reading_settings"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    letters: Mapped[bool] = mapped_column(default=True)
