"""Thanking whoever made something possible: due when they introduced somebody, and when it was won or declined."""

from datetime import datetime

from sqlalchemy import Select, select, update

from portal.accounts.viewer import Viewer
from portal.counters import services as counters
from portal.db import changed, db
from portal.errors import NotFound, Refused
from portal.network import queries as contacts
from portal.network import services as network
from portal.network.models import TouchKind
from portal.pipeline.models import Direction, HandOver, HandOverState, Opportunity, Thanks
from portal.pipeline.stages import Stage

OCCASIONS = {
    Stage.INTRODUCED: "for the introduction",
    Stage.WON: "now that it is won",
    Stage.DECLINED: "for trying",
}
"""When thanks are due, and for what."""
WORDS = {
    Stage.INTRODUCED: (
        "Thank you for putting us in touch. We have spoken, and it was a good conversation; "
        "I will let you know what comes of it."
    ),
    Stage.WON: (
        "You put us in touch, and today they asked us to work for them. You should be the first to know. Thank you."
    ),
    Stage.DECLINED: (
        "Thank you for asking on my behalf. It was not the moment for them, and that is fine; it was kind to try."
    ),
}
"""Words to begin with."""


def visible_to(viewer: Viewer) -> Select[Thanks]:
    """The thanks that this person owes or has said."""
    return select(Thanks).where(Thanks.owner_id == viewer.id)


def thanks_for(viewer: Viewer, thanks_id: int) -> Thanks:
    """One of them."""
    row = db.session.scalar(visible_to(viewer).where(Thanks.id == thanks_id))
    if row is None:
        raise NotFound
    return row


def due(viewer: Viewer, opportunity: Opportunity) -> list[Thanks]:
    """The thanks that are due for one opportunity."""
    found = visible_to(viewer).where(Thanks.opportunity_id == opportunity.id, Thanks.done_on.is_(None))
    return list(db.session.scalars(found.order_by(Thanks.id)))


def follow(opportunity: Opportunity, undone: Stage | None, today: object) -> None:
    """Something came of it, so thanks are due; or that was undone, and they aren't."""
    if undone in OCCASIONS:
        mistaken = db.session.scalar(
            select(Thanks).where(
                Thanks.opportunity_id == opportunity.id, Thanks.occasion == undone, Thanks.done_on.is_(None)
            )
        )
        if mistaken:
            db.session.delete(mistaken)
    if opportunity.stage not in OCCASIONS or opportunity.direction == Direction.GIVEN:
        return
    source = _source(opportunity)
    if source is None or _known(opportunity):
        return
    owner_id, contact, contact_id = source
    db.session.add(
        Thanks(
            opportunity_id=opportunity.id,
            owner_id=owner_id,
            contact=contact,
            contact_id=contact_id,
            occasion=opportunity.stage,
            since_on=today,
        )
    )


def _known(opportunity: Opportunity) -> Thanks | None:
    return db.session.scalar(
        select(Thanks).where(Thanks.opportunity_id == opportunity.id, Thanks.occasion == opportunity.stage)
    )


def _source(opportunity: Opportunity) -> tuple[int, str, int | None] | None:
    """Who made it possible, and who knows them: whoever handed it over first, else its owner."""
    first = db.session.execute(
        select(HandOver.from_id, HandOver.contact, HandOver.contact_id)
        .where(HandOver.opportunity_id == opportunity.id, HandOver.state == HandOverState.ACCEPTED)
        .where(HandOver.contact != "")
        .order_by(HandOver.id)
        .limit(1)
    ).first()
    if first:
        return first.from_id, first.contact, first.contact_id
    return (opportunity.owner_id, opportunity.contact, opportunity.contact_id) if opportunity.contact else None


def say(row: Thanks, *, is_left: bool, by: Viewer, now: datetime) -> None:
    """Thanks were said, which is a touch; or none are needed. A second press changes nothing."""
    first = update(Thanks).where(Thanks.id == row.id, Thanks.done_on.is_(None))
    if not changed(first.values(done_on=by.today(now), is_left=is_left)):
        return  # pressed twice, or in another tab
    db.session.refresh(row)
    counters.active(by, by.today(now))
    if is_left or row.contact_id is None:
        return
    try:
        contact = contacts.contact_for(by, row.contact_id)
    except NotFound:
        raise Refused("You no longer know this contact.") from None
    network.touch(
        contact,
        kind=TouchKind.MESSAGE,
        happened_on=by.today(now),
        note=f"Thanked them {OCCASIONS[row.occasion]}: {row.opportunity.organisation}",
        key=f"opportunity-{row.opportunity_id}-thanks-{row.occasion}",
        by=by,
        now=now,
    )
