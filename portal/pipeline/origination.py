"""Keeping the shares of an opportunity, and what they come to once it is won, in the transaction of what happened."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import delete, insert, select, update

from portal.db import db, insert_or
from portal.pipeline.models import Opportunity, StageChange
from portal.pipeline.origination_models import CreditedPart, CreditShare, OriginationSum
from portal.pipeline.shares import Holder, Shares, credited, source
from portal.pipeline.stages import Stage

Key = tuple[int, date, str, int, str]
"""Practice, quarter, role, person, item."""


def quarter_of(day: date) -> date:
    """The first day of a day's quarter."""
    return day.replace(month=day.month - (day.month - 1) % 3, day=1)


def worth(opportunity: Any) -> int:
    """What an opportunity, or a row with its worth, comes to in the firm's currency, in minor units."""
    return int(opportunity.worth or 0)


def shares_of(opportunity_id: int) -> Shares:
    """Who holds which share now."""
    found = db.session.execute(
        select(CreditShare.role, CreditShare.person_id, CreditShare.item_key, CreditShare.points)
        .where(CreditShare.opportunity_id == opportunity_id)
        .order_by(CreditShare.id)
    )
    kept = {Holder(row.role, row.person_id or 0, row.item_key): row.points for row in found}
    return kept or source(logged_by(opportunity_id))


def logged_by(opportunity_id: int) -> int:
    """Who logged an opportunity: the source, until somebody says otherwise."""
    first = select(StageChange.by_id).where(StageChange.opportunity_id == opportunity_id).order_by(StageChange.id)
    found = db.session.scalar(first.limit(1))
    return found or db.session.scalars(select(Opportunity.owner_id).where(Opportunity.id == opportunity_id)).one()


def keep(opportunity_id: int, shares: Shares) -> None:
    """Put these shares in the place of those that were there."""
    db.session.execute(delete(CreditShare).where(CreditShare.opportunity_id == opportunity_id))
    db.session.execute(insert(CreditShare), as_shares(opportunity_id, shares))


def as_shares(opportunity_id: int, shares: Shares) -> list[dict[str, Any]]:
    """The rows of the shares of an opportunity."""
    return [
        {"opportunity_id": opportunity_id, "points": points, **_kept_as(holder)}
        for holder, points in sorted(shares.items())
    ]


def follow(opportunity: Opportunity, *, by_id: int, on: date) -> None:
    """Bring shares, parts and sums up to an opportunity that was logged, moved or shared anew; a win counts on the day
    that it was won first, for as long as it stays won."""
    if not db.session.scalar(select(CreditShare.id).where(CreditShare.opportunity_id == opportunity.id).limit(1)):
        keep(opportunity.id, source(by_id))
    before = _parts_of([opportunity.id])
    if not before and opportunity.stage != Stage.WON:
        return
    after = []
    if opportunity.stage == Stage.WON:
        won_on = before[0].won_on if before else on
        after = made(opportunity, shares_of(opportunity.id), won_on)
    db.session.execute(delete(CreditedPart).where(CreditedPart.opportunity_id == opportunity.id))
    if after:
        db.session.execute(insert(CreditedPart), after)
    _count([row._asdict() for row in before], after)


def made(opportunity: Any, shares: Shares, won_on: date) -> list[dict[str, Any]]:
    """The parts of a win."""
    amounts = credited(worth(opportunity), shares)
    return [
        {
            "opportunity_id": opportunity.id,
            "practice_id": opportunity.practice_id,
            "won_on": won_on,
            "points": points,
            "amount": amounts[holder],
            **_kept_as(holder),
        }
        for holder, points in sorted(shares.items())
    ]


def practice_followed(owner_id: int, practice_id: int) -> None:
    """Count the wins of somebody's opportunities in the practice that these are in now."""
    ids = db.session.scalars(
        select(CreditedPart.opportunity_id)
        .join(Opportunity, Opportunity.id == CreditedPart.opportunity_id)
        .where(Opportunity.owner_id == owner_id, CreditedPart.practice_id != practice_id)
        .distinct()
    ).all()
    if not ids:
        return
    before = [row._asdict() for row in _parts_of(ids)]
    _count(before, [{**part, "practice_id": practice_id} for part in before])
    db.session.execute(
        update(CreditedPart).where(CreditedPart.opportunity_id.in_(ids)).values(practice_id=practice_id),
        execution_options={"synchronize_session": False},
    )


def sums(parts: Iterable[Any]) -> tuple[Counter[Key], Counter[Key]]:
    """How many parts there are and what they come to, by what they are summed by."""
    n: Counter[Key] = Counter()
    amount: Counter[Key] = Counter()
    for part in parts:
        key = (
            part["practice_id"],
            quarter_of(part["won_on"]),
            part["role"],
            part["person_id"] or 0,
            part["item_key"],
        )
        n[key] += 1
        amount[key] += part["amount"]
    return n, amount


def as_row(key: Key, n: int, amount: int) -> dict[str, Any]:
    """A row of the sums."""
    names = ("practice_id", "quarter", "role", "person_id", "item_key")
    return dict(zip(names, key, strict=True)) | {"n": n, "amount": amount}


def _count(before: Iterable[Any], after: Iterable[Any]) -> None:
    n, amount = sums(after)
    n_before, amount_before = sums(before)
    n.subtract(n_before)
    amount.subtract(amount_before)
    # In one order, so that two who count at once wait for each other instead of stopping each other.
    changes = [as_row(key, n[key], amount[key]) for key in sorted(n, key=str) if n[key] or amount[key]]
    if not changes:
        return
    row = insert_or(OriginationSum)
    table = OriginationSum.__table__.c
    adding = row.on_conflict_do_update(
        index_elements=list(OriginationSum.__table__.primary_key),
        set_={"n": table.n + row.excluded.n, "amount": table.amount + row.excluded.amount},
    )
    db.session.connection().execute(adding, changes)


def _parts_of(ids: Sequence[int]) -> Sequence[Any]:
    part = CreditedPart
    return db.session.execute(
        select(
            part.opportunity_id, part.practice_id, part.won_on, part.role, part.person_id, part.item_key, part.amount
        ).where(part.opportunity_id.in_(ids))
    ).all()


def _kept_as(holder: Holder) -> dict[str, Any]:
    return {"role": holder.role, "person_id": holder.person_id or None, "item_key": holder.item_key}
