"""What people write for the firm, who wrote it, what marketing suggests, and where it was used again."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Person, Practice
from portal.db import Base
from portal.library.models import Item


class Form(StrEnum):
    """What it is to become."""

    POST = "post"
    ARTICLE = "article"
    CASE_STUDY = "case-study"
    INDUSTRY_UPDATE = "industry-update"
    SLIDES = "slides"


class State(StrEnum):
    """Where it stands. That it is published follows from its item, see `standing.shown`."""

    IDEA = "idea"
    DRAFT = "draft"
    SUBMITTED = "submitted"
    WITH_MARKETING = "with-marketing"
    SUGGESTIONS = "suggestions"
    """Marketing suggests changes; the authors look at them."""
    ACCEPTED = "accepted"
    """Taken into the library, as an item that marketing publishes."""
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Contribution(Base):
    """One piece, from an idea to an item."""

    __tablename__ = "contributions"
    __table_args__ = (
        UniqueConstraint("begun_by_id", "key"),
        Index("ix_contributions_state_submitted_at", "state", "submitted_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str]
    """Of the page that sent it: what is sent twice is kept once."""
    form: Mapped[Form]
    title: Mapped[str]
    idea: Mapped[str] = mapped_column(default="")
    """What it is about, in two lines; the summary once it is an item."""
    source: Mapped[str] = mapped_column(default="")
    """Markdown, as far as it is written."""
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What its kind tells besides, see `library.kinds.FACTS`."""
    practice_id: Mapped[int | None] = mapped_column(ForeignKey("practices.id"), index=True)
    practice: Mapped[Practice | None] = relationship()
    industry: Mapped[str] = mapped_column(default="")
    state: Mapped[State] = mapped_column(default=State.IDEA)
    begun_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    begun_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    """When it was first handed in."""
    editor_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    editor: Mapped[Person | None] = relationship(foreign_keys=[editor_id])
    reason: Mapped[str] = mapped_column(default="")
    """Why it was declined."""
    item_id: Mapped[int | None] = mapped_column(ForeignKey("items.id"), unique=True)
    item: Mapped[Item | None] = relationship()
    told_at: Mapped[datetime | None]
    """When its authors were told that it is published."""
    version: Mapped[int] = mapped_column(default=1)
    authors: Mapped[list["ContributionAuthor"]] = relationship(
        cascade="all, delete-orphan", order_by="ContributionAuthor.position, ContributionAuthor.person_id"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class ContributionAuthor(Base):
    """Who writes it, in the order of the byline. Each of them sees and edits it."""

    __tablename__ = "contribution_authors"

    contribution_id: Mapped[int] = mapped_column(ForeignKey("contributions.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, index=True)
    person: Mapped[Person] = relationship()
    position: Mapped[int] = mapped_column(default=0)
    news_at: Mapped[datetime | None]
    """When there was something to look at that they have not looked at yet."""


class SuggestionRound(Base):
    """What marketing would change, once: from which text to which, and what the authors made of it."""

    __tablename__ = "suggestion_rounds"
    __table_args__ = (UniqueConstraint("contribution_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contributions.id"))
    number: Mapped[int]
    before_title: Mapped[str]
    before: Mapped[str]
    after_title: Mapped[str]
    after: Mapped[str]
    note: Mapped[str] = mapped_column(default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    by: Mapped[Person] = relationship(foreign_keys=[by_id])
    at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    decided_by: Mapped[Person | None] = relationship(foreign_keys=[decided_by_id])
    accepted: Mapped[list[Any]] = mapped_column(default=list)
    """Which of the changes were accepted, by their number."""
    reply: Mapped[str] = mapped_column(default="")


class Place(StrEnum):
    """Where an item is used again."""

    NEWSLETTER = "newsletter"
    LINKEDIN = "linkedin"
    SLIDE = "slide"


class ReuseText(Base):
    """Words for one place, as marketing changed them; without a row they are made from the item."""

    __tablename__ = "reuse_texts"

    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"), primary_key=True)
    place: Mapped[Place] = mapped_column(primary_key=True)
    text: Mapped[str]
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    at: Mapped[datetime]


class Reuse(Base):
    """That an item was used again somewhere, on a day, by somebody."""

    __tablename__ = "reuses"
    __table_args__ = (Index("ix_reuses_item_id", "item_id", "on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"))
    place: Mapped[Place]
    on: Mapped[date]
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    by: Mapped[Person] = relationship()
    note: Mapped[str] = mapped_column(default="")
