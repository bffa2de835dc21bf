"""What goes out and what expires by itself: each at its minute, once, and after a standstill in the order of time."""

import logging
from datetime import datetime

from sqlalchemy import select

from portal import clock
from portal.db import db
from portal.library.models import Item
from portal.publishing import queries, services

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
    while found := queries.next_by_the_clock(now, failed):
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
    act = services.go_out_by_the_clock if place == OUT else services.expire_by_the_clock
    return act(item, now)
