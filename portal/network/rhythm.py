"""When to be in touch next."""

from datetime import date, timedelta
from typing import Protocol

from portal.network.models import Pace, Tier

DAYS = {Tier.INNER: 30, Tier.MIDDLE: 90, Tier.OUTER: 180}
"""How many days apart to be in touch, by tier."""


class Rhythmic(Protocol):
    """What the rhythm goes by."""

    tier: Tier
    pace: Pace
    rhythm_days: int | None
    snoozed_until: date | None
    last_touch_on: date | None
    due_on: date | None


def next_on(contact: Rhythmic, today: date) -> date | None:
    """The day to be in touch next; today for somebody with whom there was no touch yet, None while it doesn't run."""
    if contact.pace != Pace.RUNNING:
        return None
    days = contact.rhythm_days or DAYS[contact.tier]
    due = contact.last_touch_on + timedelta(days=days) if contact.last_touch_on else contact.due_on or today
    return max(due, contact.snoozed_until) if contact.snoozed_until else due


def settle(contact: Rhythmic, today: date) -> None:
    """Let the day follow from the facts."""
    contact.due_on = next_on(contact, today)
