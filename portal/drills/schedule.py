"""When a card is asked again: FSRS works out the moment, and a card is due on the day that the moment falls on."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from functools import cache
from typing import Any
from zlib import crc32

from fsrs import Card, Rating, Scheduler, State

from portal import clock

USUAL_RETENTION = 90
LEAST_RETENTION, MOST_RETENTION = 80, 95
"""The share of cards to keep in mind, in percent: less forgets too much, more asks every few days for ever."""
NEW_A_DAY = 20
MOST_A_DAY = 40
"""Cards seen before that a day holds; more would be a wall. See `plan`."""
MOST_A_SESSION = 30
CARDS_A_MINUTE = 4
MOST_LATE = timedelta(days=60)
"""An answer that claims to be older than this counts from its arrival."""
LEAST_SPREAD, MOST_MOVED = 4, 4
_MOMENTS = ("due_at", "last_review_at", "first_at")


@dataclass(frozen=True)
class Memory:
    """What a person remembers of a card; the columns of a card state that reviews decide."""

    due_at: datetime
    state: int = 0
    step: int | None = None
    stability: float | None = None
    difficulty: float | None = None
    last_review_at: datetime | None = None
    first_at: datetime | None = None
    reps: int = 0
    lapses: int = 0
    is_changed: bool = False

    def kept(self) -> dict[str, Any]:
        """As a review keeps it."""
        moments = {name: value.isoformat() for name in _MOMENTS if (value := getattr(self, name))}
        return {**vars(self), **moments}


@cache
def scheduler(retention: int = USUAL_RETENTION) -> Scheduler:
    """FSRS for somebody who wants to keep so many cards of a hundred in mind."""
    return Scheduler(
        desired_retention=retention / 100,
        # One short step: who knew a new card sees it again in days, who didn't sees it again in this session.
        learning_steps=(timedelta(minutes=5),),
        relearning_steps=(timedelta(minutes=5),),
        # Without chance the buttons can name the very interval, and states can be worked out anew from the reviews.
        enable_fuzzing=False,
    )


def recalled(kept: dict[str, Any]) -> Memory:
    """A memory as a review kept it."""
    moments = {name: datetime.fromisoformat(kept[name]).astimezone(UTC) for name in _MOMENTS if kept[name]}
    return Memory(**{**kept, **moments})


def after(memory: Memory, rating: int, now: datetime, retention: int = USUAL_RETENTION) -> Memory:
    """What is remembered once the card was answered: 1 again, 2 hard, 3 good, 4 easy."""
    card, _ = scheduler(retention).review_card(_card(memory), Rating(rating), now)
    return Memory(
        due_at=card.due,
        state=card.state.value,
        step=card.step,
        stability=card.stability,
        difficulty=card.difficulty,
        last_review_at=now,
        first_at=memory.first_at or now,
        reps=memory.reps + 1,
        lapses=memory.lapses + (memory.state == State.Review and rating == Rating.Again),
    )


def replayed(memory: Memory, answers: Iterable[tuple[int, datetime, int]]) -> Memory:
    """What is remembered after several answers, each with its moment and the retention wanted then."""
    for rating, at, retention in answers:
        memory = after(memory, rating, at, retention)
    return memory


def happened_at(said: datetime | None, now: datetime) -> datetime:
    """When something happened: as the device says if that can be, else now. Clocks of devices may be wrong."""
    return said if said is not None and now - MOST_LATE <= said <= now else now


def still_there(memory: Memory, now: datetime) -> float:
    """How likely somebody still has a card in mind, from 0 to 1; 0 for one they never saw."""
    return scheduler().get_card_retrievability(_card(memory), now) if memory.state else 0.0


def reworded(memory: Memory, at: datetime) -> Memory:
    """The card's words changed: who has answered it is asked again soon, and keeps what they remember."""
    return replace(memory, is_changed=True, due_at=min(memory.due_at, at)) if memory.state else memory


def intervals(memory: Memory, now: datetime, retention: int, place: str) -> list[tuple[int, str]]:
    """Each rating with the time until the card would be asked again, in words."""
    later = [(rating.value, after(memory, rating.value, now, retention)) for rating in Rating]
    return [(rating, said(asked_at(memory, place) - now)) for rating, memory in later]


def said(interval: timedelta) -> str:
    """A time until the next review: 'again today', 'tomorrow', 'in 3 days', 'in 5 weeks', 'in 4 months'."""
    days = round(interval / timedelta(days=1))
    if days < 1:
        return "again today"
    if days == 1:
        return "tomorrow"
    for most, unit, length in ((14, "day", 1), (60, "week", 7), (700, "month", 30.4)):
        if days < most:
            return f"in {round(days / length)} {unit}s"
    return f"in {round(days / 365)} years"


def asked_at(memory: Memory, place: str) -> datetime:
    """FSRS's moment, moved by a few days at most so that cards learnt together don't all come back on one day.

    Four days of waiting and more may become a twelfth longer or shorter, by four days at most. Which day follows
    from the card, the person (`place` names both) and the number of answers alone: not from chance, and not from
    the other cards, so that answers which arrive late or out of order lead to the same day.
    """
    if memory.state != State.Review or memory.is_changed or memory.last_review_at is None:
        return memory.due_at
    waited = (memory.due_at - memory.last_review_at) / timedelta(days=1)
    room = min(MOST_MOVED, max(1, round(waited / 12))) if waited >= LEAST_SPREAD else 0
    number = crc32(f"{place}-{memory.reps}".encode())
    return memory.due_at + timedelta(days=number % (2 * room + 1) - room)


def day_of(now: datetime, zone: str) -> tuple[datetime, datetime]:
    """When the present day began for somebody, and when it ends."""
    there = clock.zone(zone)
    midnight = datetime.combine(now.astimezone(there).date(), time(), tzinfo=there)
    # Added before leaving the zone, so that a day of 23 or 25 hours ends at its own midnight.
    return midnight.astimezone(UTC), (midnight + timedelta(days=1)).astimezone(UTC)


def minutes(cards: int) -> int:
    """How long a number of cards takes; nothing for none."""
    return -(-cards // CARDS_A_MINUTE)


def _card(memory: Memory) -> Card:
    return Card(
        card_id=0,
        state=State(memory.state or State.Learning),
        step=memory.step,
        stability=memory.stability,
        difficulty=memory.difficulty,
        due=memory.due_at,
        last_review=memory.last_review_at,
    )
