"""How much hangs on few people, per practice and quarter, read from the sums by quarter and person."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import BigInteger, cast, func, select

from portal import charts
from portal.accounts import queries as accounts
from portal.accounts.models import Person, Practice
from portal.accounts.viewer import Viewer
from portal.credit import alone, concentration
from portal.credit.concentration import Concentration
from portal.credit.periods import QUARTERS, last_quarters, said_quarter
from portal.db import db
from portal.errors import NotFound
from portal.pipeline.origination_models import OriginationSum
from portal.pipeline.shares import ORIGINATING

TOP = 8
"""So many people are named."""
ROLES = {"origination": ORIGINATING, "all": None}


@dataclass(frozen=True)
class Quarter:
    """One quarter."""

    name: str
    found: Concentration
    runs: bool
    """Whether it isn't over yet."""


@dataclass(frozen=True)
class Carrier:
    """Somebody who carries much of it, and what hangs on them alone."""

    id: int
    name: str
    is_active: bool
    amount: int
    share: float
    clients: int
    opportunities: int
    worth: int


@dataclass(frozen=True)
class Risk:
    """All that the page shows."""

    practice: Practice
    counts: str
    now: Concentration
    """The last four quarters together."""
    reading: str
    curve: list[tuple[float, float]]
    quarters: list[Quarter]
    top: charts.Spark | None
    """The largest share over the quarters in which something was won; one of them is no line."""
    carriers: list[Carrier]


def risk(practice: Practice, counts: str, today: date) -> Risk:
    """How concentrated a practice is, with all below it."""
    quarters = last_quarters(today)
    by_quarter: dict[date, Counter[int]] = defaultdict(Counter)
    for quarter, person_id, amount in db.session.execute(_sums(practice, counts, quarters[0])):
        by_quarter[quarter][person_id] += amount
    recent: Counter[int] = Counter()
    for quarter in quarters[-4:]:
        recent.update(by_quarter[quarter])
    now = concentration.concentration(recent.values())
    rows = [
        Quarter(said_quarter(each), concentration.concentration(by_quarter[each].values()), each == quarters[-1])
        for each in quarters
    ]
    begun = next((place for place, row in enumerate(rows) if row.found.people), len(rows))
    rows = rows[min(begun, QUARTERS - 4) :]
    tops = [concentration.percent(row.found.top) for row in rows if row.found.people]
    return Risk(
        practice,
        counts,
        now,
        concentration.said(now),
        concentration.curve(recent.values()),
        rows,
        charts.spark(tops, [f"{top}%" for top in tops], "quarter") if len(tops) > 1 else None,
        _carriers(recent, now.total),
    )


def person_for(viewer: Viewer, practice: Practice, person_id: int) -> Person:
    """Somebody whom this leader leads, or who is credited with work of this practice; NotFound hides the rest."""
    person = db.session.get(Person, person_id)
    if person is None:
        raise NotFound
    led = select(Practice.id).where(Practice.id == person.practice_id, accounts.below(accounts.led_paths(viewer)))
    named = (
        select(OriginationSum.person_id)
        .join(Practice, Practice.id == OriginationSum.practice_id)
        .where(OriginationSum.person_id == person_id, accounts.below([practice.path]))
        .limit(1)
    )
    if db.session.scalar(led) is None and db.session.scalar(named) is None:
        raise NotFound
    return person


def _sums(practice: Practice, counts: str, since: date) -> Any:
    table, roles = OriginationSum, ROLES[counts]
    found = (
        select(table.quarter, table.person_id, cast(func.sum(table.amount), BigInteger))
        .join(Practice, Practice.id == table.practice_id)
        .where(accounts.below([practice.path]), table.quarter >= since, table.person_id > 0)
        .group_by(table.quarter, table.person_id)
    )
    return found.where(table.role.in_(roles)) if roles else found


def _carriers(recent: Counter[int], total: int) -> list[Carrier]:
    largest = sorted(((amount, -id) for id, amount in recent.items() if amount > 0), reverse=True)[:TOP]
    ids = [-number for _, number in largest]
    people = {
        row.id: row
        for row in db.session.execute(select(Person.id, Person.name, Person.is_active).where(Person.id.in_(ids)))
    }
    alone_with = alone.counts(ids)
    return [
        Carrier(
            -number,
            people[-number].name,
            people[-number].is_active,
            amount,
            amount / total,
            *alone_with.get(-number, (0, 0, 0)),
        )
        for amount, number in largest
    ]
