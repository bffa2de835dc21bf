"""How a network grew and how broad it is, month by month, worked out from contacts and touches."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from portal.charts import share
from portal.network.models import Relation, Tier

MONTHS = 12


@dataclass(frozen=True)
class Kept:
    """A contact, as far as growth goes by it."""

    id: int
    kept_on: date
    relation: Relation
    tier: Tier
    days: int
    """How many days apart to be in touch."""


@dataclass(frozen=True)
class Month:
    """How a network stood at the end of a month, or now."""

    first_on: date
    contacts: int
    added: int
    relations: int
    tiers: int
    touches: int
    in_rhythm: int
    """With how many one was in touch within their rhythm."""

    @property
    def percent(self) -> int:
        """The share with whom one was in touch within their rhythm."""
        return share(self.in_rhythm, self.contacts)


def months_until(today: date, several: int = MONTHS) -> list[date]:
    """The first days of the last months, this one included, oldest first."""
    place = today.year * 12 + today.month - 1
    return [date((place - back) // 12, (place - back) % 12 + 1, 1) for back in range(several - 1, -1, -1)]


def by_month(contacts: Iterable[Kept], touches: Iterable[tuple[int, date]], today: date) -> list[Month]:
    """Each month's end, and today for the month that runs. Contacts that were erased are in none of them."""
    kept = sorted(contacts, key=lambda one: one.kept_on)
    days: Mapping[int, list[date]] = defaultdict(list)
    for contact_id, on in sorted(touches):
        days[contact_id].append(on)
    return [_month(first, kept, days, today) for first in months_until(today)]


def _month(first: date, kept: Sequence[Kept], days: Mapping[int, list[date]], today: date) -> Month:
    last = min(_last_of(first), today)
    here = [one for one in kept if one.kept_on <= last]
    return Month(
        first,
        len(here),
        sum(one.kept_on >= first for one in here),
        len({one.relation for one in here}),
        len({one.tier for one in here}),
        sum(_between(days.get(one.id, ()), first, last) for one in kept),
        sum(_is_in_rhythm(days.get(one.id, ()), one.days, last) for one in here),
    )


def _between(days: Sequence[date], first: date, last: date) -> int:
    return bisect_right(days, last) - bisect_right(days, first - timedelta(days=1))


def _is_in_rhythm(days: Sequence[date], rhythm: int, on: date) -> bool:
    before = bisect_right(days, on)
    return before > 0 and (on - days[before - 1]).days <= rhythm


def _last_of(first: date) -> date:
    return date(first.year + first.month // 12, first.month % 12 + 1, 1) - timedelta(days=1)


def reading(months: Sequence[Month]) -> str:
    """How it went, in a sentence."""
    then, now = months[0], months[-1]
    if not now.contacts:
        return "Nobody is in your network yet."
    grown = now.contacts - then.contacts
    said = f"{now.contacts:,} contacts" if now.contacts != 1 else "One contact"
    said += f", {grown:,} more than at the end of {then.first_on:%B %Y}" if then.contacts and grown > 0 else ""
    said += f", in {now.relations} of {len(Relation)} kinds of relation."
    return f"{said} You are in touch within the rhythm with {now.percent}%."
