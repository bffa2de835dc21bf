"""Decks, cards, what each person remembers, and every review."""

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base
from portal.drills.field_models import Asked as Asked
from portal.drills.field_models import FieldEvent as FieldEvent
from portal.drills.field_models import Went as Went
from portal.drills.scenario_models import Scenario as Scenario
from portal.drills.scenario_models import ScenarioChoice as ScenarioChoice
from portal.drills.scenario_models import ScenarioRun as ScenarioRun
from portal.drills.scenario_models import ScenarioVersion as ScenarioVersion


def _same(name: str) -> Callable[[Any], Any]:
    """The value of another column, where a row doesn't say its own."""
    return lambda context: context.get_current_parameters()[name]


class CardKind(StrEnum):
    """How a card asks."""

    RECALL = "recall"
    CLOZE = "cloze"
    CHOICE = "choice"
    ORDER = "order"
    MATCH = "match"
    TYPED = "typed"


class Deck(Base):
    """Cards that belong together: of a discipline, or made from the claims of a pitch."""

    __tablename__ = "decks"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    """A content deck's file name, or 'pitch-' and the pitch's key."""
    title: Mapped[str]
    discipline: Mapped[str]
    pitch_id: Mapped[int | None] = mapped_column(ForeignKey("pitches.id"), unique=True)
    size: Mapped[int] = mapped_column(default=0)
    """How many cards are in use."""


class Card(Base):
    """A question and its answer, as they are now. Earlier wordings are in `CardVersion`."""

    __tablename__ = "cards"
    __table_args__ = (UniqueConstraint("deck_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    deck_id: Mapped[int] = mapped_column(ForeignKey("decks.id"))
    key: Mapped[str]
    """The card's key in its file, or the claim's key."""
    version: Mapped[int] = mapped_column(default=1)
    kind: Mapped[CardKind]
    front: Mapped[str]
    """HTML; for a cloze the hidden words stand in <mark> elements."""
    back: Mapped[str]
    """HTML."""
    options: Mapped[list[Any]]
    """For a choice: what to choose from. To put in order: the parts in their order. To match: pairs. To be typed: the
    key messages, each with the wordings that count."""
    right: Mapped[int] = mapped_column(default=0)
    """For a choice: the place of the right option, counting from 1."""
    position: Mapped[int]
    fingerprint: Mapped[str]
    is_retired: Mapped[bool] = mapped_column(default=False)


class CardVersion(Base):
    """What a card said in a version; a review names the version it was given for."""

    __tablename__ = "card_versions"

    card_id: Mapped[int] = mapped_column(ForeignKey("cards.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[dict[str, Any]]
    at: Mapped[datetime]


class CardReplacement(Base):
    """That a pitch says something else in place of a card's claim; who speaks with that pitch is not asked the card."""

    __tablename__ = "card_replacements"

    card_id: Mapped[int] = mapped_column(ForeignKey("cards.id"), primary_key=True)
    pitch_id: Mapped[int] = mapped_column(ForeignKey("pitches.id"), primary_key=True)
    """The pitch and not its practice: content may come before practices."""


class CardState(Base):
    """What a person remembers of a card, in FSRS's terms; derived from the reviews."""

    __tablename__ = "card_states"
    __table_args__ = (
        Index("ix_card_states_person_id_asked_at", "person_id", "asked_at", "card_id"),
        Index("ix_card_states_card_id", "card_id"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    card_id: Mapped[int] = mapped_column(ForeignKey("cards.id"), primary_key=True)
    deck_id: Mapped[int] = mapped_column(ForeignKey("decks.id"))
    due_at: Mapped[datetime]
    """FSRS's moment, exactly."""
    asked_at: Mapped[datetime] = mapped_column(default=_same("due_at"))
    """When the card is asked: on FSRS's day or one near it, so that no day is a wall; see `spread`."""
    state: Mapped[int] = mapped_column(default=0)
    """0 never seen; then FSRS's 1 learning, 2 review, 3 relearning."""
    step: Mapped[int | None]
    stability: Mapped[float | None]
    difficulty: Mapped[float | None]
    last_review_at: Mapped[datetime | None]
    first_at: Mapped[datetime | None]
    """When it was answered first; tells how many new cards somebody has had today."""
    reps: Mapped[int] = mapped_column(default=0)
    lapses: Mapped[int] = mapped_column(default=0)
    is_asleep: Mapped[bool] = mapped_column(default=False)
    """The card is retired; nobody is asked, and nothing is forgotten."""
    is_changed: Mapped[bool] = mapped_column(default=False)
    """The card's words changed since this person last answered it."""


class Review(Base):
    """One answer; added, never changed. An undo is a row of its own."""

    __tablename__ = "reviews"
    __table_args__ = (
        UniqueConstraint("person_id", "key"),
        Index("ix_reviews_person_id_at", "person_id", "at"),
        CheckConstraint("rating between 0 and 4", name="rating_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    card_id: Mapped[int] = mapped_column(ForeignKey("cards.id"))
    card_version: Mapped[int]
    rating: Mapped[int]
    """1 again, 2 hard, 3 good, 4 easy; 0 takes back the review named in `undoes_id`."""
    at: Mapped[datetime]
    """When it happened; an answer given without a network arrives later."""
    received_at: Mapped[datetime] = mapped_column(default=_same("at"))
    retention: Mapped[int] = mapped_column(default=90, server_default=text("90"))
    """The share of cards, in percent, that the person wanted to keep in mind when answering."""
    key: Mapped[str]
    """Made by the page; the same answer sent twice is kept once."""
    before: Mapped[dict[str, Any]]
    """The state when this review arrived; the first one's tells how the card began."""
    undoes_id: Mapped[int | None] = mapped_column(ForeignKey("reviews.id"), unique=True)


class DrillSettings(Base):
    """How somebody wants to practise; no row means the usual."""

    __tablename__ = "drill_settings"
    __table_args__ = (CheckConstraint("retention between 80 and 95", name="retention_sensible"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    retention: Mapped[int]
    """The share of cards to keep in mind, in percent."""
