"""Counting what is read, found useful, or looked for in vain."""

from datetime import datetime, time
from typing import Any

from sqlalchemy import select, update

from portal import clock
from portal.accounts.viewer import Viewer
from portal.counters import services as counters
from portal.db import changed, db, insert_or
from portal.library import search, usage, usefulness
from portal.library.models import EmptySearch, ItemReader

COUNTED_AS = {True: "helped", False: "did_not_help"}


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


def say_useful(
    item: Any, *, useful: bool, reason: str = "", words: str = "", is_signed: bool = False, by: Viewer, now: datetime
) -> None:
    """Keep whether an item, a row of `queries.to_read`, helped a person, and why; they read it, too. Who thinks again
    is counted under the new day, and no longer under the old one."""
    reason, words = usefulness.checked(item.kind, reason, words, useful=useful)
    read(item.id, by=by, now=now)
    mine = (ItemReader.item_id == item.id, ItemReader.person_id == by.id)
    before = db.session.execute(select(ItemReader.useful, ItemReader.useful_on).where(*mine).with_for_update()).one()
    on = by.today(now)
    said = {"reason": reason, "reason_words": words, "is_signed": bool(is_signed and (reason or words))}
    if before.useful is not useful:
        if before.useful is not None:
            usage.count(item.id, before.useful_on or on, **{COUNTED_AS[before.useful]: -1})
        usage.count(item.id, on, **{COUNTED_AS[useful]: 1})
        said |= {"useful": useful, "useful_on": on}
    changed(update(ItemReader).where(*mine).values(**said))


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
