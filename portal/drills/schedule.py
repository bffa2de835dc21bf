"""When a card is asked again: FSRS works out the moment, and a card is due on the day that the moment falls on."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

from fsrs import Card, Rating, Scheduler, State

from portal import clock

SCHEDULER = Scheduler(
    desired_retention=0.9,
    # One short step: who knew a new card sees it again in days, who didn't sees it again in this session.
    learning_steps=(timedelta(minutes=5),),
    relearning_steps=(timedelta(minutes=5),),
    # Without chance the buttons can name the very interval, and states can be worked out anew from the reviews.
    enable_fuzzing=False,
)
NEW_A_DAY = 20
MOST_A_SESSION = 30
CARDS_A_MINUTE = 4
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


def recalled(kept: dict[str, Any]) -> Memory:
    """A memory as a review kept it."""
    moments = {name: datetime.fromisoformat(kept[name]).astimezone(UTC) for name in _MOMENTS if kept[name]}
    return Memory(**{**kept, **moments})


def after(memory: Memory, rating: int, now: datetime) -> Memory:
    """What is remembered once the card was answered: 1 again, 2 hard, 3 good, 4 easy."""
    card, _ = SCHEDULER.review_card(_card(memory), Rating(rating), now)
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


def replayed(memory: Memory, answers: Iterable[tuple[int, datetime]]) -> Memory:
    """What is remembered after several answers."""
    for rating, at in answers:
        memory = after(memory, rating, at)
    return memory


def still_there(memory: Memory, now: datetime) -> float:
    """How likely somebody still has a card in mind, from 0 to 1; 0 for one they never saw."""
    return SCHEDULER.get_card_retrievability(_card(memory), now) if memory.state else 0.0


def reworded(memory: Memory, at: datetime) -> Memory:
    """The card's words changed: who has answered it is asked again soon, and keeps what they remember."""
    return replace(memory, is_changed=True, due_at=min(memory.due_at, at)) if memory.state else memory


def intervals(memory: Memory, now: datetime) -> list[tuple[int, str]]:
    """Each rating with the time until the card would come again, in words."""
    return [(rating.value, said(after(memory, rating.value, now).due_at - now)) for rating in Rating]


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
