"""Items of somebody who leaves pass on: to a colleague, or into marketing's pool."""

from datetime import datetime

from sqlalchemy import func, insert, select, update

from portal.accounts.models import Person
from portal.db import changed, db
from portal.library.models import Item
from portal.publishing.models import StateChange
from portal.publishing.states import Act


def owned(person_id: int) -> int:
    """How many items somebody answers for."""
    return db.session.scalar(select(func.count()).where(Item.owner_id == person_id)) or 0


def pass_on(before_id: int, after: Person | None, *, by_id: int, now: datetime) -> int:
    """Let somebody else answer for all of them; nobody means marketing's pool. How many."""
    found = db.session.execute(
        select(Item.id, Item.revision, Item.state, Item.step).where(Item.owner_id == before_id)
    ).all()
    if found:
        facts = {"act": Act.PASS_ON, "note": f"to {after.name if after else 'marketing'}", "by_id": by_id, "at": now}
        stands = [
            {
                "item_id": row.id,
                "number": row.revision,
                "state_before": row.state,
                "state_after": row.state,
                "step_before": row.step,
                "step_after": row.step,
            }
            for row in found
        ]
        db.session.execute(insert(StateChange), [facts | stand for stand in stands])
    passed = changed(
        update(Item)
        .where(Item.owner_id == before_id)
        .values(owner_id=after.id if after else None, version=Item.version + 1)
    )
    db.session.expire_all()
    return passed
