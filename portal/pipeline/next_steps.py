"""When a next step is due, when an opportunity is stale, and how both are said."""

from collections.abc import Mapping
from datetime import date, timedelta

from portal.clock import said_day
from portal.pipeline.stages import Stage

FURTHEST = timedelta(days=3653)


def is_sensible(day: date, today: date) -> bool:
    """Whether a day is within ten years of today; others are slips of the finger."""
    return abs(day - today) <= FURTHEST


def said_due(day: date, today: date) -> str:
    """When a next step is due, in words: 'due Friday', '3 days overdue'."""
    late = (today - day).days
    if late > 0:
        return f"{late} {'day' if late == 1 else 'days'} overdue"
    return f"due {said_day(day, today)}"


def stale_on(stage: Stage, changed_on: date, next_on: date | None, limits: Mapping[Stage, int]) -> date | None:
    """From which day on an opportunity is stale unless something happens: after the days that its stage allows, and not
    while a next step lies ahead. Never where no limit is set: what is closed or rests."""
    if stage not in limits:
        return None
    then = changed_on + timedelta(days=limits[stage])
    return max(then, next_on + timedelta(days=1)) if next_on else then


def said_still(changed_on: date, today: date) -> str:
    """For how long nothing happened: 'nothing for 34 days'."""
    days = max(0, (today - changed_on).days)
    return f"nothing for {days} {'day' if days == 1 else 'days'}"
