"""What somebody remembers of a card: always what FSRS gives for their answers in the order of their happening."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from itertools import groupby
from typing import Any

from sqlalchemy import bindparam, delete, exists, insert, select, update

from portal.db import db, insert_or, rows
from portal.drills import schedule
from portal.drills.models import Card, CardState, CardVersion, FieldEvent, Review
from portal.drills.queries import STANDS
from portal.drills.schedule import Memory

_states = CardState.__table__
_KEEP_STATE = update(_states).where(  # type: ignore[arg-type]
    _states.c.person_id == bindparam("of_person"), _states.c.card_id == bindparam("of_card")
)
_ANSWERS = (
    select(
        Review.id,
        Review.card_id,
        Review.card_version,
        Review.rating,
        Review.retention,
        Review.at,
        Review.key,
        Review.before,
        STANDS.label("stands"),
        Card.version,
    )
    .join(Card, Card.id == Review.card_id)
    .where(Review.person_id == bindparam("person_id"), Review.rating > 0)
    .order_by(Review.card_id, Review.id)
)
_ANSWERS_OF_CARD = _ANSWERS.where(Review.card_id == bindparam("card_id"))
_REWORDED = (
    select(CardVersion.at)
    .where(CardVersion.card_id == bindparam("card_id"), CardVersion.version > bindparam("version"))
    .order_by(CardVersion.version)
    .limit(1)
)


def place_of(person_id: int, card_id: int) -> str:
    """What `schedule.asked_at` spreads by."""
    return f"{person_id}-{card_id}"


def keep(person_id: int, card_id: int, memory: Memory) -> None:
    """Keep what somebody remembers of a card that they practise; nothing is kept of one they don't."""
    asked_at = schedule.asked_at(memory, place_of(person_id, card_id))
    rows(_KEEP_STATE, of_person=person_id, of_card=card_id, asked_at=asked_at, **vars(memory))


def keep_review(values: dict[str, Any]) -> int | None:
    """Add an answer, and return its id; None when its key came before."""
    insertion = _review_insertion(db.session.get_bind().dialect.name)
    return rows(insertion, **values).scalar()


def recall_anew(person_id: int, card_id: int) -> None:
    """Work out one card from all its answers, after one came late or was taken back."""
    told = rows(_ANSWERS_OF_CARD, person_id=person_id, card_id=card_id).all()
    if told:
        keep(person_id, card_id, _replayed(told))


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
    cards = {
        row.id: row
        for row in db.session.execute(
            select(Card.id, Card.deck_id, Card.is_retired).where(
                Card.id.in_(select(Review.card_id).where(Review.person_id == person_id))
            )
        )
    }
    begun = set(db.session.scalars(select(CardState.card_id).where(CardState.person_id == person_id)))
    from_field = set(db.session.scalars(select(FieldEvent.review_id).where(FieldEvent.person_id == person_id)))
    for card_id, group in groupby(rows(_ANSWERS, person_id=person_id), key=lambda row: row.card_id):
        told = list(group)
        # A line that was only ever said to clients is not practised yet; it waits for the deck to be begun.
        if card_id not in begun and all(answer.id in from_field for answer in told):
            continue
        memory = _replayed(told)
        yield {
            "person_id": person_id,
            "card_id": card_id,
            "deck_id": cards[card_id].deck_id,
            "is_asleep": cards[card_id].is_retired,
            "asked_at": schedule.asked_at(memory, place_of(person_id, card_id)),
            **vars(memory),
        }


def _replayed(told: Sequence[Any]) -> Memory:
    """The answers to one card in the order of their arrival become a memory in the order of their happening."""
    memory = schedule.recalled(told[0].before)
    # Two answers of one moment are told apart by their keys: the order must not hang on which arrived first.
    answers = sorted((answer for answer in told if answer.stands), key=lambda answer: (answer.at, answer.key))
    memory = schedule.replayed(memory, ((answer.rating, answer.at, answer.retention) for answer in answers))
    reworded_at = _reworded_since_or_none(answers) if answers else None
    return schedule.reworded(memory, reworded_at) if reworded_at else memory


def _reworded_since_or_none(answers: Sequence[Any]) -> datetime | None:
    seen = max(answer.card_version for answer in answers)
    if seen >= answers[0].version:
        return None
    return rows(_REWORDED, card_id=answers[0].card_id, version=seen).scalar()


@lru_cache
def _review_insertion(_dialect: str) -> Any:
    insertion = insert_or(Review.__table__)
    return insertion.on_conflict_do_nothing(index_elements=["person_id", "key"]).returning(Review.id)
