"""Worksheets shown to a coach, what was remarked and decided, and sheets that were brought back."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Person
from portal.db import Base


class Standing(StrEnum):
    """Where a submission stands; follows from its decision, once there is one."""

    WAITING = "waiting"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"


class Submission(Base):
    """A filled worksheet as it was shown to the coaches at one moment; all of one worksheet make a thread."""

    __tablename__ = "submissions"
    __table_args__ = (
        ForeignKeyConstraint(["filled_id", "answers_version"], ["filled_history.filled_id", "filled_history.version"]),
        ForeignKeyConstraint(
            ["worksheet_id", "number"], ["worksheet_versions.worksheet_id", "worksheet_versions.number"]
        ),
        UniqueConstraint("person_id", "key"),
        Index(
            "uq_submissions_filled_id_waiting",
            "filled_id",
            unique=True,
            sqlite_where=text("standing = 'waiting'"),
            postgresql_where=text("standing = 'waiting'"),
        ),
        Index("ix_submissions_filled_id", "filled_id", "id"),
        Index("ix_submissions_standing_submitted_at", "standing", "submitted_at", "id"),
        CheckConstraint(
            "(standing in ('returned', 'accepted')) = (decided_at is not null)", name="decided_when_answered"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    filled_id: Mapped[int] = mapped_column(ForeignKey("filled_worksheets.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    answers_version: Mapped[int]
    """What the worksheet said then, in its history."""
    worksheet_id: Mapped[int]
    number: Mapped[int]
    """The version of the worksheet's fields that it was filled with then."""
    name: Mapped[str] = mapped_column(default="")
    """What the person called it then."""
    words: Mapped[str] = mapped_column(default="")
    """What the person says to the coach along with it."""
    hides_contacts: Mapped[bool] = mapped_column(default=False)
    standing: Mapped[Standing] = mapped_column(default=Standing.WAITING)
    key: Mapped[str]
    """Given by the page that sent it, so that sending twice submits once."""
    submitted_at: Mapped[datetime]
    coach_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    """The coach who opened it and holds it until `held_until`."""
    held_until: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    decided_by: Mapped[Person | None] = relationship(foreign_keys=[decided_by_id])
    read_at: Mapped[datetime | None]
    """When the person said that they have read what came back."""

    @property
    def is_waiting(self) -> bool:
        """Whether it waits for a coach."""
        return self.standing == Standing.WAITING


class SubmissionDecision(Base):
    """What a coach decided about one submission; added, never changed."""

    __tablename__ = "submission_decisions"
    __table_args__ = (CheckConstraint("outcome in ('returned', 'accepted')", name="outcome_is_an_answer"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submissions.id"), unique=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    at: Mapped[datetime]
    outcome: Mapped[Standing]
    note: Mapped[str]


class SubmissionRemark(Base):
    """What a coach says at a field, a cell or a row, or its owner's answer; a coach's is shown with the decision."""

    __tablename__ = "submission_remarks"
    __table_args__ = (UniqueConstraint("by_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submissions.id"), index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    by: Mapped[Person] = relationship()
    at: Mapped[datetime]
    place: Mapped[str]
    """A field, 'table/row' or 'table/row/column'."""
    text: Mapped[str]
    answers_id: Mapped[int | None] = mapped_column(ForeignKey("submission_remarks.id"), index=True)
    """The coach's remark that the owner answers with this."""
    dealt_at: Mapped[datetime | None]
    """When the owner ticked it as dealt with."""
    key: Mapped[str]


class BroughtSheet(Base):
    """A sheet that was filled away from the portal and brought back, until it is taken in or forgotten."""

    __tablename__ = "brought_sheets"

    id: Mapped[int] = mapped_column(primary_key=True)
    filled_id: Mapped[int] = mapped_column(ForeignKey("filled_worksheets.id"), index=True)
    filename: Mapped[str]
    base: Mapped[dict[str, Any]]
    """What the portal said when the sheet was taken out, by place."""
    cells: Mapped[dict[str, Any]]
    """What the sheet says now, by place."""
    rows: Mapped[dict[str, Any]]
    """By table: the rows that the sheet has, known ones by their id, new ones numbered."""
    wrong: Mapped[list[Any]]
    """What doesn't fit: cell, label, text, reason."""
    at: Mapped[datetime]
