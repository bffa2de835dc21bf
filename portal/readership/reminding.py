"""One reminder of a must-read for each person and major revision: never twice, also after a standstill or a crash."""

from datetime import datetime, timedelta
from typing import Any

from flask import current_app
from sqlalchemy import bindparam, exists, or_, select, update
from sqlalchemy.orm import joinedload

from portal import clock
from portal.accounts.models import Person, Practice
from portal.db import changed, db, insert_or
from portal.jobs import services as jobs
from portal.library.models import Item, Revision
from portal.readership import letters
from portal.readership.models import Acknowledgement, MustRead, MustReadReminder, ReadingSettings
from portal.readership.must_read_queries import IS_OPEN, includes

FROM_HOUR = 7
"""In the morning, in the firm's time zone."""
BATCH = 500

_DUE = (
    select(MustRead, Revision.published_at)
    .join(Item, Item.id == MustRead.item_id)
    .outerjoin(Revision, (Revision.item_id == Item.id) & (Revision.number == Item.major_revision))
    .where(IS_OPEN, or_(MustRead.looked_on.is_(None), MustRead.looked_on < bindparam("today")))
    .order_by(MustRead.id)
    .options(joinedload(MustRead.item))
)
_MISSING = (
    select(Person.id, Person.name, Person.email, ReadingSettings.letters)
    .select_from(MustRead)
    .join(Item, Item.id == MustRead.item_id)
    .join(Practice, includes(Practice.path))
    .join(Person, Person.practice_id == Practice.id)
    .outerjoin(ReadingSettings, ReadingSettings.person_id == Person.id)
    .where(MustRead.id == bindparam("must_read_id"), Person.id > bindparam("after"))
    # Whoever came later has as many days as everybody else.
    .where(Person.is_active, Person.joined_at <= bindparam("before"))
    .where(
        ~exists().where(
            Acknowledgement.item_id == Item.id,
            Acknowledgement.revision == Item.major_revision,
            Acknowledgement.person_id == Person.id,
        ),
        ~exists().where(
            MustReadReminder.item_id == Item.id,
            MustReadReminder.revision == Item.major_revision,
            MustReadReminder.person_id == Person.id,
        ),
    )
    .order_by(Person.id)
    .limit(BATCH)
)


def remind(now: datetime) -> int:
    """Write to everybody who was asked long enough ago and has not read it; how many. Each person's reminder and their
    letter are written down together, so that two workers, or one that comes back, write once."""
    zone = current_app.extensions["portal_config"].TIME_ZONE
    if now.astimezone(clock.zone(zone)).hour < FROM_HOUR:
        return 0
    today = clock.day_in(now, zone)
    written = 0
    for must_read, published_at in db.session.execute(_DUE, {"today": today}).all():
        before = now - timedelta(days=must_read.remind_after)
        if max(must_read.asked_at, published_at or must_read.asked_at) <= before:
            written += _write_to_all(must_read, before, now)
        changed(update(MustRead).where(MustRead.id == must_read.id).values(looked_on=today))
        db.session.commit()
    return written


def _write_to_all(must_read: MustRead, before: datetime, now: datetime) -> int:
    written, after = 0, 0
    item = must_read.item
    until = f"{must_read.until_on.day} {must_read.until_on:%B %Y}"
    given = {"must_read_id": must_read.id, "before": before}
    while batch := db.session.execute(_MISSING, {**given, "after": after}).all():
        after = batch[-1].id
        mine = _claimed(item, batch, now)
        written += len(mine)
        for person in batch:
            if person.id in mine and person.letters is not False:
                letters.remind(
                    person.email, person.name, title=item.title, key=item.key, minutes=item.minutes, until=until
                )
        db.session.commit()
        jobs.hand_over()
    return written


def _claimed(item: Item, batch: Any, now: datetime) -> set[int]:
    """Those of a batch whom nobody else is writing to in this moment."""
    about = {"item_id": item.id, "revision": item.major_revision, "at": now}
    claim = insert_or(MustReadReminder).values([{**about, "person_id": person.id} for person in batch])
    claim = claim.on_conflict_do_nothing().returning(MustReadReminder.person_id)
    return set(db.session.scalars(claim))
