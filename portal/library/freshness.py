"""Whether an item can still be relied on: fresh, soon to be looked at again, or past its review date."""

from datetime import date, timedelta
from enum import StrEnum

SOON = timedelta(days=30)


class Freshness(StrEnum):
    """How an item stands to its review date."""

    UNDATED = "undated"
    FRESH = "fresh"
    SOON = "soon"
    PAST = "past"


def freshness(review_on: date | None, today: date) -> Freshness:
    """Where an item stands on a day; the review date itself still counts as good."""
    if review_on is None:
        return Freshness.UNDATED
    if review_on < today:
        return Freshness.PAST
    return Freshness.SOON if review_on - today <= SOON else Freshness.FRESH
