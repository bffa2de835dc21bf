"""What the coming week holds: cards by day, and the bars that show them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from portal import clock
from portal.drills.schedule import MOST_A_DAY, NEW_A_DAY

DAYS = 7
TALLEST = 60


@dataclass(frozen=True)
class Bar:
    """One day of the forecast."""

    on: date
    name: str
    cards: int
    x: int
    height: int


def days(
    dues: Iterable[datetime], *, new: int, new_today: int, today: date, zone: str, old_today: int = MOST_A_DAY
) -> list[int]:
    """How many cards the coming seven days hold: what is overdue counts today, what a day can't hold goes on.

    `new_today` and `old_today` are how many new and other cards today still takes.
    """
    counted = Counter(max(0, (clock.day_in(due, zone) - today).days) for due in dues)
    coming, over = [], 0
    for day in range(DAYS):
        begun = min(new, new_today if day == 0 else NEW_A_DAY)
        held = min(counted[day] + over, old_today if day == 0 else MOST_A_DAY)
        new, over = new - begun, counted[day] + over - held
        coming.append(held + begun)
    return coming


def bars(cards: list[int], today: date) -> list[Bar]:
    """The days side by side, the fullest as tall as the picture allows."""
    most = max(cards, default=0) or 1
    return [
        Bar(
            on := today + timedelta(days=place),
            "Today" if place == 0 else f"{on:%a}",
            n,
            x=8 + place * 48,
            height=round(TALLEST * n / most) or (2 if n else 0),
        )
        for place, n in enumerate(cards)
    ]


def reading(shown: list[Bar]) -> str:
    """The picture in one sentence."""
    total = sum(bar.cards for bar in shown)
    if not total:
        return "Nothing comes up in the coming seven days."
    fullest = max(shown, key=lambda bar: bar.cards)
    when = "today" if fullest.name == "Today" else f"on {fullest.on:%A}"
    return f"{total} {'card' if total == 1 else 'cards'} in seven days, most of them {when} ({fullest.cards})."
