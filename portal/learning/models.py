"""Modules, steps, progress, evidence, and assignments."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Person, Practice
from portal.db import Base


class StepKind(StrEnum):
    """What a step asks of a person."""

    LESSON = "lesson"
    CHECK = "check"
    DRILLS = "drills"
    WORKSHEET = "worksheet"
    FIELD_TASK = "field-task"


class Module(Base):
    """One of the seven disciplines."""

    __tablename__ = "modules"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    short: Mapped[str]
    position: Mapped[int]
    outcome: Mapped[str]
    html: Mapped[str] = mapped_column(default="")
    steps: Mapped[int] = mapped_column(default=0)
    """How many steps are in use."""
    minutes: Mapped[int] = mapped_column(default=0)
    fingerprint: Mapped[str]


class Step(Base):
    """One step of a module, as content defines it now. Earlier versions are in `StepVersion`."""

    __tablename__ = "steps"
    __table_args__ = (UniqueConstraint("module_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    module_id: Mapped[int] = mapped_column(ForeignKey("modules.id"))
    module: Mapped[Module] = relationship()
    key: Mapped[str]
    kind: Mapped[StepKind]
    title: Mapped[str]
    summary: Mapped[str] = mapped_column(default="")
    position: Mapped[int]
    minutes: Mapped[int]
    number: Mapped[int] = mapped_column(default=1)
    """The newest version."""
    html: Mapped[str] = mapped_column(default="")
    facts: Mapped[dict[str, Any]]
    """By kind: `questions` and `pass_mark`; `deck`; `worksheet`; `logged_as`. Texts in it are rendered HTML."""
    fingerprint: Mapped[str]
    is_removed: Mapped[bool] = mapped_column(default=False)


class StepVersion(Base):
    """What a step said in a version; never changed."""

    __tablename__ = "step_versions"

    step_id: Mapped[int] = mapped_column(ForeignKey("steps.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    html: Mapped[str]
    facts: Mapped[dict[str, Any]]
    at: Mapped[datetime]


class StepProgress(Base):
    """Where a person stands in a step; derived from the completions."""

    __tablename__ = "step_progress"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    step_id: Mapped[int] = mapped_column(ForeignKey("steps.id"), primary_key=True)
    module_id: Mapped[int] = mapped_column(ForeignKey("modules.id"), index=True)
    done_at: Mapped[datetime]


class ModuleProgress(Base):
    """Where a person stands in a module; derived from the completions."""

    __tablename__ = "module_progress"
    __table_args__ = (Index("ix_module_progress_module_id_done_at", "module_id", "done_at"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    module_id: Mapped[int] = mapped_column(ForeignKey("modules.id"), primary_key=True)
    steps_done: Mapped[int] = mapped_column(default=0)
    next_step_id: Mapped[int | None] = mapped_column(ForeignKey("steps.id"))
    """The first step, in order, that is not done; empty when all are."""
    started_at: Mapped[datetime]
    last_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    """When all steps of the time were done; stays when steps are added later."""


class Completion(Base):
    """That a person did a step, in the version they saw; added, never changed."""

    __tablename__ = "completions"
    __table_args__ = (
        ForeignKeyConstraint(["step_id", "number"], ["step_versions.step_id", "step_versions.number"]),
        Index("ix_completions_person_id_step_id", "person_id", "step_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    step_id: Mapped[int]
    number: Mapped[int]
    at: Mapped[datetime]


class CheckAttempt(Base):
    """One go at a knowledge check; added, never changed."""

    __tablename__ = "check_attempts"
    __table_args__ = (
        ForeignKeyConstraint(["step_id", "number"], ["step_versions.step_id", "step_versions.number"]),
        UniqueConstraint("person_id", "key"),
        Index("ix_check_attempts_person_id_step_id", "person_id", "step_id", "id"),
        CheckConstraint("right_count between 0 and questions", name="right_within"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    step_id: Mapped[int]
    number: Mapped[int]
    answers: Mapped[dict[str, Any]]
    """Question key to the place of the chosen answer, counting from 0."""
    right_count: Mapped[int]
    questions: Mapped[int]
    passed: Mapped[bool]
    at: Mapped[datetime]
    key: Mapped[str | None]
    """Made by the page; the same answers sent twice are kept once."""


class FieldReport(Base):
    """What a person wrote about a field task they did."""

    __tablename__ = "field_reports"
    __table_args__ = (Index("ix_field_reports_person_id_step_id", "person_id", "step_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    step_id: Mapped[int] = mapped_column(ForeignKey("steps.id"))
    done_on: Mapped[date]
    text: Mapped[str]
    at: Mapped[datetime]


class Assignment(Base):
    """A module that a leader asks a person, or a practice and all below it, to do by a day."""

    __tablename__ = "assignments"
    __table_args__ = (
        CheckConstraint("(person_id is null) <> (practice_id is null)", name="one_addressee"),
        Index("ix_assignments_practice_id", "practice_id"),
        Index("ix_assignments_person_id", "person_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    module_id: Mapped[int] = mapped_column(ForeignKey("modules.id"))
    module: Mapped[Module] = relationship()
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    person: Mapped[Person | None] = relationship(foreign_keys=[person_id])
    practice_id: Mapped[int | None] = mapped_column(ForeignKey("practices.id"))
    practice: Mapped[Practice | None] = relationship()
    due_on: Mapped[date]
    note: Mapped[str] = mapped_column(default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    by: Mapped[Person] = relationship(foreign_keys=[by_id])
    at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
