"""Contacts, the ways to reach them, and every touch; private to their owner."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.clients.models import Client
from portal.db import Base


class Relation(StrEnum):
    """How somebody knows a contact."""

    CLIENT = "client"
    FORMER_CLIENT = "former-client"
    ASSOCIATE = "associate"
    FRIEND = "friend"
    RELATIVE = "relative"
    NEIGHBOUR = "neighbour"
    EVENT = "met-at-an-event"


class Tier(StrEnum):
    """How close a contact is meant to be kept."""

    INNER = "inner"
    MIDDLE = "middle"
    OUTER = "outer"


class Pace(StrEnum):
    """Whether the rhythm runs."""

    RUNNING = "running"
    PAUSED = "paused"
    LEFT_OUT = "left-out"
    """Not this one: the portal never suggests being in touch."""


class ChannelKind(StrEnum):
    """A way to reach somebody."""

    MAIL = "mail"
    PHONE = "phone"
    WEB = "web"
    POST = "post"


class TouchKind(StrEnum):
    """How two people were in touch."""

    MEETING = "meeting"
    CALL = "call"
    MESSAGE = "message"
    EVENT = "event"
    ASK = "ask"
    """A referral was asked for."""
    OTHER = "other"


class Contact(Base):
    """Somebody whom a practitioner knows."""

    __tablename__ = "contacts"
    __table_args__ = (
        Index("ix_contacts_owner_id_due_on", "owner_id", "due_on", "id"),
        Index("ix_contacts_owner_id_name", "owner_id", "name", "id"),
        CheckConstraint("rhythm_days is null or rhythm_days between 1 and 3650", name="rhythm_days_sensible"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    name: Mapped[str]
    organisation: Mapped[str] = mapped_column(default="")
    position: Mapped[str] = mapped_column(default="")
    """What they are there, like 'Finance director'."""
    relation: Mapped[Relation] = mapped_column(default=Relation.ASSOCIATE)
    tier: Mapped[Tier] = mapped_column(default=Tier.MIDDLE)
    tags: Mapped[list[Any]] = mapped_column(default=list)
    """Words of the owner's own."""
    notes: Mapped[str] = mapped_column(default="")
    how_met: Mapped[str] = mapped_column(default="")
    cares_about: Mapped[str] = mapped_column(default="")
    """What interests them, in the owner's words; suggestions of what to send go by it."""
    client_id: Mapped[int | None] = mapped_column(ForeignKey("clients.id"), index=True)
    """The client they work for."""
    client: Mapped[Client | None] = relationship()
    is_shown_at_client: Mapped[bool] = mapped_column(default=False)
    """Whether the owner lets the client's page say that they know this person."""
    pace: Mapped[Pace] = mapped_column(default=Pace.RUNNING)
    rhythm_days: Mapped[int | None]
    """How many days apart to be in touch; empty: as the tier says."""
    snoozed_until: Mapped[date | None]
    last_touch_on: Mapped[date | None]
    due_on: Mapped[date | None]
    """When to be in touch next; follows from rhythm, last touch and snooze, empty while the rhythm doesn't run."""
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class Channel(Base):
    """One way to reach a contact."""

    __tablename__ = "contact_channels"
    __table_args__ = (UniqueConstraint("contact_id", "kind", "value"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    contact_id: Mapped[int] = mapped_column(ForeignKey("contacts.id", ondelete="CASCADE"), index=True)
    kind: Mapped[ChannelKind]
    value: Mapped[str]
    """As the owner wrote it."""
    match_key: Mapped[str | None] = mapped_column(index=True)
    """A keyed hash of the normalised mail address or phone number: the same for the same person in two networks, and
    of no use without the firm's key. Empty where there is nothing to match by."""


class Touch(Base):
    """One time that somebody was in touch with a contact; added, never changed. What was wrong is taken back by
    another row."""

    __tablename__ = "touches"
    __table_args__ = (
        Index("ix_touches_contact_id_happened_on", "contact_id", "happened_on", "id"),
        Index("ix_touches_owner_id_happened_on", "owner_id", "happened_on"),
        UniqueConstraint("owner_id", "key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    contact_id: Mapped[int] = mapped_column(ForeignKey("contacts.id", ondelete="CASCADE"))
    kind: Mapped[TouchKind]
    happened_on: Mapped[date]
    """The day where the owner is."""
    note: Mapped[str] = mapped_column(default="")
    key: Mapped[str]
    """Of the sender's making: what is sent twice counts once. Other rooms use keys like 'opportunity-12-asked'."""
    takes_back_id: Mapped[int | None] = mapped_column(ForeignKey("touches.id", ondelete="CASCADE"), unique=True)
    """The touch that this one takes back."""
    at: Mapped[datetime]
