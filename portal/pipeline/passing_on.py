"""Opportunities of somebody who leaves: what is open passes on, and the private words go."""

from datetime import datetime

from sqlalchemy import func, insert, select, update

from portal.accounts.models import Person
from portal.counters import services as counters
from portal.db import changed, db
from portal.pipeline.models import Opportunity, StageChange
from portal.pipeline.stages import OPEN


def waiting(owner_id: int) -> tuple[int, int]:
    """How many open opportunities somebody has, and what they may be worth together."""
    found = db.session.execute(
        select(func.count(), func.coalesce(func.sum(Opportunity.value), 0)).where(
            Opportunity.owner_id == owner_id, Opportunity.stage.in_(OPEN)
        )
    ).one()
    return found[0], int(found[1] or 0)


def pass_on(before: Person, after: Person, *, keeps_words: bool, by_id: int, now: datetime) -> int:
    """Let somebody else look after what is open; the levels of both practices follow. How many passed on."""
    ids = db.session.scalars(
        select(Opportunity.id).where(Opportunity.owner_id == before.id, Opportunity.stage.in_(OPEN)).with_for_update()
    ).all()
    if not ids:
        return 0
    _count(before, after)
    values = {
        "owner_id": after.id,
        "practice_id": after.practice_id,
        "contact_id": None,
        "filled_id": None,
        "row": None,
        "version": Opportunity.version + 1,
    }
    changed(
        update(Opportunity)
        .where(Opportunity.owner_id == before.id, Opportunity.stage.in_(OPEN))
        .values(values if keeps_words else {**values, "contact": ""})
    )
    db.session.expire_all()
    moved = Opportunity
    note = f"{before.name} left; {after.name} looks after it from now on."
    rows = db.session.execute(
        select(moved.id, moved.stage, moved.value, moved.next_step, moved.next_on).where(moved.id.in_(ids))
    ).all()
    facts = {"note": note, "at": now, "by_id": by_id}
    db.session.execute(
        insert(StageChange),
        [
            facts
            | {"opportunity_id": row.id, "before": row.stage, "after": row.stage, "value": row.value}
            | {"next_step": row.next_step, "next_on": row.next_on}
            for row in rows
        ],
    )
    return len(ids)


def forget_words(owner_id: int, *, keeps_open: bool) -> None:
    """Forget whom somebody asked and what they noted; of what is open only if that isn't kept."""
    mine = Opportunity.owner_id == owner_id
    wanted = mine & Opportunity.stage.not_in(OPEN) if keeps_open else mine
    changed(
        update(StageChange)
        .where(StageChange.opportunity_id.in_(select(Opportunity.id).where(wanted)), StageChange.note != "")
        .values(note="")
    )
    changed(update(Opportunity).where(wanted).values(contact="", contact_id=None))
    db.session.expire_all()


def _count(before: Person, after: Person) -> None:
    """Levels are of active people: what comes from somebody who left earlier was counted nowhere."""
    for kind, stage, n, amount in db.session.execute(
        select(Opportunity.kind, Opportunity.stage, func.count(), func.sum(Opportunity.value))
        .where(Opportunity.owner_id == before.id, Opportunity.stage.in_(OPEN))
        .group_by(Opportunity.kind, Opportunity.stage)
    ):
        places = [(after.practice_id, 1), *([(before.practice_id, -1)] if before.is_active else [])]
        for practice_id, sign in places:
            counters.moved(
                kind.value, practice_id=practice_id, of=stage.value, n=sign * n, amount=sign * int(amount or 0)
            )
