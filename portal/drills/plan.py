"""What a day holds: what is due, up to a cap, and a few new cards; after an absence, what is worth most first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from portal.drills import schedule
from portal.drills.schedule import MOST_A_DAY, NEW_A_DAY, Memory

CLAIM_COUNTS = 2
"""A line of the pitch is worth as much as so many other cards: it is what people are asked for."""


class Candidate(NamedTuple):
    """A card that is due, or new."""

    card_id: int
    deck_id: int
    deck_key: str
    deck_title: str
    is_claim: bool
    state: int
    asked_at: datetime
    stability: float | None
    last_review_at: datetime | None
    position: int
    new_today: int
    """New cards that this person has had today."""
    old_today: int
    """Others that they have had today."""


@dataclass(frozen=True)
class Day:
    """The cards of today in their order, and how many wait for another day."""

    cards: list[Candidate]
    old_waiting: int
    new_waiting: int

    @property
    def is_way_back(self) -> bool:
        """Whether more is due than a day holds."""
        return self.old_waiting > 0

    @property
    def new(self) -> int:
        """How many of today's cards are new."""
        return sum(card.state == 0 for card in self.cards)


def of(candidates: Sequence[Candidate], *, midnight: datetime, now: datetime) -> Day:
    """Choose today's cards among those that are due and new.

    Up to forty a day that were seen before, not counting those answered today that come again at once, and twenty
    new ones. When more is due, the most valuable come first and the others wait.
    """
    if not candidates:
        return Day([], 0, 0)
    old_room = max(0, MOST_A_DAY - candidates[0].old_today)
    new_room = max(0, NEW_A_DAY - candidates[0].new_today)
    again = [card for card in candidates if card.state and _was_today(card, midnight)]
    old = [card for card in candidates if card.state and not _was_today(card, midnight)]
    new = sorted((card for card in candidates if not card.state), key=lambda card: (card.deck_id, *_place(card)))
    is_full = len(old) > old_room
    old.sort(key=lambda card: (-value(card, now), *_place(card)) if is_full else (card.asked_at, *_place(card)))
    chosen = old[:old_room]
    # What is being learned waits for its minutes while there is anything else; then it comes early.
    ready = sorted((card for card in again if card.asked_at <= now), key=lambda card: (card.asked_at, *_place(card)))
    waiting = sorted((card for card in again if card.asked_at > now), key=lambda card: (card.asked_at, *_place(card)))
    return Day([*ready, *chosen, *new[:new_room], *waiting], len(old) - len(chosen), len(new) - len(new[:new_room]))


def value(card: Candidate, now: datetime) -> float:
    """What answering a card now is worth: what is about to be lost, times what it counts.

    Nothing is lost yet of what is well known, and what is gone has to be learnt anew whenever that is; between the two,
    where it could go either way, an answer saves most.
    """
    memory = Memory(now, card.state, stability=card.stability, last_review_at=card.last_review_at)
    there = schedule.still_there(memory, now)
    return there * (1 - there) * (CLAIM_COUNTS if card.is_claim else 1)


def _was_today(card: Candidate, midnight: datetime) -> bool:
    return card.last_review_at is not None and card.last_review_at >= midnight


def _place(card: Candidate) -> tuple[int, int]:
    return card.position, card.card_id
