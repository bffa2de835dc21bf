"""Worksheets, their versions, and what people wrote into them."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.db import Base
from portal.network.models import Contact
from portal.worksheets.submission_models import BroughtSheet as BroughtSheet
from portal.worksheets.submission_models import Submission as Submission
from portal.worksheets.submission_models import SubmissionDecision as SubmissionDecision
from portal.worksheets.submission_models import SubmissionRemark as SubmissionRemark


class Worksheet(Base):
    """A form to think with, as content defines it now."""

    __tablename__ = "worksheets"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    discipline: Mapped[str]
    summary: Mapped[str] = mapped_column(default="")
    minutes: Mapped[int] = mapped_column(default=10)
    number: Mapped[int] = mapped_column(default=0)
    """The newest version."""
    is_retired: Mapped[bool] = mapped_column(default=False)


class WorksheetVersion(Base):
    """The sections and fields of a worksheet in one version; never changed."""

    __tablename__ = "worksheet_versions"
    __table_args__ = (UniqueConstraint("worksheet_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    worksheet_id: Mapped[int] = mapped_column(ForeignKey("worksheets.id"))
    number: Mapped[int]
    sections: Mapped[list[Any]]
    """As in the content file: a list of sections with fields."""
    html: Mapped[str] = mapped_column(default="")
    """The introduction, rendered."""
    fingerprint: Mapped[str]
    at: Mapped[datetime]


class FilledWorksheet(Base):
    """What one person wrote; it keeps the version it is filled with until the person moves it to a newer one."""

    __tablename__ = "filled_worksheets"
    __table_args__ = (
        ForeignKeyConstraint(
            ["worksheet_id", "number"], ["worksheet_versions.worksheet_id", "worksheet_versions.number"]
        ),
        Index("ix_filled_worksheets_person_id_worksheet_id", "person_id", "worksheet_id", "id"),
        Index("ix_filled_worksheets_person_id_stale_on", "person_id", "stale_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    worksheet_id: Mapped[int] = mapped_column(ForeignKey("worksheets.id"))
    worksheet: Mapped[Worksheet] = relationship(foreign_keys=[worksheet_id])
    number: Mapped[int]
    """The worksheet's version it is filled with."""
    name: Mapped[str] = mapped_column(default="")
    """What the person calls it, like the client it is about."""
    answers: Mapped[dict[str, Any]]
    """Field key to text; for a table, to a list of rows, each with a `row` id of its own."""
    saved_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    archived_at: Mapped[datetime | None]
    """Put aside: it stands in a list of its own and is never brought up."""
    left_over: Mapped[list[Any]] = mapped_column(default=list)
    """Answers that an earlier version asked for and this one doesn't: each with its place, label and text."""
    stamps: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """By place, the day on which an answer that ages was last changed or confirmed."""
    stale_on: Mapped[date | None]
    """The first day on which one of those answers is old; follows from the stamps."""
    version: Mapped[int] = mapped_column(default=1)
    """Counts every save; a save that starts from an older one is held back, so that no tab overwrites another."""

    # Counted by the services, which need it for the history; the database then refuses a save from an older one.
    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}  # noqa: RUF012


class FilledHistory(Base):
    """What a worksheet said before; one row for each sitting, to look back and to restore."""

    __tablename__ = "filled_history"

    filled_id: Mapped[int] = mapped_column(ForeignKey("filled_worksheets.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
    """The worksheet's version it was filled with then."""
    answers: Mapped[dict[str, Any]]
    left_over: Mapped[list[Any]] = mapped_column(default=list)
    at: Mapped[datetime]


class LinkKind(StrEnum):
    """What a row of a worksheet has become."""

    OPPORTUNITY = "opportunity"
    CONTACT = "contact"
    REMINDER = "reminder"
    TOUCH = "touch"


class RowLink(Base):
    """That a row of a filled worksheet has become something: one thing for each row, and one row for each thing."""

    __tablename__ = "row_links"
    __table_args__ = (UniqueConstraint("filled_id", "row"), UniqueConstraint("kind", "target_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    filled_id: Mapped[int] = mapped_column(ForeignKey("filled_worksheets.id"))
    row: Mapped[str]
    kind: Mapped[LinkKind]
    target_id: Mapped[int]
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contacts.id", ondelete="CASCADE"), index=True)
    """The contact it is, or that it was a touch with; the link goes when the contact does."""
    at: Mapped[datetime]


class Reminder(Base):
    """A next step on a day: what a row of a worksheet became, or what was logged with a touch."""

    __tablename__ = "reminders"
    __table_args__ = (Index("ix_reminders_person_id_due_on", "person_id", "due_on", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    what: Mapped[str]
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contacts.id", ondelete="CASCADE"), index=True)
    """Whom it is about; it goes when the contact does."""
    contact: Mapped[Contact | None] = relationship()
    due_on: Mapped[date]
    done_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
