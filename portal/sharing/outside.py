"""What is held by people outside when something changes inside: a claim is said differently, or somebody leaves."""

from collections import defaultdict
from collections.abc import Set
from datetime import datetime

from sqlalchemy import and_, func, or_, select, update

from portal.db import changed, db
from portal.library.models import IS_READABLE, Item, Revision
from portal.library.services import CLAIM
from portal.sharing.models import Share, SharedItem
from portal.sharing.showing import WhenRevised


def links_using(claims: Set[str], now: datetime) -> list[list[str | int]]:
    """The items that open links show with one of these claims: key, title, how many links. Whose they are is their
    senders' business."""
    if not claims:
        return []
    shown = _shown(now)
    using = _using(set(shown), claims)
    found: dict[tuple[str, str], int] = defaultdict(int)
    for (item_id, number), (key, title, n) in shown.items():
        if (item_id, number) in using:
            found[title, key] += n
    return [[key, title, n] for (title, key), n in sorted(found.items())]


def open_links(person_id: int, now: datetime) -> int:
    """How many links of somebody are open now."""
    found = select(func.count()).where(Share.owner_id == person_id, Share.revoked_at.is_(None), Share.expires_at > now)
    return db.session.scalar(found) or 0


def person_left(person_id: int, now: datetime) -> int:
    """Close every link of somebody who leaves: each shows their name and how to reach them. How many there were."""
    closing = update(Share).where(Share.owner_id == person_id, Share.revoked_at.is_(None), Share.expires_at > now)
    n = changed(closing.values(revoked_at=now))
    # To whom they sent what, and what they noted, is nobody's from now on.
    changed(update(Share).where(Share.owner_id == person_id).values(private_note="", note="", contact_id=None))
    return n


def _shown(now: datetime) -> dict[tuple[int, int], tuple[str, str, int]]:
    """By item and revision: key, title, and how many open links show it."""
    columns = (Item.id, Item.key, Item.title, Item.published_revision, SharedItem.revision, Share.when_revised)
    rows = db.session.execute(
        select(*columns, func.count().label("n"))
        .join(SharedItem, SharedItem.item_id == Item.id)
        .join(Share, Share.id == SharedItem.share_id)
        .where(Share.revoked_at.is_(None), Share.expires_at > now, SharedItem.removed_at.is_(None), IS_READABLE)
        .group_by(*columns)
    )
    found: dict[tuple[int, int], tuple[str, str, int]] = {}
    for row in rows:
        number = row.published_revision if row.when_revised is WhenRevised.NEWER else row.revision
        _key, _title, before = found.get((row.id, number), ("", "", 0))
        found[row.id, number] = (row.key, row.title, before + row.n)
    return found


def _using(revisions: Set[tuple[int, int]], claims: Set[str]) -> set[tuple[int, int]]:
    """Those of these revisions that use one of the claims."""
    if not revisions:
        return set()
    wanted = or_(*(and_(Revision.item_id == item_id, Revision.number == number) for item_id, number in revisions))
    rows = db.session.execute(select(Revision.item_id, Revision.number, Revision.tags).where(wanted))
    return {(item_id, number) for item_id, number, tags in rows if claims & set(tags.get(CLAIM, ()))}
