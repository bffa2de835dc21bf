"""The page of decks: what is due where, what the week holds, and what could be begun."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from portal.accounts.viewer import Viewer
from portal.drills import forecast, queries, schedule
from portal.drills.schedule import NEW_A_DAY


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
    bars: list[forecast.Bar]
    reading: str


def of(viewer: Viewer, now: datetime) -> Board:
    """The decks of one person, those with the most to do first."""
    found = queries.board(viewer, now)
    rows = [(row, _deck(row)) for row in found]
    begun = sorted((deck for row, deck in rows if row.held), key=lambda deck: -deck.now)
    left_today = max(0, NEW_A_DAY - found[0].new_today) if found else NEW_A_DAY
    new = sum(row.new for row in found)
    total = sum(row.due for row in found) + min(new, left_today)
    today = viewer.today(now)
    coming = forecast.days(queries.coming(viewer, now), new=new, new_today=left_today, today=today, zone=viewer.zone)
    bars = forecast.bars(coming, today)
    return Board(
        begun=begun,
        waiting=[deck for row, deck in rows if not row.held],
        cards=total,
        minutes=schedule.minutes(total),
        bars=bars,
        reading=forecast.reading(bars),
    )


def _deck(row: Any) -> DeckRow:
    now = queries.left_in(row)
    return DeckRow(
        key=row.key,
        title=row.title,
        size=row.size,
        now=now,
        fresh=now - row.due,
        minutes=schedule.minutes(now if row.held else row.size),
        seen=row.seen,
        firm=row.firm,
    )
