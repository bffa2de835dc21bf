"""The ledger of credit, how far each opportunity's is closed, disputes, and whom to tell."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Person
from portal.db import Base
from portal.pipeline.models import Opportunity
from portal.pipeline.shares import CreditRole


class CreditEntry(Base):
    """One line of the ledger. Lines are only added: triggers of the database refuse anything else."""

    __tablename__ = "credit_entries"
    __table_args__ = (
        Index("ix_credit_entries_opportunity_id_posting", "opportunity_id", "posting", "id"),
        CheckConstraint("(person_id is null) <> (item_key = '')", name="one_holder"),
        CheckConstraint("points <> 0 and points between -10000 and 10000", name="points_sensible"),
        CheckConstraint("(reverses_id is null) = (points > 0)", name="reversals_take_away"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    opportunity_id: Mapped[int] = mapped_column(ForeignKey("opportunities.id"))
    posting: Mapped[int]
    """Counted from one for each opportunity; what is posted at once has the same number."""
    role: Mapped[CreditRole]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    item_key: Mapped[str] = mapped_column(default="")
    points: Mapped[int]
    """10,000 are a hundred percent; a reversal takes away what it reverses."""
    reverses_id: Mapped[int | None] = mapped_column(ForeignKey("credit_entries.id"), unique=True)
    reason: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))


class CreditHead(Base):
    """Up to which posting an opportunity's ledger is closed. A trigger closes none that isn't a hundred percent, and
    another lets nobody add to one that is closed; so what is read below the head always adds up."""

    __tablename__ = "credit_heads"

    opportunity_id: Mapped[int] = mapped_column(ForeignKey("opportunities.id"), primary_key=True, autoincrement=False)
    posting: Mapped[int]


class DisputeState(StrEnum):
    """Where a dispute stands."""

    RAISED = "raised"
    ANSWERED = "answered"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"


OPEN = (DisputeState.RAISED, DisputeState.ANSWERED)


class Dispute(Base):
    """Somebody holds that the shares are not right."""

    __tablename__ = "credit_disputes"
    __table_args__ = (
        Index(
            "uq_credit_disputes_open",
            "opportunity_id",
            unique=True,
            sqlite_where=text("state in ('raised', 'answered')"),
            postgresql_where=text("state in ('raised', 'answered')"),
        ),
        Index("ix_credit_disputes_opportunity_id", "opportunity_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    opportunity_id: Mapped[int] = mapped_column(ForeignKey("opportunities.id"))
    opportunity: Mapped[Opportunity] = relationship()
    state: Mapped[DisputeState] = mapped_column(default=DisputeState.RAISED)
    raised_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    raised_at: Mapped[datetime]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    decided_at: Mapped[datetime | None]
    posting: Mapped[int | None]
    """The correction that the decision posted; empty: the shares stay."""
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class DisputeWord(Base):
    """What was said in a dispute; added, never changed."""

    __tablename__ = "credit_dispute_words"
    __table_args__ = (Index("ix_credit_dispute_words_dispute_id", "dispute_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    dispute_id: Mapped[int] = mapped_column(ForeignKey("credit_disputes.id"))
    state: Mapped[DisputeState]
    """Where the dispute stood with these words."""
    words: Mapped[str]
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    by: Mapped[Person] = relationship()


class CreditNews(Base):
    """That somebody's share of an opportunity changed, until they have seen it."""

    __tablename__ = "credit_news"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, autoincrement=False)
    opportunity_id: Mapped[int] = mapped_column(
        ForeignKey("opportunities.id"), primary_key=True, autoincrement=False, index=True
    )
    points: Mapped[int]
    """Their whole share now; 0 where they hold none any more."""
    at: Mapped[datetime]
    seen_at: Mapped[datetime | None]
