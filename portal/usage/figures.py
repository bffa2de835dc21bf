"""How items were used, read from the days: sums over a time, and a row for each day."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import func, select

from portal import clock
from portal.accounts.viewer import Viewer
from portal.db import db
from portal.library.models import Item, ItemDay, ItemReader
from portal.library.usage import COUNTED

NOTHING = dict.fromkeys(COUNTED, 0)
_SUMS = [func.coalesce(func.sum(getattr(ItemDay, key)), 0).label(key) for key in COUNTED]
_COLUMNS = [getattr(ItemDay, key) for key in COUNTED]


def sums(item_ids: Sequence[int], since: date, until: date) -> dict[int, dict[str, int]]:
    """What was counted of each item from one day to another, both included."""
    found = db.session.execute(
        select(ItemDay.item_id, *_SUMS)
        .where(ItemDay.item_id.in_(item_ids), ItemDay.on >= since, ItemDay.on <= until)
        .group_by(ItemDay.item_id)
    )
    counted = {row.item_id: {key: int(row._mapping[key]) for key in COUNTED} for row in found}
    return {item_id: counted.get(item_id, dict(NOTHING)) for item_id in item_ids}


def by_day(item_id: int, since: date, until: date) -> list[tuple[date, dict[str, int]]]:
    """What was counted on each day that has something, oldest first."""
    found = db.session.execute(
        select(ItemDay.on, *_COLUMNS)
        .where(ItemDay.item_id == item_id, ItemDay.on >= since, ItemDay.on <= until)
        .order_by(ItemDay.on)
    )
    return [(row.on, {key: row._mapping[key] for key in COUNTED}) for row in found]


def people(item_ids: Sequence[int], since: date, by: Viewer) -> dict[int, int]:
    """How many different people read each item since a day, as days are where the one is who asks."""
    midnight = datetime.combine(since, time(), clock.zone(by.zone))
    found = db.session.execute(
        select(ItemReader.item_id, func.count())
        .where(ItemReader.item_id.in_(item_ids), ItemReader.last_at >= midnight)
        .group_by(ItemReader.item_id)
    )
    return {item_id: n for item_id, n in found}


def people_ever(item_id: int) -> int:
    """How many different people have read an item."""
    return db.session.scalar(select(func.count()).where(ItemReader.item_id == item_id)) or 0


def first_on(item: Item, by: Viewer) -> date:
    """The first day of which there is anything to count."""
    earliest = db.session.scalar(select(func.min(ItemDay.on)).where(ItemDay.item_id == item.id))
    published = clock.day_in(item.published_at, by.zone) if item.published_at else by.today()
    return min(published, earliest or published)


def readable_days(item: Any, since: date, today: date, zone: str) -> int:
    """For how many days of a time readers had an item."""
    published_on = clock.day_in(item.published_at, zone) if item.published_at else today + timedelta(days=1)
    return max(0, (today - max(since, published_on)).days + 1)
