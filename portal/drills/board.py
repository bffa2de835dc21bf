"""The page of decks: what is due where, what the week holds, and what could be begun."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from portal.accounts.viewer import Viewer
from portal.drills import forecast, queries, schedule
from portal.drills.plan import Day
from portal.drills.schedule import MOST_A_DAY, NEW_A_DAY


@dataclass(frozen=True)
class DeckRow:
    """One deck on the page."""

    key: str
    title: str
    size: int
    now: int
    """Cards to practise today."""
    fresh: int
    """How many of them are new."""
    minutes: int
    seen: int
    firm: int


@dataclass(frozen=True)
class Board:
    """All that the page shows."""

    begun: list[DeckRow]
    waiting: list[DeckRow]
    cards: int
    minutes: int
    held_back: int
    """Cards that are due and wait for another day."""
    bars: list[forecast.Bar]
    reading: str


def of(viewer: Viewer, now: datetime) -> Board:
    """The decks of one person, those with the most to do first."""
    found = queries.board(viewer, now)
    day = queries.today(viewer, now)
    rows = [(row, _deck(row, day)) for row in found]
    begun = sorted((deck for row, deck in rows if row.held), key=lambda deck: -deck.now)
    bars = _bars(viewer, now, found)
    return Board(
        begun=begun,
        waiting=[deck for row, deck in rows if not row.held],
        cards=len(day.cards),
        minutes=schedule.minutes(len(day.cards)),
        held_back=day.old_waiting,
        bars=bars,
        reading=forecast.reading(bars),
    )


def _bars(viewer: Viewer, now: datetime, found: Any) -> list[forecast.Bar]:
    new_today, old_today = (found[0].new_today, found[0].old_today) if found else (0, 0)
    today = viewer.today(now)
    coming = forecast.days(
        queries.coming(viewer, now),
        new=sum(row.new for row in found),
        new_today=max(0, NEW_A_DAY - new_today),
        old_today=max(0, MOST_A_DAY - old_today),
        today=today,
        zone=viewer.zone,
    )
    return forecast.bars(coming, today)


def _deck(row: Any, day: Day) -> DeckRow:
    cards = [card for card in day.cards if card.deck_key == row.key]
    return DeckRow(
        key=row.key,
        title=row.title,
        size=row.size,
        now=len(cards),
        fresh=sum(card.state == 0 for card in cards),
        minutes=schedule.minutes(len(cards) if row.held else row.size),
        seen=row.seen,
        firm=row.firm,
    )
