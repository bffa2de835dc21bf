"""Contacts as they stand: whole, for putting them back, and as a digest, for seeing whether they were changed."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, Select, select

from portal.address_book.merging import FACTS, Entry
from portal.db import UtcDateTime, db
from portal.network.models import Channel, Contact

CONTACTS: Any = Contact.__table__
CHANNELS: Any = Channel.__table__
AT_ONCE = 500
"""Ids in one statement."""
NOT_SAID = {"id", "version", "changed_at", "due_on"}
"""What changes by itself; it tells nothing of the owner's hand. The version counts on when something is put back,
so that a tab opened in between is not believed."""
Snapshot = dict[str, Any]


def of_owner(owner_id: int, *, held: bool) -> dict[int, Snapshot]:
    """All contacts of a person with their channels, by id; `held` until the transaction ends, so that nobody changes
    them meanwhile."""
    wanted = select(CONTACTS).where(CONTACTS.c.owner_id == owner_id).order_by(CONTACTS.c.id)
    rows = _rows(wanted.with_for_update() if held else wanted)
    found: dict[int, Snapshot] = {row["id"]: {"contact": row, "channels": []} for row in rows}
    channels = (
        select(CHANNELS)
        .join(CONTACTS, CONTACTS.c.id == CHANNELS.c.contact_id)
        .where(CONTACTS.c.owner_id == owner_id)
        .order_by(CHANNELS.c.id)
    )
    for row in _rows(channels):
        if row["contact_id"] in found:
            found[row["contact_id"]]["channels"].append(row)
    return found


def of(ids: Iterable[int]) -> dict[int, Snapshot]:
    """These contacts with their channels, by id."""
    found: dict[int, Snapshot] = {}
    for some in in_pieces(sorted(ids)):
        for row in _rows(select(CONTACTS).where(CONTACTS.c.id.in_(some))):
            found[row["id"]] = {"contact": row, "channels": []}
        channels = select(CHANNELS).where(CHANNELS.c.contact_id.in_(some)).order_by(CHANNELS.c.id)
        for row in _rows(channels):
            found[row["contact_id"]]["channels"].append(row)
    return found


def _rows(wanted: Select[Any]) -> Iterator[dict[str, Any]]:
    found = db.session.execute(wanted)
    names = tuple(found.keys())
    return (dict(zip(names, row, strict=True)) for row in found)


def in_pieces(ids: Sequence[int]) -> list[Sequence[int]]:
    """Ids, some at a time."""
    return [ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE)]


def digest(snapshot: Snapshot) -> str:
    """A digest of what a contact and its channels say."""
    facts = {name: _told(value) for name, value in snapshot["contact"].items() if name not in NOT_SAID}
    ways = sorted([str(row["kind"]), row["value"]] for row in snapshot["channels"])
    return hashlib.sha256(json.dumps([facts, ways], sort_keys=True).encode()).hexdigest()


def kept(snapshot: Snapshot) -> dict[str, Any]:
    """A snapshot as JSON."""
    return {
        "contact": {name: _told(value) for name, value in snapshot["contact"].items()},
        "channels": [{name: _told(value) for name, value in row.items()} for row in snapshot["channels"]],
    }


def columns(told: dict[str, Any]) -> dict[str, Any]:
    """The columns of a contact, from its JSON; a column that was added since is left alone."""
    values = {}
    for name, value in told.items():
        if name not in CONTACTS.c or name in {"id", "version"}:
            continue
        kind = CONTACTS.c[name].type
        if value is not None and isinstance(kind, UtcDateTime):
            value = datetime.fromisoformat(value)
        elif value is not None and isinstance(kind, Date):
            value = date.fromisoformat(value)
        values[name] = value
    return values


def entry(snapshot: Snapshot) -> Entry:
    """Somebody who is here, as cards are held against them."""
    contact = snapshot["contact"]
    facts = {name: contact[name] for name in FACTS}
    ways = [(row["kind"], row["value"]) for row in snapshot["channels"]]
    return Entry(contact["id"], facts, list(contact["tags"]), ways)


def _told(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value) if isinstance(value, str) else value
