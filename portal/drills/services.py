"""Practising: beginning a deck, answering at once or late, taking back, and setting how much to keep in mind."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from sqlalchemy import bindparam, exists, func, literal, select

from portal.accounts.viewer import Viewer
from portal.counters import services as counters
from portal.db import UtcDateTime, db, insert_or, rows
from portal.drills import remembering, schedule
from portal.drills.loading import load_deck as load_deck
from portal.drills.loading import refresh_pitch_deck as refresh_pitch_deck
from portal.drills.loading import replace_above as replace_above
from portal.drills.models import Card, CardState, Deck, DrillSettings, FieldEvent, Review
from portal.drills.queries import MEMORY, RETENTION, STANDS
from portal.drills.remembering import rebuild as rebuild
from portal.drills.schedule import LEAST_RETENTION, MOST_RETENTION, Memory
from portal.errors import NotFound, Refused

UNDO_WITHIN = timedelta(hours=1)
"""Later than this nobody remembers what they pressed."""


class Begun(Protocol):
    """What beginning needs to know of a deck."""

    id: int
    size: int


@dataclass(frozen=True)
class Sent:
    """An answer that was given without a network, as the device kept it."""

    card: int
    version: int
    """Of the card that was shown."""
    rating: int
    key: str
    at: datetime | None


_KNOWN = (
    select(
        Card.version,
        CardState.is_asleep,
        CardState.asked_at,
        exists().where(Review.person_id == bindparam("person_id"), Review.key == bindparam("key")).label("is_kept"),
        func.coalesce(RETENTION, schedule.USUAL_RETENTION).label("retention"),
        *MEMORY,
    )
    .join(Card, Card.id == CardState.card_id)
    .where(CardState.person_id == bindparam("person_id"), CardState.card_id == bindparam("card"))
    .with_for_update(of=CardState)
)
_RETENTION = select(DrillSettings.retention).where(DrillSettings.person_id == bindparam("person_id"))
_KNOWN_IN_DECK = _KNOWN.join(Deck, Deck.id == CardState.deck_id).where(Deck.key == bindparam("deck_key"))


def start_deck(deck: Begun, *, by: Viewer, now: datetime) -> None:
    """Take a deck into somebody's practice; its cards are new, save those already said to a client."""
    if not deck.size:
        raise Refused("This deck has no cards yet. Come back when it has some.")
    moment = literal(now, UtcDateTime())
    cards = select(literal(by.id), Card.id, Card.deck_id, moment, moment).where(
        Card.deck_id == deck.id, Card.is_retired.is_(False)
    )
    columns = ["person_id", "card_id", "deck_id", "due_at", "asked_at"]
    db.session.execute(insert_or(CardState).from_select(columns, cards).on_conflict_do_nothing())
    told = select(FieldEvent.card_id).join(Card, Card.id == FieldEvent.card_id)
    for card_id in db.session.scalars(told.where(FieldEvent.person_id == by.id, Card.deck_id == deck.id).distinct()):
        remembering.recall_anew(by.id, card_id)


def answer(deck_key: str, *, card: int, rating: int, key: str, by: Viewer, now: datetime) -> None:
    """Record one answer and decide when to ask again. The same key twice counts once."""
    row = rows(_KNOWN_IN_DECK, person_id=by.id, card=card, deck_key=deck_key, key=key).first()
    if row is None:
        raise NotFound
    if row.is_kept:
        return
    if row.is_asleep or row.asked_at >= schedule.day_of(now, by.zone)[1]:
        raise Refused("This card isn't due any more. You may have answered it in another window; that answer stands.")
    _take(row, Sent(card, row.version, rating, key, now), by=by, now=now)


def take_in(answers: Sequence[Sent], *, by: Viewer, now: datetime) -> dict[str, str]:
    """Record answers that were given without a network, each once, and say by key what became of it.

    They happened, so none is refused for coming late: 'kept'; 'dated' when it counts from now, as the device's clock
    can't be right; 'known' when it arrived before; 'gone' when there is no such card in this person's practice.
    """
    return {sent.key: _take_late(sent, by, now) for sent in answers}


def _take_late(sent: Sent, by: Viewer, now: datetime) -> str:
    row = rows(_KNOWN, person_id=by.id, card=sent.card, key=sent.key).first()
    if row is None:
        return "gone"
    if row.is_kept or _take(row, sent, by=by, now=now) is None:
        return "known"
    return "kept" if schedule.happened_at(sent.at, now) == sent.at else "dated"


def take_from_field(sent: Sent, memory: Memory, *, by: Viewer, now: datetime) -> int | None:
    """Let a report from a real conversation count as an answer; its review's id, or None when it came before."""
    retention = rows(_RETENTION, person_id=by.id).scalar() or schedule.USUAL_RETENTION
    return _keep(sent, memory, sent.version, retention, by=by, now=now)


def _take(row: Any, sent: Sent, *, by: Viewer, now: datetime) -> int | None:
    """Keep an answer that was given to a card as it is now, or was before."""
    return _keep(sent, Memory(*row[5:]), row.version, row.retention, by=by, now=now)


def _keep(sent: Sent, memory: Memory, newest: int, retention: int, *, by: Viewer, now: datetime) -> int | None:
    """Keep an answer and what it does to the memory of its card; its review's id, or None when it came before."""
    at, version = schedule.happened_at(sent.at, now), min(sent.version, newest)
    review_id = remembering.keep_review(
        {
            "person_id": by.id,
            "card_id": sent.card,
            "card_version": version,
            "rating": sent.rating,
            "at": at,
            "received_at": now,
            "retention": retention,
            "key": sent.key,
            "before": memory.kept(),
        }
    )
    if review_id is None:
        return None
    is_in_order = version == newest and (memory.last_review_at is None or at > memory.last_review_at)
    if is_in_order:
        remembering.keep(by.id, sent.card, schedule.after(memory, sent.rating, at, retention))
    else:
        remembering.recall_anew(by.id, sent.card)
    counters.happened("drills", practice_id=by.practice_id, on=by.today(at))
    counters.active(by, by.today(at))
    return review_id


def undo_last(*, by: Viewer, now: datetime) -> str:
    """Take the last answer back, as a review of its own, and return its deck's key."""
    is_from_field = exists().where(FieldEvent.review_id == Review.id)
    last = db.session.scalar(
        select(Review)
        .where(Review.person_id == by.id, STANDS, Review.received_at > now - UNDO_WITHIN, ~is_from_field)
        .order_by(Review.received_at.desc(), Review.id.desc())
        .limit(1)
    )
    if last is None:
        raise Refused("There is no answer to take back.")
    card, deck_key = db.session.execute(
        select(Card, Deck.key).join(Deck, Deck.id == Card.deck_id).where(Card.id == last.card_id)
    ).one()
    if card.version != last.card_version:
        raise Refused("This card was reworded after you answered it, so the answer stands.")
    take_back(last, by=by, now=now)
    return deck_key


def take_back(review: Review, *, by: Viewer, now: datetime) -> None:
    """Let an answer count no longer; twice is the same as once."""
    undo_id = remembering.keep_review(
        {
            "person_id": by.id,
            "card_id": review.card_id,
            "card_version": review.card_version,
            "rating": 0,
            "at": now,
            "received_at": now,
            "retention": review.retention,
            "key": f"undo-{review.id}",
            "before": {},
            "undoes_id": review.id,
        }
    )
    if undo_id is not None:
        remembering.recall_anew(by.id, review.card_id)
        counters.happened("drills", practice_id=by.practice_id, on=by.today(review.at), n=-1)


def keep_in_mind(*, retention: int, by: Viewer) -> None:
    """Set how many cards of a hundred somebody wants to keep in mind; it counts from the next answer to each card."""
    if not LEAST_RETENTION <= retention <= MOST_RETENTION:
        raise Refused(f"Choose between {LEAST_RETENTION} and {MOST_RETENTION} of a hundred.", field="retention")
    row = insert_or(DrillSettings).values(person_id=by.id, retention=retention)
    db.session.execute(
        row.on_conflict_do_update(index_elements=["person_id"], set_={"retention": row.excluded.retention})
    )
