"""Requests for content with their votes, and insights from the field."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Person, Practice
from portal.clients.models import Client
from portal.db import Base
from portal.library.kinds import Kind
from portal.library.models import Item


class RequestState(StrEnum):
    """Where a request stands."""

    OPEN = "open"
    WRITING = "being-written"
    ANSWERED = "answered"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    """Nobody wants it any more: the last vote was taken back."""


UNANSWERED = (RequestState.OPEN, RequestState.WRITING)


class ContentRequest(Base):
    """Something that a practitioner misses in the library."""

    __tablename__ = "content_requests"
    __table_args__ = (
        UniqueConstraint("asked_by_id", "key"),
        Index("ix_content_requests_state", "state", "merged_into_id", "votes"),
        Index("ix_content_requests_quarter", "quarter", "days_taken"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str]
    """Of the page that sent it: what is sent twice is asked once."""
    title: Mapped[str]
    wanted_for: Mapped[str]
    """What for: the conversation, the kind of client."""
    kind: Mapped[Kind | None]
    practice_id: Mapped[int | None] = mapped_column(ForeignKey("practices.id"), index=True)
    practice: Mapped[Practice | None] = relationship()
    industry: Mapped[str] = mapped_column(default="")
    helps_by: Mapped[date | None]
    """By when it would help."""
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    asked_by: Mapped[Person] = relationship(foreign_keys=[asked_by_id])
    asked_at: Mapped[datetime]
    quarter: Mapped[str]
    """When it was asked, like 2026-Q1."""
    state: Mapped[RequestState] = mapped_column(default=RequestState.OPEN)
    votes: Mapped[int] = mapped_column(default=0)
    """How many people want it, those of merged requests among them; each counts once."""
    writer_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    """Who is writing it."""
    writer: Mapped[Person | None] = relationship(foreign_keys=[writer_id])
    written_by_on: Mapped[date | None]
    """Until when."""
    answer: Mapped[str] = mapped_column(default="")
    item_id: Mapped[int | None] = mapped_column(ForeignKey("items.id"), index=True)
    item: Mapped[Item | None] = relationship()
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    answered_by: Mapped[Person | None] = relationship(foreign_keys=[answered_by_id])
    answered_at: Mapped[datetime | None]
    days_taken: Mapped[int | None]
    """From asking to the answer; none while there is no answer."""
    helps: Mapped[bool | None]
    """What the asker says of the answer."""
    said: Mapped[str] = mapped_column(default="")
    """What they miss in it."""
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("content_requests.id"), index=True)
    root_id: Mapped[int | None] = mapped_column(ForeignKey("content_requests.id"), index=True)
    """The request it is counted with after merging; itself while it stands alone."""


class RequestVote(Base):
    """That somebody wants it too. Votes stay where they were given, also after merging: so a merge can be undone."""

    __tablename__ = "content_request_votes"

    request_id: Mapped[int] = mapped_column(ForeignKey("content_requests.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, index=True)
    person: Mapped[Person] = relationship()
    note: Mapped[str] = mapped_column(default="")
    """What they need it for."""
    at: Mapped[datetime]
    news_at: Mapped[datetime | None]
    """When they were told of an answer that they have not looked at yet."""


class InsightKind(StrEnum):
    """What was heard."""

    TREND = "trend"
    OBJECTION = "objection"
    COMPETITOR = "competitor"
    PRODUCT = "product-feedback"
    MOVE = "industry-move"


class Source(StrEnum):
    """From whom."""

    CLIENT = "client"
    COLLEAGUE = "colleague"
    READ = "read"


class FieldInsight(Base):
    """What somebody heard outside. Who sent it is known to marketing and to them, and to nobody else."""

    __tablename__ = "field_insights"
    __table_args__ = (
        UniqueConstraint("sent_by_id", "key"),
        Index("ix_field_insights_sent_at", "sent_at", "id"),
        Index("ix_field_insights_quarter", "quarter", "kind", "days_taken"),
        Index("ix_field_insights_answered_at", "answered_at", "sent_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str]
    kind: Mapped[InsightKind]
    text: Mapped[str]
    source: Mapped[Source]
    strength: Mapped[int] = mapped_column(default=1)
    """How strong: heard once, a few times, again and again."""
    practice_id: Mapped[int | None] = mapped_column(ForeignKey("practices.id"), index=True)
    practice: Mapped[Practice | None] = relationship()
    industry: Mapped[str] = mapped_column(default="")
    client_id: Mapped[int | None] = mapped_column(ForeignKey("clients.id"), index=True)
    client: Mapped[Client | None] = relationship()
    sent_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    sent_by: Mapped[Person] = relationship(foreign_keys=[sent_by_id])
    sent_at: Mapped[datetime]
    quarter: Mapped[str]
    answer: Mapped[str] = mapped_column(default="")
    """What marketing does about it."""
    item_id: Mapped[int | None] = mapped_column(ForeignKey("items.id"), index=True)
    item: Mapped[Item | None] = relationship()
    page: Mapped[str] = mapped_column(default="")
    """Where in the portal it led to: a pitch, a deck, a module."""
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    answered_by: Mapped[Person | None] = relationship(foreign_keys=[answered_by_id])
    answered_at: Mapped[datetime | None]
    days_taken: Mapped[int | None]
    seen_at: Mapped[datetime | None]
    """When the sender looked at the answer."""
