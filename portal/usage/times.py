"""Over which time figures are shown, and by which steps; pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from portal.clock import week_of

TIMES = {"month": "30 days", "quarter": "13 weeks", "year": "12 months", "all": "All the time"}
STEPS = {"day": "day", "week": "week", "month": "month"}
MOST_STEPS = 120
_DAYS = {"month": 30, "quarter": 91, "year": 365}
_USUAL = {"month": "day", "quarter": "week", "year": "month", "all": "month"}


@dataclass(frozen=True)
class Span:
    """A time, up to today, divided into steps."""

    key: str
    step: str
    since: date
    until: date

    @property
    def starts(self) -> list[date]:
        """The first days of the steps, oldest first; the first one may begin before the time does."""
        starts = [start_of(self.since, self.step)]
        while (following := _next(starts[-1], self.step)) <= self.until:
            starts.append(following)
        return starts

    @property
    def days(self) -> int:
        """How many days it is long, today among them."""
        return (self.until - self.since).days + 1


def span(key: str, step: str, *, first_on: date, today: date) -> Span:
    """The time that was asked for; all the time begins on the item's first day. Steps that would be too many for a
    picture become longer ones."""
    key = key if key in TIMES else "quarter"
    since = today - timedelta(days=_DAYS[key] - 1) if key in _DAYS else min(first_on, today)
    step = step if step in STEPS else _USUAL[key]
    days = (today - since).days + 1
    if step == "day" and days > MOST_STEPS:
        step = "week"
    if step == "week" and days > 7 * MOST_STEPS:
        step = "month"
    return Span(key, step, since, today)


def start_of(day: date, step: str) -> date:
    """The first day of the step that a day falls in."""
    return {"day": day, "week": week_of(day), "month": day.replace(day=1)}[step]


def _next(start: date, step: str) -> date:
    if step == "month":
        return (start + timedelta(days=32)).replace(day=1)
    return start + timedelta(days=7 if step == "week" else 1)


def said_start(start: date, step: str) -> str:
    """A step in words, for tables: '4 March 2026', 'March 2026'."""
    return f"{start:%B %Y}" if step == "month" else f"{start.day} {start:%B %Y}"


def stepped(
    days: Iterable[tuple[date, Mapping[str, int]]], span: Span, keys: Sequence[str]
) -> list[tuple[date, dict[str, int]]]:
    """What was counted by day, added up by steps; none is left out, so that quiet times are seen."""
    sums = {start: dict.fromkeys(keys, 0) for start in span.starts}
    for on, counted in days:
        into = sums.get(start_of(on, span.step))
        if into is not None:
            for key in keys:
                into[key] += counted[key]
    return list(sums.items())


def next_quarter(today: date, least: int = 45) -> date:
    """The first day of the next quarter that is far enough away for something to have happened."""
    start = date(today.year, 3 * ((today.month - 1) // 3) + 1, 1)
    while (start - today).days < least:
        start = (start + timedelta(days=95)).replace(day=1)
    return start


def window_start(today: date) -> date:
    """Since when the scoreboard looks: the first day of the month three months ago."""
    months = today.year * 12 + today.month - 1 - 3
    return date(months // 12, months % 12 + 1, 1)
