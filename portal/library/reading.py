"""Counting what is read, found useful, or looked for in vain."""

from datetime import datetime, time

from sqlalchemy import update

from portal import clock
from portal.accounts.viewer import Viewer
from portal.counters import services as counters
from portal.db import db, insert_or
from portal.library import search, usage
from portal.library.models import EmptySearch, ItemReader


def read(item_id: int, *, from_search: bool = False, by: Viewer, now: datetime) -> bool:
    """Count that a person read an item, once a day; says whether this was the day's first."""
    today = by.today(now)
    midnight = datetime.combine(today, time(), clock.zone(by.zone))
    row = insert_or(ItemReader).values(item_id=item_id, person_id=by.id, first_at=now, last_at=now, times=1)
    row = row.on_conflict_do_update(
        index_elements=["item_id", "person_id"],
        set_={"last_at": now, "times": ItemReader.times + 1},
        where=ItemReader.last_at < midnight,
    ).returning(ItemReader.times)
    times = db.session.execute(row).scalar_one_or_none()
    if times is None:
        return False
    usage.count(item_id, today, views=1, readers=int(times == 1), found=int(from_search))
    counters.happened("reads", practice_id=by.practice_id, on=today)
    counters.active(by, today)
    return True


def say_useful(item_id: int, *, useful: bool, by: Viewer, now: datetime) -> None:
    """Keep whether a person found an item useful; they read it, too."""
    read(item_id, by=by, now=now)
    db.session.execute(
        update(ItemReader)
        .where(ItemReader.item_id == item_id, ItemReader.person_id == by.id)
        .values(useful=useful)
        .execution_options(synchronize_session=False)
    )


def miss(question: str, *, by: Viewer, now: datetime) -> bool:
    """Count words that no item has, without a name; says whether they are missing indeed."""
    words = search.missing_words(question)
    if not words:
        return False
    row = insert_or(EmptySearch).values(words=" ".join(words), times=1, last_on=by.today(now))
    db.session.execute(
        row.on_conflict_do_update(
            index_elements=["words"], set_={"times": EmptySearch.times + 1, "last_on": row.excluded.last_on}
        )
    )
    return True
