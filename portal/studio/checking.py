"""Looking at items before they go out and after: what the portal knows about all that they name."""

import re
from collections.abc import Iterable, Sequence, Set
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from flask import current_app
from sqlalchemy import Select, delete, func, insert, or_, select, update
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from portal import clock
from portal.attachments.models import StoredFile
from portal.db import db
from portal.errors import Refused
from portal.learning.models import Module
from portal.library.models import IS_READABLE, Item, ItemDay, Revision
from portal.library.services import CLAIM
from portal.message import queries as message
from portal.message.models import Claim, Pitch, PitchVersion
from portal.publishing import checks, plain_text, services
from portal.publishing import known as known_words
from portal.publishing.checks import Finding, Look, World
from portal.publishing.models import ItemCheck
from portal.worksheets.models import Worksheet

BATCH, MOST_A_ROUND = 50, 400
LOOKED_LATELY = timedelta(hours=20)
_EMPTY = {"", "https://", "http://", "mailto:", "tel:"}
"""What the editor's button begins an address with; whoever leaves it so forgot the rest."""
_HERE = "/library/item"
"""Where readers are; an address without a beginning leads on from there."""
_ADDRESS = re.compile(r"/(library|pitch|modules|worksheets|files)/([A-Za-z0-9_.-]+)")
_PLACES = {"library": {"new-for-you", "must-read"}, "worksheets": {"filled", "reminders"}, "pitch": {"from-memory"}}
"""Addresses that are no record but a page of the room itself."""
_KEYS: dict[str, Any] = {
    "library": Item.key,
    "pitch": Pitch.key,
    "modules": Module.key,
    "worksheets": Worksheet.key,
    "files": StoredFile.sha256,
}


def look(item: Item, revision: Revision, *, review_on: date | None, now: datetime) -> list[Finding]:
    """What there is to say about a revision before it goes out."""
    asked = _look(item, revision, review_on)
    return checks.findings(asked, _world(item, revision.at, asked, now))


def refuse(found: Iterable[Finding]) -> None:
    """Raise Refused for what must be mended first."""
    if blocking := [finding.what for finding in found if finding.blocks]:
        raise Refused(f"This can’t go out yet: {'; '.join(blocking)}. Below is how to mend it.")


def look_through(now: datetime, most: int = MOST_A_ROUND) -> int:
    """Look at published items that nobody looked at since a day, or since they changed; how many."""
    done = 0
    while done < most and (batch := _next(now)):
        for item, revision in batch:
            _keep(item, revision, now)
        db.session.commit()
        done += len(batch)
    return done


def look_through_now() -> None:
    """The handler of `look-through-items`: all of them, however lately they were looked at."""
    now = clock.now()
    db.session.execute(update(ItemCheck).values(at=now - 2 * LOOKED_LATELY))
    while look_through(now):
        pass


def needing_a_look() -> Select[Any]:
    """The published items with findings, those that block first; with what was found."""
    return (
        select(Item.id, Item.key, Item.title, Item.kind, ItemCheck.findings, ItemCheck.blocking, ItemCheck.advice)
        .add_columns(ItemCheck.at)
        .join(ItemCheck, ItemCheck.item_id == Item.id)
        .where(IS_READABLE, or_(ItemCheck.blocking > 0, ItemCheck.advice > 0))
        .order_by(ItemCheck.blocking.desc(), ItemCheck.advice.desc(), Item.id)
    )


def _next(now: datetime) -> Sequence[Any]:
    return db.session.execute(
        select(Item, Revision)
        .join(Revision, (Revision.item_id == Item.id) & (Revision.number == Item.published_revision))
        .outerjoin(ItemCheck, ItemCheck.item_id == Item.id)
        .where(IS_READABLE)
        .where(
            or_(
                ItemCheck.item_id.is_(None),
                ItemCheck.number != Item.published_revision,
                ItemCheck.at <= now - LOOKED_LATELY,
            )
        )
        .order_by(Item.id)
        .limit(BATCH)
    ).all()


def _keep(item: Item, revision: Revision, now: datetime) -> None:
    found = look(item, revision, review_on=item.review_on, now=now)
    blocking = sum(finding.blocks for finding in found)
    db.session.execute(delete(ItemCheck).where(ItemCheck.item_id == item.id))
    row = {"item_id": item.id, "number": revision.number, "blocking": blocking, "advice": len(found) - blocking}
    db.session.execute(insert(ItemCheck).values(**row, findings=[asdict(each) for each in found], at=now))


def _look(item: Item, revision: Revision, review_on: date | None) -> Look:
    names = tuple(revision.tags.get(CLAIM, ()))
    return Look(revision.kind, revision.source, revision.facts, names, review_on, item.is_internal)


def _world(item: Item, written_at: datetime, asked: Look, now: datetime) -> World:
    links = [link.address for link in plain_text.links(asked.source)]
    missing, closed = _lost(links, plain_text.anchors(asked.source))
    said = _said_now(asked.claims)
    known = message.known_claims() if len(said) < len(set(asked.claims)) else said
    return World(
        today=clock.day_in(now, services.firm_zone()),
        missing=missing,
        closed=closed,
        gone={name for name in asked.claims if name not in said and name in known},
        unknown={name for name in asked.claims if name not in known},
        reworded=set(message.reworded_since(asked.claims, written_at)) if asked.claims else set(),
        known=known_words.among(checks.unexplained(asked.source)),
        is_shared=bool(db.session.scalar(select(func.sum(ItemDay.shared)).where(ItemDay.item_id == item.id))),
    )


def _lost(links: Iterable[str], anchors: Set[str]) -> tuple[set[str], set[str]]:
    """Of these addresses, those that lead to nothing, and those that readers can't open."""
    paths = {link: path for link in links if (path := _path_or_none(link))}
    named = {link: (match[1], match[2]) for link, path in paths.items() if (match := _ADDRESS.match(path))}
    wanted: dict[str, set[str]] = {}
    for room, key in named.values():
        wanted.setdefault(room, set()).add(key)
    there = {room: set(db.session.scalars(_known(room, keys))) for room, keys in wanted.items()}
    there |= {room: there[room] | own for room, own in _PLACES.items() if room in there}
    missing = {link for link, (room, key) in named.items() if key not in there[room]}
    missing |= {link for link, path in paths.items() if link not in named and not _is_page(path)}
    missing |= {link for link in links if link in _EMPTY or (link[0] == "#" and link[1:] not in anchors)}
    items = wanted.get("library", set())
    readable = set(db.session.scalars(select(Item.key).where(Item.key.in_(sorted(items)), IS_READABLE)))
    readable |= _PLACES["library"]
    closed = {link for link, (room, key) in named.items() if room == "library" and key not in readable}
    return missing, closed - missing


def _path_or_none(link: str) -> str | None:
    """Where a link leads inside the portal, as a reader's browser takes it; nothing for one that leads elsewhere."""
    if not link or link[0] == "#":
        return None
    try:
        parts = urlsplit(urljoin(_HERE, link))
    except ValueError:  # browsers make nothing of it either
        return None
    own = urlsplit(current_app.extensions["portal_config"].BASE_URL).netloc
    is_here = parts.netloc in {"", own} and parts.scheme in {"", "http", "https"}
    return unquote(parts.path) if is_here else None


def _is_page(path: str) -> bool:
    try:
        current_app.url_map.bind("portal").match(path, method="GET")
    except RequestRedirect:
        return True
    except HTTPException:
        return False
    return True


def _known(room: str, keys: set[str]) -> Any:
    return select(_KEYS[room]).where(_KEYS[room].in_(sorted(keys)))


def _said_now(names: Sequence[str]) -> set[str]:
    """Those of these claims that a pitch says in the version in force."""
    if not names:
        return set()
    found = db.session.execute(
        select(Pitch.key, Claim.key)
        .join(PitchVersion, (PitchVersion.pitch_id == Pitch.id) & (PitchVersion.number == Pitch.number))
        .join(Claim, Claim.version_id == PitchVersion.id)
        .where(Pitch.key.in_([name.partition("/")[0] for name in names]))
    )
    return {f"{pitch}/{claim}" for pitch, claim in found}.intersection(names)
