"""Looking whether a colleague asked the same person, and offering to talk; nobody's contacts are shown."""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm.exc import StaleDataError

from portal import once
from portal.accounts.models import Person
from portal.accounts.viewer import Viewer
from portal.asking import collisions, letters, queries
from portal.asking.models import CollisionLook, Talk, TalkState
from portal.audit.services import note
from portal.db import db
from portal.errors import Refused
from portal.network.models import Contact

KEPT_FOR = timedelta(days=7)
"""A contact must have been kept for so long, or asked already: adding somebody is no way to find out about them."""
A_DAY, A_MONTH = 20, 100
"""So many looks at most."""
SAME_LOOK = timedelta(hours=1)
NOT_KNOWN = "The portal knows people again by mail address and phone number, and you have noted neither of theirs."
OPEN_FOR = timedelta(days=14)
"""How long an offer can be taken up; until then nobody learns that it wasn't."""
OUT_ALREADY = "Your offer is out already. You will be told when somebody takes it up."
CHANGED = "This was changed in another tab since you opened it. Look at it again; what you wrote is kept here."


def why_not(contact: Contact, keys: Sequence[str], *, by: Viewer, now: datetime) -> str:
    """Why this person can't look yet; empty when they can. What colleagues did plays no part in it."""
    if not keys:
        return NOT_KNOWN
    if contact.created_at > now - KEPT_FOR and not queries.has_asked(by, contact):
        on = by.today(contact.created_at + KEPT_FOR)
        return f"You can look from {on.day} {on:%B} on, a week after you kept this contact, or once you asked them."
    return ""


def seen(contact: Contact, keys: Sequence[str], *, by: Viewer, now: datetime) -> CollisionLook | None:
    """What this person's last look found, while it is fresh and by all that is known of the contact now."""
    known = queries.look_or_none(by, contact, now)
    return known if known and known.keys_mark == _mark(keys) else None


def _mark(keys: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(keys).encode()).hexdigest()[:32]


def look(contact: Contact, *, by: Viewer, now: datetime) -> CollisionLook:
    """Look whether a colleague asked the same person lately. Every look is noted and counted."""
    keys = queries.keys_of(contact)
    known = seen(contact, keys, by=by, now=now)
    if known and known.at > now - SAME_LOOK:
        return known
    if reason := why_not(contact, keys, by=by, now=now):
        raise Refused(reason)
    if queries.looks_since(by, now - timedelta(days=1)) >= A_DAY:
        raise Refused("That is enough for one day. Look at the others tomorrow.")
    if queries.looks_since(by, now - timedelta(days=30)) >= A_MONTH:
        raise Refused("That is enough for one month. Looking is for people whom you are about to ask.")
    today, span = by.today(now), queries.span(queries.rules_or_none())
    found = [collisions.told(one.ask, today) for one in queries.matches(by, keys, today, span)]
    row = CollisionLook(person_id=by.id, contact_id=contact.id, keys_mark=_mark(keys), found=found, at=now)
    db.session.add(row)
    note("looked for a colleague's ask", f"contact {contact.id}", actor=by)
    db.session.flush()
    return row


def offer(contact: Contact, *, by: Viewer, now: datetime) -> list[Talk]:
    """Offer to talk to whoever asked the same person; a colleague who offered it before is taken at their word."""
    today, span = by.today(now), queries.span(queries.rules_or_none())
    keys = queries.keys_of(contact)
    known = seen(contact, keys, by=by, now=now)
    if known is None or not known.found:
        raise Refused("Look first whether a colleague asked this person.")
    if any(one.expires_on >= today for one in queries.offers(by, contact)):
        raise Refused(OUT_ALREADY)
    talks = []
    for match in queries.matches(by, keys, today, span):
        waiting = _offered_to(by, match, now)
        if waiting is not None:
            accept(waiting, by=by, now=now)
            talks.append(waiting)
            continue
        talk = Talk(
            asker_id=by.id,
            asker_contact_id=contact.id,
            other_id=match.owner_id,
            other_contact_id=match.contact_id,
            offered_at=now,
            expires_on=today + OPEN_FOR,
        )
        once.add(talk, otherwise=OUT_ALREADY)  # another tab may offer in this moment
        letters.offered(db.session.get_one(Person, match.owner_id), by=by.name, talk_id=talk.id)
        talks.append(talk)
    return talks


def _offered_to(by: Viewer, match: queries.Match, now: datetime) -> Talk | None:
    """The same offer from the other side, while it is open."""
    return db.session.scalar(
        select(Talk)
        .where(
            Talk.asker_id == match.owner_id,
            Talk.other_id == by.id,
            Talk.asker_contact_id == match.contact_id,
            Talk.state == TalkState.OFFERED,
            Talk.expires_on >= by.today(now),
        )
        .order_by(Talk.id)
        .limit(1)
    )


def accept(talk: Talk, *, by: Viewer, now: datetime, version: int | None = None) -> None:
    """Take an offer up: from now on both know who the other is."""
    _check_open(talk, by, now, version)
    talk.state, talk.answered_at = TalkState.ACCEPTED, now
    letters.accepted(talk.asker, by=by.name, talk_id=talk.id)
    _write()


def decline(talk: Talk, *, by: Viewer, now: datetime, version: int | None = None) -> None:
    """Decline quietly: the other side learns nothing but that nobody took it up, and that only when it has run out."""
    _check_open(talk, by, now, version)
    talk.state, talk.answered_at = TalkState.DECLINED, now
    _write()


def _check_open(talk: Talk, by: Viewer, now: datetime, version: int | None) -> None:
    if version is not None and version != talk.version:
        raise Refused(CHANGED)
    if talk.other_id != by.id or talk.state != TalkState.OFFERED:
        raise Refused("This was answered already.")
    if talk.expires_on < by.today(now):
        raise Refused("This offer has run out. You can still look for each other, and offer anew.")


def say(talk: Talk, *, line: str, version: int, by: Viewer, now: datetime) -> None:
    """Write one line to the other; it can be changed, and shows once both agreed."""
    if version != talk.version:
        raise Refused(CHANGED)
    if talk.state != TalkState.ACCEPTED:
        raise Refused("Write once you both agreed to talk.")
    if by.id == talk.asker_id:
        talk.asker_line = line
    else:
        talk.other_line = line
    _write()


def put_away(talk: Talk, *, by: Viewer, now: datetime) -> None:
    """Let a talk that was agreed disappear from one's own Today."""
    if talk.state != TalkState.ACCEPTED:
        raise Refused("Answer it first.")
    if by.id == talk.asker_id:
        talk.asker_done_at = talk.asker_done_at or now
    else:
        talk.other_done_at = talk.other_done_at or now
    _write()


def _write() -> None:
    try:
        db.session.flush()
    except StaleDataError:
        raise Refused(CHANGED) from None
