"""Worksheets, their versions, and what people wrote into them."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.db import Base
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
    """What one person wrote; it keeps the version it was begun with."""

    __tablename__ = "filled_worksheets"
    __table_args__ = (
        ForeignKeyConstraint(
            ["worksheet_id", "number"], ["worksheet_versions.worksheet_id", "worksheet_versions.number"]
        ),
        Index("ix_filled_worksheets_person_id_worksheet_id", "person_id", "worksheet_id", "id"),
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
    version: Mapped[int] = mapped_column(default=1)
    """Counts every save; a save that starts from an older one is held back, so that no tab overwrites another."""


class FilledHistory(Base):
    """What a worksheet said before; one row for each sitting, to look back and to restore."""

    __tablename__ = "filled_history"

    filled_id: Mapped[int] = mapped_column(ForeignKey("filled_worksheets.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    answers: Mapped[dict[str, Any]]
    at: Mapped[datetime]
