"""Links and rooms, what is in them, and the visits that were counted."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Person
from portal.db import Base
from portal.library.models import Item
from portal.sharing.opens import Opened
from portal.sharing.showing import WhenRevised, WhenStale


class Share(Base):
    """A link to one item, or a room with several, for one contact or opportunity. It lives until it runs out, is
    revoked, or what it was made for is gone."""

    __tablename__ = "shares"
    __table_args__ = (
        UniqueConstraint("owner_id", "key"),
        Index("ix_shares_owner_id_made_at", "owner_id", "made_at", "id"),
        Index("ix_shares_owner_id_first_opened_at", "owner_id", "first_opened_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    owner: Mapped[Person] = relationship()
    key: Mapped[str]
    """Of the sender's making: a form that is sent twice makes one link."""
    is_room: Mapped[bool] = mapped_column(default=False)
    title: Mapped[str] = mapped_column(default="")
    """What a room is called, for the sender and the visitor."""
    token_hash: Mapped[str] = mapped_column(unique=True)
    """SHA-256 of the random end of the address; the address itself is kept nowhere."""
    number: Mapped[int] = mapped_column(default=1)
    """How many addresses it has had; the earlier ones are dead."""
    sent_at: Mapped[datetime]
    """When its present address was made."""
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contacts.id", ondelete="SET NULL"), index=True)
    opportunity_id: Mapped[int | None] = mapped_column(ForeignKey("opportunities.id"), index=True)
    note: Mapped[str] = mapped_column(default="")
    """What the visitor reads above the items."""
    private_note: Mapped[str] = mapped_column(default="")
    reach: Mapped[str] = mapped_column(default="")
    """How the visitor reaches the sender besides by mail."""
    passcode_hash: Mapped[str | None]
    may_download: Mapped[bool] = mapped_column(default=False)
    when_revised: Mapped[WhenRevised] = mapped_column(default=WhenRevised.NEWER)
    when_stale: Mapped[WhenStale] = mapped_column(default=WhenStale.NOTICE)
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    first_opened_at: Mapped[datetime | None]
    """When somebody surely human opened it first."""
    answered_at: Mapped[datetime | None]
    """When the sender said whether that was a touch."""


class SharedItem(Base):
    """One item of a link or a room, with the revision that the sender saw."""

    __tablename__ = "shared_items"
    __table_args__ = (UniqueConstraint("share_id", "item_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    share_id: Mapped[int] = mapped_column(ForeignKey("shares.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"), index=True)
    item: Mapped[Item] = relationship()
    revision: Mapped[int]
    """The number of the published revision when it was put in."""
    position: Mapped[int] = mapped_column(default=0)
    line: Mapped[str] = mapped_column(default="")
    """What the sender says of it."""
    removed_at: Mapped[datetime | None]


class Visit(Base):
    """That a page of a link was looked at, told by its script or by a button; never by opening it alone."""

    __tablename__ = "share_visits"
    __table_args__ = (
        UniqueConstraint("share_id", "key"),
        Index("ix_share_visits_share_id_on", "share_id", "on", "visitor"),
        Index("ix_share_visits_network_at", "network", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    share_id: Mapped[int] = mapped_column(ForeignKey("shares.id"))
    item_id: Mapped[int | None] = mapped_column(ForeignKey("items.id"), index=True)
    """Empty for the list of a room."""
    key: Mapped[str]
    """Of the page that was looked at: what it tells twice counts once."""
    on: Mapped[date]
    """The day in UTC; visitors are told apart within a day only."""
    at: Mapped[datetime]
    visitor: Mapped[str]
    """The same for the same browser on the same day; made with that day's salt, which is thrown away."""
    network: Mapped[str]
    """The same for the same network on the same day; emptied after it."""
    opened: Mapped[Opened]
    reasons: Mapped[list[Any]] = mapped_column(default=list)
    """Why it was classed so; see `opens.REASONS`."""
    pressed: Mapped[str] = mapped_column(default="")
    """What the visitor pressed last, if anything."""


class DaySalt(Base):
    """What is mixed into a day's labels of visitors and networks; without it nobody can tell whose they were."""

    __tablename__ = "share_salts"

    on: Mapped[date] = mapped_column(primary_key=True)
    salt: Mapped[str]


class PasscodeTry(Base):
    """A passcode that was wrong; counted, to slow down guessing. Old rows are deleted."""

    __tablename__ = "share_passcode_tries"
    __table_args__ = (
        Index("ix_share_passcode_tries_share_id_at", "share_id", "at"),
        Index("ix_share_passcode_tries_network_at", "network", "at"),
        Index("ix_share_passcode_tries_at", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    share_id: Mapped[int] = mapped_column(ForeignKey("shares.id"))
    network: Mapped[str]
    """As in `Visit`."""
    at: Mapped[datetime]
