"""Contacts, the ways to reach them, and every touch; private to their owner."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal import clock
from portal.accounts.models import Person
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


class Digest(StrEnum):
    """How often somebody wants to be told by mail whom to be in touch with."""

    WEEKLY = "weekly"
    DAILY = "daily"
    NONE = "none"


class Contact(Base):
    """Somebody whom a practitioner knows."""

    __tablename__ = "contacts"
    __table_args__ = (
        Index("ix_contacts_owner_id_due_on", "owner_id", "due_on", "id"),
        Index("ix_contacts_owner_id_name", "owner_id", "name", "id"),
        CheckConstraint("rhythm_days is null or rhythm_days between 1 and 3650", name="rhythm_days_sensible"),
        CheckConstraint("stagger between 0 and 999", name="stagger_is_a_share"),
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
    """Not before this day, whatever happens."""
    started_on: Mapped[date] = mapped_column(default=lambda: clock.now().date())
    """The day from which the rhythm runs: nobody was due before they were kept here."""
    stagger: Mapped[int] = mapped_column(default=0)
    """How far into the first stretch of the rhythm they come due for the first time, in thousandths; so that five
    hundred who are brought in at once are not due on one day."""
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


class ErasedTouches(Base):
    """How many touches of contacts that were erased since somebody made on a day: the number stays, without a name."""

    __tablename__ = "erased_touches"

    owner_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    happened_on: Mapped[date] = mapped_column(primary_key=True)
    n: Mapped[int]


class ContactShare(Base):
    """That the owner of a contact shows it to one colleague, until the owner ends it."""

    __tablename__ = "contact_shares"
    __table_args__ = (
        Index(
            "uq_contact_shares_open",
            "contact_id",
            "with_id",
            unique=True,
            sqlite_where=text("ended_at is null"),
            postgresql_where=text("ended_at is null"),
        ),
        Index("ix_contact_shares_with_id", "with_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    contact_id: Mapped[int] = mapped_column(ForeignKey("contacts.id", ondelete="CASCADE"))
    contact: Mapped[Contact] = relationship()
    with_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    colleague: Mapped[Person] = relationship()
    note: Mapped[str] = mapped_column(default="")
    """What the owner says to the colleague."""
    at: Mapped[datetime]
    seen_at: Mapped[datetime | None]
    """When the colleague said that they had seen it."""
    ended_at: Mapped[datetime | None]


class NetworkSettings(Base):
    """How somebody wants their rhythm and their digest; no row means the usual."""

    __tablename__ = "network_settings"
    __table_args__ = (
        CheckConstraint("inner_days is null or inner_days between 1 and 3650", name="inner_days_sensible"),
        CheckConstraint("middle_days is null or middle_days between 1 and 3650", name="middle_days_sensible"),
        CheckConstraint("outer_days is null or outer_days between 1 and 3650", name="outer_days_sensible"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    inner_days: Mapped[int | None]
    """Days apart for each tier; empty: as the firm has it."""
    middle_days: Mapped[int | None]
    outer_days: Mapped[int | None]
    digest: Mapped[Digest] = mapped_column(default=Digest.WEEKLY)
    digest_on: Mapped[date | None] = mapped_column(index=True)
    """From which day the next digest is due; empty for none."""
