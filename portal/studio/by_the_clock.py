"""What goes out and what expires by itself: each at its minute, once, and after a standstill in the order of time. What
goes out is looked at once more: a quote or a claim may have been taken back since somebody gave it its time."""

import logging
from datetime import datetime

from sqlalchemy import select

from portal import clock
from portal.db import db
from portal.library.models import Item
from portal.publishing import queries as publishing
from portal.publishing import services
from portal.studio import checking, queries

log = logging.getLogger(__name__)
OUT = 0


def keep_times() -> None:
    """The handler of `keep-publishing-times`."""
    catch_up(clock.now())


def catch_up(now: datetime) -> int:
    """Do all that is due, the earliest first; in one minute what goes out before what expires. Each in a transaction
    of its own, so that one that fails holds up no other. How many were done."""
    done = 0
    failed: list[int] = []
    while found := publishing.next_by_the_clock(now, failed):
        db.session.rollback()  # a new transaction: it sees what others committed meanwhile
        try:
            done += _take(found.id, found.place, now)
            db.session.commit()
        except Exception:  # kept for the next minute; the log says why
            db.session.rollback()
            log.exception("Item %s could not be led on by the clock", found.id)
            failed.append(found.id)
    return done


def _take(item_id: int, place: int, now: datetime) -> bool:
    item = db.session.scalar(
        select(Item).where(Item.id == item_id).with_for_update(), execution_options={"populate_existing": True}
    )
    if item is None:
        return False
    return _go_out(item, now) if place == OUT else services.expire_by_the_clock(item, now)


def _go_out(item: Item, now: datetime) -> bool:
    plan = services.due_plan(item, now)
    if plan is None:
        return False
    found = checking.look(item, queries.revision(item, plan.number), review_on=plan.review_on, now=now)
    if blocking := [finding for finding in found if finding.blocks]:
        services.hold_back(item, plan, blocking, now=now)
    else:
        services.go_out_by_the_clock(item, plan, now=now)
    return True
