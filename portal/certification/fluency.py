"""Fluency: which share of a practice is certified on what is said, day by day, and how long a version took."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

SHARES = (50, 80, 95)
WIDTH, HEIGHT = 320, 120
SPAN = 180
WORDS = {50: "half", 80: "four of five", 95: "nineteen of twenty"}


@dataclass(frozen=True)
class Curve:
    """One version's way."""

    number: int
    published_on: date
    people: int
    certified: Sequence[int]
    """How many were certified at the end of each day, from the day of publishing on."""
    days_to: Mapping[int, int | None]
    """Days until each of `SHARES` was reached first; None where it was not."""

    @property
    def percent(self) -> int:
        """The share on the last day, rounded down, so that 100 means everybody."""
        return 100 * self.certified[-1] // self.people if self.people and self.certified else 0

    def line(self, span: int) -> str:
        """The points of the picture over so many days, from left to right."""
        top, step = max(self.people, 1), WIDTH / max(1, span)
        return " ".join(
            f"{step * day:.1f},{HEIGHT - HEIGHT * min(n, top) / top:.1f}"
            for day, n in enumerate(self.certified[: span + 1])
        )


def span(curves: Sequence[Curve]) -> int:
    """Over how many days curves are drawn, so that they can be compared: no more than half a year."""
    return min(SPAN, max((len(each.certified) - 1 for each in curves), default=1)) or 1


def curve(
    number: int, published_on: date, counts: Mapping[date, int], *, people: int, until: date, shown: int = 366
) -> Curve:
    """From what was counted on each day; `people` is how many there are now."""
    days = min(max(0, (until - published_on).days), shown)
    running = sum(n for on, n in counts.items() if on < published_on)
    certified = []
    for day in range(days + 1):
        running += counts.get(published_on + timedelta(days=day), 0)
        certified.append(max(0, running))
    return Curve(number, published_on, people, certified, days_to(certified, people))


def days_to(certified: Sequence[int], people: int) -> dict[int, int | None]:
    """After how many days each share was reached first."""
    return {
        share: next((day for day, n in enumerate(certified) if people and 100 * n >= share * people), None)
        for share in SHARES
    }


def reading(shown: Curve | None) -> str:
    """What the curve says, in a sentence."""
    if shown is None or not shown.people:
        return "There is nobody here yet."
    # Of shares that were reached on one day, the greatest says it.
    reached = sorted((share, days) for days, share in {d: s for s, d in shown.days_to.items() if d is not None}.items())
    if not reached:
        return f"{shown.percent}% are certified {_after(len(shown.certified) - 1)}; half have not been reached yet."
    parts = [
        f"{WORDS[share]} were fluent {_after(days)}" if not n else f"{WORDS[share]} {_after(days)}"
        for n, (share, days) in enumerate(reached)
    ]
    said = "; ".join(parts)
    return f"{said[:1].upper()}{said[1:]}."


def _after(days: int) -> str:
    if days == 0:
        return "on the day it came"
    if days >= 14 and days % 7 == 0:
        return f"after {days // 7} weeks"
    return "after a day" if days == 1 else f"after {days} days"
