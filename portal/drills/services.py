"""Practising: beginning a deck, answering, taking back; and working out anew what somebody remembers."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import groupby
from typing import Any, Protocol

from sqlalchemy import bindparam, delete, exists, insert, literal, select, update

from portal.accounts.viewer import Viewer
from portal.counters import services as counters
from portal.db import UtcDateTime, db, insert_or, rows
from portal.drills import schedule
from portal.drills.loading import load_deck as load_deck
from portal.drills.loading import refresh_pitch_deck as refresh_pitch_deck
from portal.drills.models import Card, CardState, CardVersion, Deck, Review
from portal.drills.queries import MEMORY, STANDS
from portal.drills.schedule import Memory
from portal.errors import NotFound, Refused

UNDO_WITHIN = timedelta(hours=1)
"""Later than this nobody remembers what they pressed."""


class Begun(Protocol):
    """What beginning needs to know of a deck."""

    id: int
    size: int


_STATE = (
    select(
        Card.version,
        CardState.is_asleep,
        exists().where(Review.person_id == bindparam("person_id"), Review.key == bindparam("key")).label("is_kept"),
        *MEMORY,
    )
    .join(Card, Card.id == CardState.card_id)
    .join(Deck, Deck.id == CardState.deck_id)
    .where(
        CardState.person_id == bindparam("person_id"),
        CardState.card_id == bindparam("card"),
        Deck.key == bindparam("deck_key"),
    )
    .with_for_update(of=CardState)
)
_states = CardState.__table__
_KEEP_STATE = update(_states).where(  # type: ignore[arg-type]
    _states.c.person_id == bindparam("of_person"), _states.c.card_id == bindparam("of_card")
)


def start_deck(deck: Begun, *, by: Viewer, now: datetime) -> None:
    """Take a deck into somebody's practice; its cards are new. Starting again changes nothing."""
    if not deck.size:
        raise Refused("This deck has no cards yet. Come back when it has some.")
    cards = select(literal(by.id), Card.id, Card.deck_id, literal(now, UtcDateTime())).where(
        Card.deck_id == deck.id, Card.is_retired.is_(False)
    )
    columns = ["person_id", "card_id", "deck_id", "due_at"]
    db.session.execute(insert_or(CardState).from_select(columns, cards).on_conflict_do_nothing())


def answer(deck_key: str, *, card: int, rating: int, key: str, by: Viewer, now: datetime) -> None:
    """Record one answer and decide when to ask again. The same key twice counts once."""
    row = rows(_STATE, person_id=by.id, card=card, deck_key=deck_key, key=key).first()
    if row is None:
        raise NotFound
    if row.is_kept:
        return
    memory = Memory(*row[3:])
    if row.is_asleep or memory.due_at >= schedule.day_of(now, by.zone)[1]:
        raise Refused("This card isn't due any more. You may have answered it in another window; that answer stands.")
    review = {"person_id": by.id, "card_id": card, "card_version": row.version, "rating": rating, "at": now}
    insertion = _keep_review(db.session.get_bind().dialect.name)
    if rows(insertion, **review, key=key, before=memory.kept()).first() is None:
        return
    _keep(by.id, card, schedule.after(memory, rating, now))
    today = by.today(now)
    counters.happened("drills", practice_id=by.practice_id, on=today)
    counters.active(by, today)


def undo_last(*, by: Viewer, now: datetime) -> str:
    """Take the last answer back, as a review of its own, and return its deck's key. The card is as it was before."""
    last = db.session.scalar(
        select(Review)
        .where(Review.person_id == by.id, STANDS, Review.at > now - UNDO_WITHIN)
        .order_by(Review.at.desc(), Review.id.desc())
        .limit(1)
    )
    if last is None:
        raise Refused("There is no answer to take back.")
    card, deck_key = db.session.execute(
        select(Card, Deck.key).join(Deck, Deck.id == Card.deck_id).where(Card.id == last.card_id)
    ).one()
    if card.version != last.card_version:
        raise Refused("This card was reworded after you answered it, so the answer stands.")
    undo = insert_or(Review).values(
        person_id=by.id,
        card_id=card.id,
        card_version=card.version,
        rating=0,
        at=now,
        key=f"undo-{last.id}",
        before={},
        undoes_id=last.id,
    )
    if db.session.execute(undo.on_conflict_do_nothing().returning(Review.id)).first():
        _keep(by.id, card.id, schedule.recalled(last.before))
        counters.happened("drills", practice_id=by.practice_id, on=by.today(last.at), n=-1)
    return deck_key


def rebuild(person_id: int) -> int:
    """Work out somebody's card states anew from their reviews, and return how many. Those never answered stay."""
    states = list(_states_from_reviews(person_id))
    answered = exists().where(Review.person_id == CardState.person_id, Review.card_id == CardState.card_id)
    db.session.execute(
        delete(CardState).where(CardState.person_id == person_id, answered),
        execution_options={"synchronize_session": False},
    )
    if states:
        db.session.execute(insert(CardState.__table__), states)  # type: ignore[arg-type]
    db.session.expire_all()
    return len(states)


def _states_from_reviews(person_id: int) -> Iterator[dict[str, Any]]:
    found = db.session.execute(
        select(Review, STANDS.label("stands"), Card.deck_id, Card.is_retired)
        .join(Card, Card.id == Review.card_id)
        .where(Review.person_id == person_id, Review.rating > 0)
        .order_by(Review.card_id, Review.id)
    )
    for card_id, group in groupby(found, key=lambda row: row.Review.card_id):
        told = list(group)
        answers = [row.Review for row in told if row.stands]
        memory = schedule.recalled(told[0].Review.before)
        memory = schedule.replayed(memory, ((review.rating, review.at) for review in answers))
        reworded_at = _reworded_since_or_none(answers[-1]) if answers else None
        if reworded_at:
            memory = schedule.reworded(memory, reworded_at)
        yield {
            "person_id": person_id,
            "card_id": card_id,
            "deck_id": told[0].deck_id,
            "is_asleep": told[0].is_retired,
            **vars(memory),
        }


def _reworded_since_or_none(review: Review) -> datetime | None:
    return db.session.scalar(
        select(CardVersion.at)
        .where(CardVersion.card_id == review.card_id, CardVersion.version > review.card_version)
        .order_by(CardVersion.version)
        .limit(1)
    )


def _keep(person_id: int, card_id: int, memory: Memory) -> None:
    rows(_KEEP_STATE, of_person=person_id, of_card=card_id, **vars(memory))


@lru_cache
def _keep_review(_dialect: str) -> Any:
    insertion = insert_or(Review.__table__)
    return insertion.on_conflict_do_nothing(index_elements=["person_id", "key"]).returning(Review.id)
