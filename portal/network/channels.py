"""The ways to reach a contact: kept as typed, compared by a keyed hash, linked where that is safe."""

import re
from collections.abc import Iterable, Sequence
from urllib.parse import quote

from flask import current_app
from sqlalchemy import delete, select, update

from portal.db import db
from portal.network import identity
from portal.network.models import Channel, ChannelKind, Contact

MOST = 20
"""Ways to reach one person."""
BATCH = 2000


def rows(contact_id: int, channels: Sequence[tuple[ChannelKind, str]]) -> list[Channel]:
    """Channels of a contact as new rows, each once."""
    secret = _secret()
    return [
        Channel(contact_id=contact_id, kind=kind, value=value, match_key=identity.match_key(secret, kind, value))
        for kind, value in dict.fromkeys(channels)
    ]


def of(contact_id: int) -> list[Channel]:
    """The channels of a contact, in the order of their kinds."""
    found = db.session.scalars(select(Channel).where(Channel.contact_id == contact_id).order_by(Channel.id))
    kinds = list(ChannelKind)
    return sorted(found, key=lambda row: (kinds.index(row.kind), row.id))


def of_owner(owner_id: int) -> dict[tuple[int, ChannelKind], list[str]]:
    """The ways to reach everybody whom somebody knows, by contact and kind."""
    found: dict[tuple[int, ChannelKind], list[str]] = {}
    ways = select(Channel.contact_id, Channel.kind, Channel.value).join(Contact, Contact.id == Channel.contact_id)
    for row in db.session.execute(ways.where(Contact.owner_id == owner_id).order_by(Channel.id)):
        found.setdefault((row.contact_id, row.kind), []).append(row.value)
    return found


def replace(contact_id: int, channels: Sequence[tuple[ChannelKind, str]]) -> None:
    """Let a contact have these channels; those that stay keep their rows."""
    wanted = set(channels)
    known = {(row.kind, row.value): row for row in of(contact_id)}
    gone = [row.id for pair, row in known.items() if pair not in wanted]
    if gone:
        db.session.execute(delete(Channel).where(Channel.id.in_(gone)))
    db.session.add_all(rows(contact_id, [pair for pair in channels if pair not in known]))


def link(kind: ChannelKind, value: str) -> str:
    """The address that opens a channel; empty for what can't be opened, or not safely."""
    if kind == ChannelKind.MAIL:
        return f"mailto:{quote(value, safe='@+.-_')}" if "@" in value else ""
    if kind == ChannelKind.PHONE:
        digits = re.sub(r"[^0-9+]", "", value)
        return f"tel:{digits}" if digits else ""
    if kind == ChannelKind.WEB:
        return value if re.match(r"https?://[^\s<>\"']+\Z", value) else ""
    return ""


def renew_match_keys() -> int:
    """Work out every keyed hash anew, for when the firm's key changed; how many were different."""
    secret, last, changed = _secret(), 0, 0
    while batch := _after(last):
        for row in batch:
            key = identity.match_key(secret, row.kind, row.value)
            if key != row.match_key:
                db.session.execute(update(Channel).where(Channel.id == row.id).values(match_key=key))
                changed += 1
        last = batch[-1].id
    return changed


def _after(last: int) -> Sequence[Channel]:
    found = select(Channel.id, Channel.kind, Channel.value, Channel.match_key).where(Channel.id > last)
    return db.session.execute(found.order_by(Channel.id).limit(BATCH)).all()  # type: ignore[return-value]


def parsed(kind: ChannelKind, text: str) -> list[tuple[ChannelKind, str]]:
    """What was typed into a field for one kind: a line for each; a postal address is one whole."""
    lines: Iterable[str] = [text] if kind == ChannelKind.POST else text.splitlines()
    return [(kind, line.strip()) for line in lines if line.strip()]


def _secret() -> str:
    return str(current_app.config["SECRET_KEY"])
