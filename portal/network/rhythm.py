"""When to be in touch next.

The day is the latest of three: the last touch and the days of the rhythm, the first day of somebody who was kept just
now, and the end of a snooze. So a later touch or a snooze never brings it nearer, and taking one back restores it.
"""

import zlib
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Protocol

from portal.network.models import Pace, Tier

DAYS = {Tier.INNER: 30, Tier.MIDDLE: 90, Tier.OUTER: 180}
"""How many days apart to be in touch, by tier, as the firm has it."""
PARTS = 1000
"""Of how many parts of the first stretch a stagger counts."""
LATEST = date(9999, 1, 1)


class Rhythmic(Protocol):
    """What the rhythm goes by."""

    tier: Tier
    pace: Pace
    rhythm_days: int | None
    snoozed_until: date | None
    started_on: date
    stagger: int
    last_touch_on: date | None
    due_on: date | None


def days_of(contact: Rhythmic, tier_days: Mapping[Tier, int] = DAYS) -> int:
    """How many days apart to be in touch with this contact."""
    return contact.rhythm_days or tier_days[contact.tier]


def first_on(contact: Rhythmic, tier_days: Mapping[Tier, int] = DAYS) -> date:
    """The day before which somebody who was kept just now is never due."""
    return _later(contact.started_on, days_of(contact, tier_days) * contact.stagger // PARTS)


def next_on(contact: Rhythmic, tier_days: Mapping[Tier, int] = DAYS) -> date | None:
    """The day to be in touch next; None while the rhythm doesn't run."""
    if contact.pace != Pace.RUNNING:
        return None
    due = first_on(contact, tier_days)
    if contact.last_touch_on:
        due = max(due, _later(contact.last_touch_on, days_of(contact, tier_days)))
    return max(due, contact.snoozed_until) if contact.snoozed_until else due


def settle(contact: Rhythmic, tier_days: Mapping[Tier, int] = DAYS) -> None:
    """Let the day follow from the facts."""
    contact.due_on = next_on(contact, tier_days)


def spread(name: str, organisation: str = "") -> int:
    """A stagger that is always the same for somebody, and different for most others."""
    return zlib.crc32(f"{name.casefold()}\n{organisation.casefold()}".encode()) % PARTS


def _later(day: date, days: int) -> date:
    return day + timedelta(days=days) if day < LATEST else day
