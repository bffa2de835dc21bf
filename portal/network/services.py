"""Keeping contacts and logging touches."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from flask import current_app
from sqlalchemy import select

from portal.accounts.viewer import Viewer
from portal.counters.services import active
from portal.db import db
from portal.errors import Refused
from portal.network import identity, rhythm
from portal.network.models import Channel, ChannelKind, Contact, Touch, TouchKind

CHANGED = "This was changed in another tab since you opened it. Look at it again; what you wrote is kept here."


def add(
    *, name: str, channels: Sequence[tuple[ChannelKind, str]] = (), by: Viewer, now: datetime, **facts: Any
) -> Contact:
    """Keep a new contact of this person, with the ways to reach them."""
    if not name:
        raise Refused("Say who it is.", field="name")
    contact = Contact(owner_id=by.id, name=name, created_at=now, changed_at=now, **facts)
    db.session.add(contact)
    db.session.flush()  # the channels need the id
    for kind, value in dict.fromkeys(channels):
        db.session.add(
            Channel(contact_id=contact.id, kind=kind, value=value, match_key=identity.match_key(_secret(), kind, value))
        )
    rhythm.settle(contact, by.today(now))
    active(by, by.today(now))
    return contact


def touch(
    contact: Contact, *, kind: TouchKind, happened_on: date, note: str, key: str, by: Viewer, now: datetime
) -> Touch:
    """Log that two people were in touch, which begins the rhythm anew. The same key counts once."""
    known = db.session.scalar(select(Touch).where(Touch.owner_id == contact.owner_id, Touch.key == key))
    if known:
        return known
    row = Touch(
        owner_id=contact.owner_id,
        contact_id=contact.id,
        kind=kind,
        happened_on=happened_on,
        note=note,
        key=key,
        at=now,
    )
    db.session.add(row)
    if contact.last_touch_on is None or happened_on > contact.last_touch_on:
        contact.last_touch_on = happened_on
        contact.snoozed_until = None
    rhythm.settle(contact, by.today(now))
    active(by, by.today(now))
    return row


def _secret() -> str:
    return str(current_app.config["SECRET_KEY"])
