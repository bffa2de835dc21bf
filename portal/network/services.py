"""Keeping contacts, logging touches, and letting the rhythm follow; the totals that leaders see follow too."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.orm.exc import StaleDataError

from portal.accounts.viewer import Viewer
from portal.audit import services as audit
from portal.counters import services as counters
from portal.db import db, insert_or
from portal.errors import Refused
from portal.network import channels as ways
from portal.network import habits, queries, rhythm
from portal.network.models import ChannelKind, Contact, ErasedTouches, Pace, Touch, TouchKind

CHANGED = "This was changed in another tab since you opened it. Look at it again; what you wrote is kept here."
FURTHEST = timedelta(days=3653)


def add(
    *,
    name: str,
    channels: Sequence[tuple[ChannelKind, str]] = (),
    by: Viewer,
    now: datetime,
    is_spread: bool = True,
    **facts: Any,
) -> Contact:
    """Keep a new contact of this person, with the ways to reach them. `is_spread`: their first day comes some time
    within the rhythm, rather than at once."""
    one = {"name": name, "channels": channels, **facts}
    return add_many([one], by=by, now=now, is_spread=is_spread)[0]


def add_many(many: Iterable[Mapping[str, Any]], *, by: Viewer, now: datetime, is_spread: bool = True) -> list[Contact]:
    """Keep several new contacts at once; each with its `name`, its `channels` and other facts, as for one."""
    today, tier_days = by.today(now), habits.tier_days(by.id)
    kept: list[tuple[Contact, Sequence[tuple[ChannelKind, str]]]] = []
    for one in many:
        facts = dict(one)
        channels = facts.pop("channels", ())
        if not facts["name"]:
            raise Refused("Say who it is.", field="name")
        contact = Contact(owner_id=by.id, created_at=now, changed_at=now, **_usual() | facts)
        contact.started_on = today
        contact.stagger = rhythm.spread(contact.name, contact.organisation) if is_spread else 0
        rhythm.settle(contact, tier_days)
        kept.append((contact, channels))
    db.session.add_all([contact for contact, _ in kept])
    db.session.flush()  # the channels need the ids
    db.session.add_all([row for contact, channels in kept for row in ways.rows(contact.id, channels)])
    counters.moved("contacts", practice_id=by.practice_id, n=len(kept))
    counters.active(by, today)
    habits.begin(by, now=now)
    return [contact for contact, _ in kept]


def _usual() -> dict[str, Any]:
    # The rhythm is worked out before the database fills in what nobody said.
    columns = Contact.__table__.c
    said = ("organisation", "relation", "tier", "pace")
    return {name: columns[name].default.arg for name in said}


def edit(
    contact: Contact,
    *,
    version: int,
    channels: Sequence[tuple[ChannelKind, str]],
    by: Viewer,
    now: datetime,
    **facts: Any,
) -> None:
    """Correct what is known about a contact."""
    if version != contact.version:
        raise Refused(CHANGED)
    if not facts["name"]:
        raise Refused("Say who it is.", field="name")
    for name, given in facts.items():
        setattr(contact, name, given)
    contact.changed_at = now
    rhythm.settle(contact, habits.tier_days(contact.owner_id))
    try:
        db.session.flush()
    except StaleDataError:
        raise Refused(CHANGED) from None
    ways.replace(contact.id, channels)
    counters.active(by, by.today(now))


def touch(
    contact: Contact, *, kind: TouchKind, happened_on: date, note: str, key: str, by: Viewer, now: datetime
) -> Touch:
    """Log that two people were in touch, which begins the rhythm anew. The same key counts once."""
    known = _by_key(contact, key)
    if known:
        return known
    if not by.today(now) - FURTHEST <= happened_on <= by.today(now):
        raise Refused("Choose a day in the last ten years, up to today.", field="happened_on")
    facts = {"kind": kind, "happened_on": happened_on, "note": note, "key": key}
    row = Touch(owner_id=contact.owner_id, contact_id=contact.id, at=now, **facts)
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:  # sent twice in this moment
        known = _by_key(contact, key)
        if known is None:
            raise
        return known
    _follow(contact)
    counters.happened("touches", practice_id=by.practice_id, on=happened_on)
    counters.active(by, by.today(now))
    return row


def take_back_by_key(contact: Contact, key: str, *, by: Viewer, now: datetime) -> None:
    """Take back the touch that another room logged under a key, if there is one."""
    row = _by_key(contact, key)
    if row:
        take_back_touch(row, by=by, now=now)


def take_back_touch(row: Touch, *, by: Viewer, now: datetime) -> Touch:
    """Take a touch back: it was logged by mistake. Everything is then as if it had never been; a second time changes
    nothing."""
    if row.takes_back_id:
        raise Refused("This takes a touch back already.")
    key = f"takes-back-{row.id}"
    contact = db.session.get_one(Contact, row.contact_id)
    known = _by_key(contact, key)
    if known:
        return known
    undo = Touch(
        owner_id=row.owner_id,
        contact_id=row.contact_id,
        kind=row.kind,
        happened_on=row.happened_on,
        key=key,
        takes_back_id=row.id,
        at=now,
    )
    try:
        with db.session.begin_nested():
            db.session.add(undo)
    except IntegrityError:  # taken back twice in this moment
        return _by_key(contact, key) or undo
    _follow(contact)
    counters.happened("touches", practice_id=by.practice_id, on=row.happened_on, n=-1)
    return undo


def set_pace(contact: Contact, *, pace: Pace, snoozed_until: date | None, by: Viewer, now: datetime) -> None:
    """Let the rhythm run or not, and not before a day; giving what stood before undoes it."""
    if snoozed_until and snoozed_until > by.today(now) + FURTHEST:
        raise Refused("Choose a day within ten years of today.", field="until")
    _hold(contact)
    _write(contact, pace=pace, snoozed_until=snoozed_until)


def erase(contact: Contact, *, by: Viewer, now: datetime) -> None:
    """Erase a contact with its channels, touches and shares. That the touches were made stays counted."""
    keep_count([contact.id])
    counters.moved("contacts", practice_id=by.practice_id, n=-1)
    # The log tells that it was done, never who it was: admins read it.
    audit.note("contact erased", f"contact {contact.id}")
    db.session.delete(contact)
    db.session.flush()
    counters.active(by, by.today(now))


def keep_count(contact_ids: Any) -> None:
    """Keep how many touches there were with contacts that are about to be erased."""
    standing = (
        queries.standing_touches()
        .with_only_columns(Touch.owner_id, Touch.happened_on, func.count().label("n"))
        .where(Touch.contact_id.in_(contact_ids))
        .group_by(Touch.owner_id, Touch.happened_on)
    )
    counted = [{"owner_id": owner, "happened_on": on, "n": n} for owner, on, n in db.session.execute(standing)]
    if counted:
        row = insert_or(ErasedTouches.__table__)
        columns = ErasedTouches.__table__.c
        adding = row.on_conflict_do_update(
            index_elements=[columns.owner_id, columns.happened_on], set_={"n": columns.n + row.excluded.n}
        )
        db.session.connection().execute(adding, counted)


def _by_key(contact: Contact, key: str) -> Touch | None:
    return db.session.scalar(select(Touch).where(Touch.owner_id == contact.owner_id, Touch.key == key))


def _follow(contact: Contact) -> None:
    """Work the rhythm out anew from the touches that stand."""
    _hold(contact)
    last = queries.standing_touches().with_only_columns(func.max(Touch.happened_on))
    _write(contact, last_touch_on=db.session.scalar(last.where(Touch.contact_id == contact.id)))


def _hold(contact: Contact) -> None:
    """Two at once: the second waits, and works on what the first wrote."""
    # Not a lock on the key as well: each new touch holds the key of its contact, and two would wait for each other.
    db.session.refresh(contact, with_for_update={"key_share": True, "of": Contact})


def _write(contact: Contact, **facts: Any) -> None:
    """Keep a change of the rhythm. It leaves the version alone: nothing that is edited elsewhere is overwritten."""
    for name, value in facts.items():
        set_committed_value(contact, name, value)
    facts["due_on"] = rhythm.next_on(contact, habits.tier_days(contact.owner_id))
    db.session.execute(
        update(Contact).where(Contact.id == contact.id).values(**facts),
        execution_options={"synchronize_session": False},
    )
    set_committed_value(contact, "due_on", facts["due_on"])
