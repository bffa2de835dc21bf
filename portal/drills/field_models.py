"""What people report from real conversations."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base


class Asked(StrEnum):
    """Who asked."""

    CLIENT = "client"
    PROSPECT = "prospect"
    CONTACT = "contact"
    COLLEAGUE = "colleague"
    STRANGER = "stranger"


class Went(StrEnum):
    """How it went."""

    LANDED = "landed"
    SO_SO = "so-so"
    FUMBLED = "fumbled"


class FieldEvent(Base):
    """A line of the pitch that was said to somebody; added, never changed. Taken back when its review is taken back."""

    __tablename__ = "field_events"
    __table_args__ = (
        UniqueConstraint("person_id", "key"),
        Index("ix_field_events_person_id_at", "person_id", "at"),
        Index("ix_field_events_card_id", "card_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    pitch_id: Mapped[int] = mapped_column(ForeignKey("pitches.id"))
    number: Mapped[int]
    """The version in force when it was reported."""
    claim_key: Mapped[str]
    card_id: Mapped[int] = mapped_column(ForeignKey("cards.id"))
    """The claim's card."""
    review_id: Mapped[int] = mapped_column(ForeignKey("reviews.id"), unique=True)
    """The review that it counts as; it names the card's version, too."""
    asked: Mapped[Asked]
    went: Mapped[Went]
    note: Mapped[str] = mapped_column(default="")
    """What they reacted to; only the person sees it."""
    at: Mapped[datetime]
    received_at: Mapped[datetime]
    key: Mapped[str]
    """Made by the page; the same report sent twice is kept once."""
