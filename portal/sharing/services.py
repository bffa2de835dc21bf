"""Making links and rooms, changing what is in them, and ending them; by the sender alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from flask import current_app
from sqlalchemy import func, select

from portal import clock, once
from portal.accounts import passwords
from portal.accounts.viewer import Viewer
from portal.audit import services as audit
from portal.db import db
from portal.errors import Refused
from portal.library.kinds import INTERNAL, KINDS, Kind
from portal.library.models import IS_READABLE, Item
from portal.network import queries as contacts
from portal.network import services as network
from portal.network.models import TouchKind
from portal.pipeline import queries as pipeline
from portal.sharing import passcodes, tokens
from portal.sharing.models import Share, SharedItem
from portal.usage import services as usage
from portal.usage.models import How

USUAL = timedelta(days=30)
LONGEST = timedelta(days=366)
SHORTEST_PASSCODE = 6
MOST_ITEMS = 20


@dataclass(frozen=True)
class Chosen:
    """One item that goes into a link, and what the sender says of it."""

    item: Item
    line: str = ""


def why_internal(kind: Kind, is_internal: bool) -> str:
    """Why an item never leaves the firm; nothing where it may."""
    if kind in INTERNAL:
        return f"It is for colleagues only: the kind “{KINDS[kind]}” never leaves the firm."
    return "It is for colleagues only: marketing marked it so." if is_internal else ""


def make(
    chosen: Sequence[Chosen],
    *,
    key: str,
    contact_id: int | None,
    opportunity_id: int | None,
    passcode: str,
    expires_on: date,
    by: Viewer,
    now: datetime,
    is_room: bool = False,
    newcomer: str = "",
    **facts: Any,
) -> tuple[Share, str]:
    """A new link, and the one time that anybody learns its address; the same form sent twice gets none. `newcomer`:
    the name of somebody who becomes a contact with it. Raises Refused."""
    if known := _made_before(by, key):
        return known, ""
    contact_id, opportunity_id = _for_whom(contact_id, opportunity_id, newcomer, by, now)
    token = tokens.new()
    share = Share(
        owner_id=by.id,
        key=key,
        is_room=is_room,
        token_hash=tokens.hashed(token),
        sent_at=now,
        made_at=now,
        contact_id=contact_id,
        opportunity_id=opportunity_id,
        expires_at=_end(expires_on, by, now),
        passcode_hash=_hash(passcode),
        **facts,
    )
    if known := _made_meanwhile(share, by, newcomer):
        return known, ""
    for one in chosen:
        add_item(share, one, by=by, now=now)
    audit.note("link made", f"link {share.id}", items=[one.item.key for one in chosen])
    return share, token


def add_item(share: Share, one: Chosen, *, by: Viewer, now: datetime) -> None:
    """Put an item into a link, or back into it; last. Raises Refused for what never leaves the firm."""
    reason = why_internal(one.item.kind, one.item.is_internal)
    if reason:
        raise Refused(f"“{one.item.title}” can’t be shared. {reason}", field="rows")
    rows = list(db.session.scalars(select(SharedItem).where(SharedItem.share_id == share.id)))
    there = next((row for row in rows if row.item_id == one.item.id), None)
    if there is not None and there.removed_at is None:
        raise Refused(f"“{one.item.title}” is in it already.", field="rows")
    if sum(row.removed_at is None for row in rows) >= MOST_ITEMS:
        raise Refused(f"Keep it to {MOST_ITEMS} items; nobody reads more.", field="rows")
    if there is None:
        there = SharedItem(share_id=share.id, item_id=one.item.id)
        db.session.add(there)
    there.revision, there.removed_at = one.item.published_revision, None
    there.line = one.line or there.line or ""
    there.position = 1 + max((row.position for row in rows), default=0)
    usage.link(
        one.item.id,
        how=How.SHARED,
        opportunity_id=share.opportunity_id,
        contact_id=share.contact_id,
        by=by,
        now=now,
    )
    db.session.flush()  # the next one is put behind it


def remove_item(share: Share, row: SharedItem, *, now: datetime) -> None:
    """Take an item out of a room. The last one stays: a room without anything is a closed door."""
    left = select(func.count()).where(SharedItem.share_id == share.id, SharedItem.removed_at.is_(None))
    if row.removed_at is None and (db.session.scalar(left) or 0) <= 1:
        raise Refused("This is the last item. Revoke the link instead.")
    row.removed_at = row.removed_at or now


def put_back(share: Share, row: SharedItem, *, by: Viewer, now: datetime) -> None:
    """Put an item that was taken out back in, with the revision that is read today."""
    item = db.session.scalar(select(Item).where(Item.id == row.item_id, IS_READABLE))
    if item is None:
        raise Refused("This item is no longer in the library.")
    add_item(share, Chosen(item), by=by, now=now)


def move_up(share: Share, row: SharedItem) -> None:
    """Put an item one place nearer to the top."""
    standing = select(SharedItem).where(SharedItem.share_id == share.id, SharedItem.removed_at.is_(None))
    rows = list(db.session.scalars(standing.order_by(SharedItem.position, SharedItem.id)))
    place = rows.index(row)
    if place:
        rows[place - 1].position, row.position = row.position, rows[place - 1].position


def change(
    share: Share, *, passcode: str, without_passcode: bool, expires_on: date, by: Viewer, now: datetime, **facts: Any
) -> None:
    """Change how a link behaves and what it says; its address stays."""
    if expires_on != clock.day_in(share.expires_at, by.zone):
        share.expires_at = _end(expires_on, by, now)
    for name, value in facts.items():
        setattr(share, name, value)
    if without_passcode or passcode:
        share.passcode_hash = None if without_passcode else _hash(passcode)
        passcodes.begin_anew(share)


def renew(share: Share, *, number: int, by: Viewer, now: datetime) -> str:
    """A new address; the old one is dead from now on. What has run out is good for thirty days more. Nothing for a
    page that was sent twice."""
    if number != share.number:
        return ""
    if share.revoked_at is not None:
        raise Refused("This link is revoked. Undo that first.")
    token = tokens.new()
    share.token_hash, share.sent_at, share.number = tokens.hashed(token), now, number + 1
    if share.expires_at <= now:
        share.expires_at = _end(by.today(now) + USUAL, by, now)
    passcodes.begin_anew(share)
    audit.note("link renewed", f"link {share.id}")
    return token


def revoke(share: Share, *, now: datetime) -> None:
    """Close a link at once; it can be opened again."""
    share.revoked_at = share.revoked_at or now
    audit.note("link revoked", f"link {share.id}")


def undo_revoke(share: Share) -> None:
    """Open a revoked link again, under the same address and until the same day."""
    share.revoked_at = None
    audit.note("link opened again", f"link {share.id}")


def log_touch(share: Share, *, by: Viewer, now: datetime) -> None:
    """Log that the contact opened it, because the sender says that this was being in touch."""
    if share.contact_id is None or share.first_opened_at is None:
        raise Refused("There is nobody to log it with.")
    network.touch(
        contacts.contact_for(by, share.contact_id),
        kind=TouchKind.MESSAGE,
        happened_on=clock.day_in(share.first_opened_at, by.zone),
        note="Opened what I sent",
        key=f"share-{share.id}",
        by=by,
        now=now,
    )
    share.answered_at = share.answered_at or now


def leave_touch(share: Share, *, now: datetime) -> None:
    """It was no touch; ask no more."""
    share.answered_at = share.answered_at or now


def _made_before(by: Viewer, key: str) -> Share | None:
    return db.session.scalar(select(Share).where(Share.owner_id == by.id, Share.key == key))


def _made_meanwhile(share: Share, by: Viewer, newcomer: str) -> Share | None:
    """Keep a new link; or else the one that the same form made in the same instant, when it was sent twice."""
    try:
        once.add(share)
    except Refused:
        # Who was new became a contact twice; a refusal takes this one back.
        if not newcomer and (known := _made_before(by, share.key)):
            return known
        raise
    return None


def _for_whom(
    contact_id: int | None, opportunity_id: int | None, newcomer: str, by: Viewer, now: datetime
) -> tuple[int | None, int | None]:
    if newcomer:
        contact_id = network.add(name=newcomer, by=by, now=now, is_spread=False).id
    if opportunity_id is not None:
        found = pipeline.opportunity_for(by, opportunity_id)
        contact_id = contact_id or found.contact_id
    if contact_id is not None:
        contacts.contact_for(by, contact_id)
    if contact_id is None and opportunity_id is None:
        raise Refused("Say for whom: one of your contacts, or one of your opportunities.", field="contact")
    return contact_id, opportunity_id


def _end(on: date, by: Viewer, now: datetime) -> datetime:
    today = by.today(now)
    if not today <= on <= today + LONGEST:
        raise Refused("Choose a day from today on, within a year.", field="expires_on")
    return clock.end_of(on, by.zone)


def _hash(passcode: str) -> str | None:
    if not passcode:
        return None
    if len(passcode) < SHORTEST_PASSCODE:
        raise Refused(f"Use at least {SHORTEST_PASSCODE} characters.", field="passcode")
    return passwords.hasher(current_app.extensions["portal_config"].PASSWORD_MEMORY_KIB).hash(passcode)
