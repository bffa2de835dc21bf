"""How much of a pitch somebody knows, for certification."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

from fsrs import State
from sqlalchemy import and_, exists, func, select
from sqlalchemy.orm import aliased

from portal.db import db
from portal.drills import schedule
from portal.drills.models import Card, CardState, Deck, Review
from portal.drills.schedule import Memory
from portal.message.models import Claim, Pitch, PitchVersion

KNOWN_FROM = 0.8
"""A card counts as known while it is this likely, or likelier, that the person has it in mind."""


class Mastery(NamedTuple):
    """How many cards of a pitch are known, and of how many."""

    known: int
    of: int

    @property
    def is_whole(self) -> bool:
        """Whether there are cards, and all are known."""
        return 0 < self.of == self.known


def is_known(memory: Memory, now: datetime) -> bool:
    """Whether a card counts as known: learnt, in the words it has now, and most likely still in mind."""
    is_learnt = memory.state == State.Review and not memory.is_changed
    return is_learnt and schedule.still_there(memory, now) >= KNOWN_FROM


def mastery(
    person_id: int,
    pitch_id: int,
    *,
    keys: Collection[str] | None = None,
    since: datetime | None = None,
    now: datetime,
) -> Mastery:
    """How many cards of the pitch in force somebody knows: its own claims' and the inherited ones'.

    `keys` asks for some claims only. With `since`, a card counts when it was answered with good or better since then,
    in the words it has now: a change is answered for, whatever was known before.
    """
    answered = _answered_since(person_id, since) if since else None
    cards = _cards_of(person_id, pitch_id, keys, answered)
    if answered is not None:
        return Mastery(sum(row.is_answered for row in cards), len(cards))
    known = (row.state is not None and is_known(_memory(row), now) for row in cards)
    return Mastery(sum(known), len(cards))


_COLUMNS = (CardState.state, CardState.stability, CardState.last_review_at, CardState.is_changed)


def _cards_of(person_id: int, pitch_id: int, keys: Collection[str] | None, answered: Any) -> list[Any]:
    """The cards of what the pitch says, with what the person remembers. What it replaces, it doesn't say."""
    found = (
        select(*_COLUMNS, *([] if answered is None else [answered.label("is_answered")]))
        .select_from(Claim)
        .join(PitchVersion, PitchVersion.id == Claim.version_id)
        .join(Pitch, and_(Pitch.id == PitchVersion.pitch_id, Pitch.number == PitchVersion.number))
        .join(Deck, Deck.pitch_id == func.coalesce(Claim.inherited_from_id, Pitch.id))
        .join(Card, and_(Card.deck_id == Deck.id, Card.key == Claim.key, Card.is_retired.is_(False)))
        .outerjoin(CardState, and_(CardState.card_id == Card.id, CardState.person_id == person_id))
        .where(Pitch.id == pitch_id)
    )
    if keys is not None:
        found = found.where(Claim.key.in_(keys))
    return list(db.session.execute(found).all())


def _answered_since(person_id: int, since: datetime) -> Any:
    undo = aliased(Review)
    return exists().where(
        Review.person_id == person_id,
        Review.card_id == Card.id,
        Review.card_version == Card.version,
        Review.rating >= 3,
        Review.at >= since,
        ~exists().where(undo.undoes_id == Review.id),
    )


def _memory(row: Any) -> Memory:
    return Memory(
        row.last_review_at,
        row.state,
        stability=row.stability,
        last_review_at=row.last_review_at,
        is_changed=row.is_changed,
    )
