"""Who brought in what: sums by holder and role, and the rows behind them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, and_, case, cast, func, select

from portal.accounts import queries as accounts
from portal.accounts.models import Person, Practice
from portal.accounts.viewer import Viewer
from portal.credit.models import OPEN, Dispute
from portal.credit.periods import Period
from portal.db import db
from portal.errors import NotFound
from portal.library.models import Item
from portal.pipeline.models import Opportunity
from portal.pipeline.origination_models import CreditedPart, OriginationSum
from portal.pipeline.shares import CreditRole

LARGEST_ID = 999_999_999


@dataclass(frozen=True)
class Wanted:
    """What of the credit is asked for."""

    period: Period
    practice: Practice | None = None
    """And all below it; without one everything that is led, or for one's own credit everything."""
    role: CreditRole | None = None
    person_id: int = 0
    item_key: str = ""


def _sum(column: Any, role: CreditRole) -> Any:
    return cast(func.sum(case((OriginationSum.role == role, column), else_=0)), BigInteger).label(role.value)


def practice_led(viewer: Viewer, practice_id: int) -> Practice:
    """The practice asked for, or the first one led; NotFound for all that isn't led."""
    if practice_id:
        return accounts.practice_led_by(viewer, practice_id)
    found = db.session.scalar(accounts.practices_led_by(viewer).limit(1))
    if found is None:
        raise NotFound
    return found


def practices_led(viewer: Viewer) -> list[tuple[int, str]]:
    """The practices led and below, in tree order, indented by their depth; for choosing one."""
    rows = db.session.execute(
        accounts.practices_led_by(viewer).with_only_columns(Practice.id, Practice.name, Practice.path)
    ).all()
    least = min((row.path.count("/") for row in rows), default=0)
    return [(row.id, "\u2014 " * (row.path.count("/") - least) + row.name) for row in rows]


def sums(wanted: Wanted) -> Any:
    """By holder, those credited with most first: person_id, item_key, name, n, amount, and the amount of each role."""
    table = OriginationSum
    amount = cast(func.sum(table.amount), BigInteger).label("amount")
    found = (
        select(
            table.person_id,
            table.item_key,
            func.coalesce(Person.name, Item.title, table.item_key).label("name"),
            cast(func.sum(table.n), BigInteger).label("n"),
            amount,
            *(_sum(table.amount, role) for role in CreditRole),
        )
        .join(Practice, Practice.id == table.practice_id)
        .outerjoin(Person, Person.id == table.person_id)
        .outerjoin(Item, and_(Item.key == table.item_key, table.person_id == 0))
        .where(*_within(wanted))
        .group_by(table.person_id, table.item_key, Person.name, Item.title)
        .having(func.sum(table.n) > 0)
        .order_by(amount.desc(), table.person_id, table.item_key)
    )
    return found


def total(wanted: Wanted) -> Any:
    """What all of them are credited with together: amount, and that of each role."""
    table = OriginationSum
    return db.session.execute(
        select(
            func.coalesce(cast(func.sum(table.amount), BigInteger), 0).label("amount"),
            *(_sum(table.amount, role) for role in CreditRole),
        )
        .select_from(table)
        .join(Practice, Practice.id == table.practice_id)
        .where(*_within(wanted))
    ).one()


def rows(wanted: Wanted) -> Any:
    """The parts of what was won that make up a sum, newest first."""
    part = CreditedPart
    found = (
        select(
            *(part.id, part.opportunity_id, part.won_on, part.role, part.points, part.amount),
            *(Opportunity.organisation, Opportunity.kind, Opportunity.service, Practice.name.label("practice")),
            func.coalesce(Person.name, Item.title, part.item_key).label("name"),
        )
        .join(Opportunity, Opportunity.id == part.opportunity_id)
        .join(Practice, Practice.id == part.practice_id)
        .outerjoin(Person, Person.id == part.person_id)
        .outerjoin(Item, and_(Item.key == part.item_key, part.person_id.is_(None)))
        .where(*_of(wanted))
    )
    return found.order_by(part.won_on.desc(), part.opportunity_id.desc(), part.id)


def rows_total(wanted: Wanted) -> int:
    """What these rows come to."""
    found = select(func.coalesce(func.sum(CreditedPart.amount), 0)).where(*_of(wanted))
    return int(db.session.scalar(found.join(Practice, Practice.id == CreditedPart.practice_id)) or 0)


def open_disputes(practice: Practice, most: int = 10) -> Sequence[Any]:
    """Disputes of a practice and all below that wait for a decision, the oldest first."""
    found = (
        select(Dispute.opportunity_id, Dispute.state, Dispute.raised_at, Opportunity.organisation, Person.name)
        .join(Opportunity, Opportunity.id == Dispute.opportunity_id)
        .join(Practice, Practice.id == Opportunity.practice_id)
        .join(Person, Person.id == Dispute.raised_by_id)
        .where(Dispute.state.in_(OPEN), accounts.below([practice.path]))
    )
    return db.session.execute(found.order_by(Dispute.id).limit(most)).all()


def own_by_role(viewer: Viewer, period: Period) -> dict[CreditRole, tuple[int, int]]:
    """What this person is credited with, by role: how many shares, and what they come to."""
    table = CreditedPart
    found = db.session.execute(
        select(table.role, func.count(), func.sum(table.amount))
        .where(table.person_id == viewer.id, table.won_on >= period.since, table.won_on < period.until)
        .group_by(table.role)
    )
    return {role: (n, int(amount)) for role, n, amount in found}


def _within(wanted: Wanted) -> list[Any]:
    table, period = OriginationSum, wanted.period
    found = [table.quarter >= period.since, table.quarter < period.until]
    if wanted.practice:
        found.append(accounts.below([wanted.practice.path]))
    return [*found, table.role == wanted.role] if wanted.role else found


def _of(wanted: Wanted) -> list[Any]:
    part, period = CreditedPart, wanted.period
    found = [part.won_on >= period.since, part.won_on < period.until]
    if wanted.practice:
        found.append(accounts.below([wanted.practice.path]))
    if wanted.role:
        found.append(part.role == wanted.role)
    if wanted.person_id:
        found.append(part.person_id == wanted.person_id)
    if wanted.item_key:
        found.append(part.item_key == wanted.item_key)
    return found
