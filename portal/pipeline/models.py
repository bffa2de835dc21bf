"""Opportunities, every change of their stage, and what the firm has agreed about its pipeline."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Person
from portal.db import Base
from portal.money import UNIT_RATE
from portal.pipeline.stages import Stage


class OpportunityKind(StrEnum):
    """Where an opportunity comes from."""

    REFERRAL = "referral"
    CROSS_SELL = "cross-sell"


class Direction(StrEnum):
    """Which way a referral goes."""

    ASKED = "asked"
    """We ask a contact for it."""
    RECEIVED = "received"
    """A contact sent us work unasked."""
    GIVEN = "given"
    """We sent a contact work; it is not the firm's, and counts in no figures."""


class Opportunity(Base):
    """A referral, or another service proposed to a client, and what came of it."""

    __tablename__ = "opportunities"
    __table_args__ = (
        UniqueConstraint("filled_id", "row"),
        Index("ix_opportunities_owner_id_stage", "owner_id", "stage", "id"),
        Index("ix_opportunities_owner_id_next_on", "owner_id", "next_on"),
        Index("ix_opportunities_owner_id_stale_on", "owner_id", "stale_on"),
        Index("ix_opportunities_practice_id_stage", "practice_id", "stage", "id"),
        CheckConstraint("value is null or value >= 0", name="value_counts"),
        CheckConstraint("rate > 0", name="rate_counts"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[OpportunityKind]
    direction: Mapped[Direction] = mapped_column(default=Direction.ASKED, server_default="asked")
    owner_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    owner: Mapped[Person] = relationship()
    practice_id: Mapped[int] = mapped_column(ForeignKey("practices.id"))
    """The owner's practice, whose figures it counts in."""
    contact: Mapped[str] = mapped_column(default="")
    """Whom the person asks; private to the owner."""
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contacts.id", ondelete="SET NULL"), index=True)
    """The owner's contact that this is, where it was chosen from the network."""
    client_id: Mapped[int | None] = mapped_column(ForeignKey("clients.id"), index=True)
    service_id: Mapped[int | None] = mapped_column(ForeignKey("services.id"), index=True)
    organisation: Mapped[str]
    """The contact's organisation, or the client."""
    service: Mapped[str] = mapped_column(default="")
    """For a cross-sell: which service would help."""
    ask: Mapped[str]
    """What exactly is asked for, or the need that was seen."""
    stage: Mapped[Stage] = mapped_column(default=Stage.PLANNED)
    value: Mapped[int | None] = mapped_column(BigInteger)
    """What it may be worth, in minor units of its currency."""
    currency: Mapped[str]
    """ISO 4217."""
    rate: Mapped[int] = mapped_column(BigInteger, default=UNIT_RATE, server_default=str(UNIT_RATE))
    """What one unit of its currency was in the firm's when the value was given, in billionths."""
    worth: Mapped[int | None] = mapped_column(BigInteger)
    """The value in minor units of the firm's currency; all sums go by it."""
    reason: Mapped[str] = mapped_column(default="", server_default="")
    """Why it was won, lost or declined, as the firm's list named it then."""
    next_step: Mapped[str] = mapped_column(default="")
    next_on: Mapped[date | None]
    stale_on: Mapped[date | None]
    """From when on it is stale unless something happens; follows from the stage, the last change and the next step."""
    nurture_on: Mapped[date | None]
    """While it rests: when to look at it again."""
    nurture_days: Mapped[int | None]
    """How many days apart to be in touch while it rests; empty: once. Remembered when it is under way again."""
    asked_on: Mapped[date | None]
    """The day it first left 'planned'; empty for what nobody asked for."""
    lead_number: Mapped[int | None] = mapped_column(ForeignKey("lead_definitions.number"))
    """The version of the definition of a good lead that it was held against."""
    filled_id: Mapped[int | None] = mapped_column(ForeignKey("filled_worksheets.id"))
    row: Mapped[str | None]
    """The row of the filled worksheet it came from."""
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012

    @property
    def is_counted(self) -> bool:
        """Whether it is work for the firm, and so counts in its figures."""
        return self.direction != Direction.GIVEN

    @property
    def is_ask(self) -> bool:
        """Whether getting it under way means asking somebody."""
        return self.kind == OpportunityKind.CROSS_SELL or self.direction == Direction.ASKED


class StageChange(Base):
    """A move from one stage to another, or a note without a move; added, never changed."""

    __tablename__ = "stage_changes"
    __table_args__ = (Index("ix_stage_changes_opportunity_id", "opportunity_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    opportunity_id: Mapped[int] = mapped_column(ForeignKey("opportunities.id"))
    before: Mapped[Stage | None]
    """Empty for the first row."""
    after: Mapped[Stage]
    note: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="", server_default="")
    value: Mapped[int | None] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(default="", server_default="")
    worth: Mapped[int | None] = mapped_column(BigInteger)
    """The value in the firm's currency."""
    next_step: Mapped[str] = mapped_column(default="")
    next_on: Mapped[date | None]
    undoes_id: Mapped[int | None] = mapped_column(ForeignKey("stage_changes.id"), unique=True)
    """The move that this one takes back."""
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))


class HandOverState(StrEnum):
    """Where a hand-over stands."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


class HandOver(Base):
    """An opportunity offered to a colleague, or to the sales desk, and what they answered."""

    __tablename__ = "hand_overs"
    __table_args__ = (
        Index("ix_hand_overs_to_id_state", "to_id", "state"),
        Index("ix_hand_overs_from_id_state", "from_id", "state"),
        Index(
            "ix_hand_overs_offered",
            "opportunity_id",
            unique=True,
            sqlite_where=text("state = 'offered'"),
            postgresql_where=text("state = 'offered'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    opportunity_id: Mapped[int] = mapped_column(ForeignKey("opportunities.id"), index=True)
    opportunity: Mapped[Opportunity] = relationship()
    from_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    sender: Mapped[Person] = relationship(foreign_keys=[from_id])
    to_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    """Empty: to the sales desk, until somebody there answers."""
    receiver: Mapped[Person | None] = relationship(foreign_keys=[to_id])
    note: Mapped[str] = mapped_column(default="")
    contact: Mapped[str] = mapped_column(default="")
    """Who the source is; the sender keeps that, whether or not the name goes along."""
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contacts.id", ondelete="SET NULL"), index=True)
    with_contact: Mapped[bool] = mapped_column(default=False)
    """Whether the contact's name goes along."""
    with_notes: Mapped[bool] = mapped_column(default=False)
    """Whether the sender's notes go along."""
    due_on: Mapped[date]
    """The day by which it is to be answered."""
    state: Mapped[HandOverState] = mapped_column(default=HandOverState.OFFERED)
    """Follows from the last of its steps."""
    seen_at: Mapped[datetime | None]
    """When the sender has read that it came back."""


class HandOverStep(Base):
    """What became of a hand-over; added, never changed."""

    __tablename__ = "hand_over_steps"
    __table_args__ = (UniqueConstraint("hand_over_id", "state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    hand_over_id: Mapped[int] = mapped_column(ForeignKey("hand_overs.id"))
    state: Mapped[HandOverState]
    note: Mapped[str] = mapped_column(default="")
    """The reason, where it was returned."""
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    by: Mapped[Person] = relationship()


class SalesDesk(Base):
    """Somebody who may take what is handed over to sales."""

    __tablename__ = "sales_desk"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    person: Mapped[Person] = relationship()


class Thanks(Base):
    """A thank-you that is owed to a source, because something came of it."""

    __tablename__ = "thanks"
    __table_args__ = (
        UniqueConstraint("opportunity_id", "occasion"),
        Index("ix_thanks_owner_id_done_on", "owner_id", "done_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    opportunity_id: Mapped[int] = mapped_column(ForeignKey("opportunities.id"))
    opportunity: Mapped[Opportunity] = relationship()
    owner_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    """Who knows the source."""
    contact: Mapped[str]
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contacts.id", ondelete="SET NULL"), index=True)
    occasion: Mapped[Stage]
    """Introduced, won or declined."""
    since_on: Mapped[date]
    done_on: Mapped[date | None]
    is_left: Mapped[bool] = mapped_column(default=False)
    """Whether it was decided that no thanks are needed."""


class Answer(StrEnum):
    """Whether a criterion of a good lead is met."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class LeadDefinition(Base):
    """What marketing and practitioners agreed a good lead is, in a version; never changed."""

    __tablename__ = "lead_definitions"

    number: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    html: Mapped[str]
    criteria: Mapped[list[Any]]
    """Each with key, title and what counts as evidence."""
    fingerprint: Mapped[str]
    at: Mapped[datetime]


class LeadAnswer(Base):
    """What somebody found about one criterion of one opportunity."""

    __tablename__ = "lead_answers"

    opportunity_id: Mapped[int] = mapped_column(ForeignKey("opportunities.id"), primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    answer: Mapped[Answer]
    note: Mapped[str] = mapped_column(default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]


class Agreement(Base):
    """How the firm runs its pipeline, in a version; the newest holds, and none is changed."""

    __tablename__ = "pipeline_agreements"

    number: Mapped[int] = mapped_column(primary_key=True)
    labels: Mapped[dict[str, Any]]
    probabilities: Mapped[dict[str, Any]]
    stale_days: Mapped[dict[str, Any]]
    reasons: Mapped[dict[str, Any]]
    """By closed stage, in their order."""
    answer_days: Mapped[int]
    """Working days within which a hand-over is answered."""
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]


class Rate(Base):
    """What one unit of a currency is in the firm's from a day on; the newest of a day holds, and none is changed."""

    __tablename__ = "currency_rates"
    __table_args__ = (
        Index("ix_currency_rates_currency_from_on", "currency", "from_on", "id"),
        CheckConstraint("rate > 0", name="rate_counts"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    currency: Mapped[str]
    rate: Mapped[int] = mapped_column(BigInteger)
    """In billionths."""
    from_on: Mapped[date]
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]
