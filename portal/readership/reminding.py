"""One reminder of a must-read for each person and major revision: never twice, also after a standstill or a crash.

People are gone through once, some hundred at a time, for all that is due: the engine notes down who is reminded of
what, and each gets one letter for all of it.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from flask import current_app
from sqlalchemy import bindparam, exists, or_, select, update

from portal import clock
from portal.accounts.models import Person, Practice
from portal.db import changed, db, insert_or
from portal.jobs import services as jobs
from portal.library.models import Item, Revision
from portal.readership import letters
from portal.readership.letters import ToRead
from portal.readership.models import Acknowledgement, MustRead, MustReadReminder, ReadingSettings
from portal.readership.must_read_queries import IS_OPEN, includes

FROM_HOUR = 7
"""In the morning, in the firm's time zone."""
BATCH = 200
"""So many people between two commits."""

_DUE = (
    select(
        MustRead.id,
        MustRead.until_on,
        MustRead.remind_after,
        MustRead.asked_at,
        Item.key,
        Item.title,
        Item.minutes,
        Item.major_revision,
        Revision.published_at,
    )
    .join(Item, Item.id == MustRead.item_id)
    .outerjoin(Revision, (Revision.item_id == Item.id) & (Revision.number == Item.major_revision))
    .where(IS_OPEN, or_(MustRead.looked_on.is_(None), MustRead.looked_on < bindparam("today")))
    .order_by(MustRead.until_on, MustRead.id)
)
_PEOPLE = select(Person.id).where(Person.id > bindparam("after")).order_by(Person.id).limit(bindparam("batch"))
_MISSING = (
    select(Item.id, Item.major_revision, Person.id, bindparam("now", type_=MustReadReminder.at.type))
    .select_from(MustRead)
    .join(Item, Item.id == MustRead.item_id)
    .join(Practice, includes(Practice.path))
    .join(Person, Person.practice_id == Practice.id)
    # It may have been ended, or revised, since the first of the people were written to.
    .where(MustRead.id == bindparam("must_read_id"), IS_OPEN, Item.major_revision == bindparam("of_revision"))
    .where(Person.id > bindparam("after"), Person.id <= bindparam("last"))
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
)
_WANT_LETTERS = (
    select(Person.id, Person.name, Person.email)
    .outerjoin(ReadingSettings, ReadingSettings.person_id == Person.id)
    .where(Person.id > bindparam("after"), Person.id <= bindparam("last"))
    .where(or_(ReadingSettings.letters.is_(None), ReadingSettings.letters))
    .order_by(Person.id)
)


def remind(now: datetime, *, batch: int = BATCH) -> int:
    """Write to everybody who was asked long enough ago and has not read it; how many reminders that makes. They are
    written down together with their letter, so that two workers, or one that comes back, remind once."""
    zone = current_app.extensions["portal_config"].TIME_ZONE
    if now.astimezone(clock.zone(zone)).hour < FROM_HOUR:
        return 0
    today = clock.day_in(now, zone)
    due = db.session.execute(_DUE, {"today": today}).all()
    if not due:
        return 0
    ripe = [
        (row, before)
        for row in due
        for before in [now - timedelta(days=row.remind_after)]
        if max(row.asked_at, row.published_at or row.asked_at) <= before
    ]
    written, after = 0, 0
    while ripe and (people := db.session.scalars(_PEOPLE, {"after": after, "batch": batch}).all()):
        among = {"after": after, "last": people[-1]}
        written += _write(_claimed(ripe, among, now, today), among)
        db.session.commit()
        jobs.hand_over()
        after = people[-1]
    changed(update(MustRead).where(MustRead.id.in_([row.id for row in due])).values(looked_on=today))
    db.session.commit()
    return written


def _claimed(ripe: Sequence[Any], among: Mapping[str, int], now: datetime, today: date) -> dict[int, list[ToRead]]:
    """By person: what nobody else reminds them of in this moment, and nobody ever did."""
    table = MustReadReminder.__table__
    claim = insert_or(table).from_select(["item_id", "revision", "person_id", "at"], _MISSING)
    claim = claim.on_conflict_do_nothing().returning(table.c.person_id)
    found: dict[int, list[ToRead]] = defaultdict(list)
    for row, before in ripe:
        given = {"must_read_id": row.id, "of_revision": row.major_revision, "before": before, "now": now}
        item = ToRead(row.title, row.key, row.minutes, row.until_on)
        for person_id in db.session.scalars(claim, {**given, **among, "today": today}):
            found[person_id].append(item)
    return found


def _write(claimed: Mapping[int, Sequence[ToRead]], among: Mapping[str, int]) -> int:
    for person in db.session.execute(_WANT_LETTERS, among) if claimed else ():
        if person.id in claimed:
            letters.remind(person.email, person.name, claimed[person.id])
    return sum(map(len, claimed.values()))
