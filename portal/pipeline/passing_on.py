"""Opportunities of somebody who leaves: what is not closed passes on, and the private words go."""

from datetime import datetime

from sqlalchemy import ColumnElement, case, delete, func, insert, select, update

from portal.accounts.models import Person
from portal.db import changed, db
from portal.pipeline.models import (
    Direction,
    HandOver,
    HandOverState,
    HandOverStep,
    Opportunity,
    SalesDesk,
    StageChange,
    Thanks,
)
from portal.pipeline.stages import CLOSED


def waiting(owner_id: int) -> tuple[int, int]:
    """How many opportunities somebody has under way or at rest, and what they may be worth to the firm together."""
    ours = case((Opportunity.direction != Direction.GIVEN, Opportunity.worth))
    found = db.session.execute(
        select(func.count(), func.coalesce(func.sum(ours), 0)).where(
            Opportunity.owner_id == owner_id, Opportunity.stage.not_in(CLOSED)
        )
    ).one()
    return found[0], int(found[1] or 0)


def pass_on(before: Person, after: Person, *, keeps_words: bool, by_id: int, now: datetime) -> int:
    """Let somebody else look after what is under way, and what rests until it is ripe. The levels of practices are the
    caller's. How many passed on."""
    is_open = (Opportunity.owner_id == before.id) & Opportunity.stage.not_in(CLOSED)
    ids = db.session.scalars(select(Opportunity.id).where(is_open).with_for_update()).all()
    if not ids:
        return 0
    values = {
        "owner_id": after.id,
        "practice_id": after.practice_id,
        "contact_id": None,
        "filled_id": None,
        "row": None,
        "version": Opportunity.version + 1,
    }
    changed(update(Opportunity).where(is_open).values(values if keeps_words else {**values, "contact": ""}))
    note = f"{before.name} left; {after.name} looks after it from now on."
    _note(is_open_now=Opportunity.id.in_(ids), note=note, by_id=by_id, now=now)
    db.session.expire_all()
    return len(ids)


def _note(*, is_open_now: ColumnElement[bool], note: str, by_id: int, now: datetime) -> None:
    """Say in each history that it passed on: everything else is as the last entry says."""
    last = select(func.max(StageChange.id)).join(Opportunity, Opportunity.id == StageChange.opportunity_id)
    rows = db.session.execute(
        select(StageChange.__table__).where(
            StageChange.id.in_(last.where(is_open_now).group_by(StageChange.opportunity_id))
        )
    ).mappings()
    added = [
        {name: value for name, value in row.items() if name not in {"id", "undoes_id"}}
        | {"before": row["after"], "note": note, "at": now, "by_id": by_id}
        for row in rows
    ]
    db.session.execute(insert(StageChange), added)


def forget_words(owner_id: int, *, keeps_open: bool) -> None:
    """Forget whom somebody asked and what they noted; of what is not closed only if that isn't kept."""
    mine = Opportunity.owner_id == owner_id
    wanted = mine & Opportunity.stage.in_(CLOSED) if keeps_open else mine
    changed(
        update(StageChange)
        .where(StageChange.opportunity_id.in_(select(Opportunity.id).where(wanted)), StageChange.note != "")
        .values(note="")
    )
    changed(update(Opportunity).where(wanted).values(contact="", contact_id=None))
    sent = HandOver.from_id == owner_id
    changed(update(HandOver).where(sent).values(contact="", contact_id=None, with_contact=False, with_notes=False))
    changed(delete(Thanks).where(Thanks.owner_id == owner_id, Thanks.done_on.is_(None)))
    changed(update(Thanks).where(Thanks.owner_id == owner_id).values(contact="", contact_id=None))
    db.session.expire_all()


def end_offers(person_id: int, *, by_id: int, now: datetime) -> None:
    """What waits between somebody who leaves and others is settled: theirs is withdrawn, others' comes back."""
    changed(delete(SalesDesk).where(SalesDesk.person_id == person_id))
    for whose, state in ((HandOver.from_id, HandOverState.WITHDRAWN), (HandOver.to_id, HandOverState.RETURNED)):
        waits = (whose == person_id) & (HandOver.state == HandOverState.OFFERED)
        ids = db.session.scalars(select(HandOver.id).where(waits).with_for_update()).all()
        if ids:
            steps = [{"hand_over_id": id, "state": state, "note": LEFT, "at": now, "by_id": by_id} for id in ids]
            changed(update(HandOver).where(HandOver.id.in_(ids)).values(state=state))
            db.session.execute(insert(HandOverStep), steps)
    db.session.expire_all()


LEFT = "They left the firm."
