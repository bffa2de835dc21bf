"""Writing what an import decided, some hundred contacts at a time."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from flask import current_app
from sqlalchemy import bindparam, insert, update

from portal.accounts.viewer import Viewer
from portal.address_book.merging import FACTS, Entry
from portal.address_book.models import ContactImport
from portal.address_book.snapshots import CHANNELS, CONTACTS
from portal.counters import services as counters
from portal.db import db
from portal.network import habits, identity, rhythm
from portal.network.models import Contact, Pace, Relation, Tier, Touch, TouchKind

PAUSED = "paused"


def make(entries: Sequence[Entry], found: ContactImport, *, by: Viewer, now: datetime) -> None:
    """Insert new contacts with their ways and, where the file says when, the touch that was last."""
    if not entries:
        return
    today = by.today(now)
    days = habits.tier_days(by.id)
    made = [_contact(entry, place, found, days, today, now) for place, entry in enumerate(entries, found.done)]
    names = [column.name for column in CONTACTS.columns if column.name != "id"]
    values = [{name: getattr(contact, name) for name in names} for contact in made]
    ids = _inserted(values)
    touches = []
    for entry, contact, number in zip(entries, made, ids, strict=True):
        entry.id = number
        if contact.last_touch_on:
            touches.append(_touch(entry, contact.last_touch_on, found, now))
    join([(entry, entry.ways) for entry in entries])
    counters.moved("contacts", practice_id=by.practice_id, n=len(entries))
    habits.begin(by, now=now)
    if touches:
        db.session.execute(insert(Touch.__table__), touches)  # type: ignore[arg-type]
    for day, n in sorted(Counter(touch["happened_on"] for touch in touches).items()):
        counters.happened("touches", practice_id=by.practice_id, on=day, n=n)


def _inserted(values: list[dict[str, Any]]) -> list[int]:
    """Insert contacts by the hundred; their ids, in order."""
    # Asking for the order would cost a statement a row on SQLite. Both engines number rows as they are written; the
    # names say whether that held.
    there = db.session.execute(insert(CONTACTS).returning(CONTACTS.c.id, CONTACTS.c.name), values).all()
    found = sorted((row.id, row.name) for row in there)
    if [name for _, name in found] != [each["name"] for each in values]:
        raise RuntimeError("The database numbered contacts in another order than they were sent.")
    return [number for number, _ in found]


def change(entries: Sequence[Entry], *, now: datetime) -> None:
    """Write what merges brought to contacts who were here."""
    if not entries:
        return
    given: dict[str, Any] = {name: bindparam(f"new_{name}") for name in (*FACTS, "tags")}
    statement = (
        update(CONTACTS)
        .where(CONTACTS.c.id == bindparam("contact"))
        .values(**given, version=CONTACTS.c.version + 1, changed_at=bindparam("now"))
    )
    db.session.connection().execute(
        statement,
        [
            {"contact": entry.id, "now": now, "new_tags": entry.tags}
            | {f"new_{name}": entry.facts[name] for name in FACTS}
            for entry in entries
        ],
    )


def join(ways: Sequence[tuple[Entry, Sequence[Any]]]) -> None:
    """Insert ways to reach contacts."""
    secret = str(current_app.config["SECRET_KEY"])
    rows = [
        {
            "contact_id": entry.id,
            "kind": kind,
            "value": value,
            "match_key": identity.match_key(secret, kind, value),
        }
        for entry, each in ways
        for kind, value in dict.fromkeys(each)
    ]
    if rows:
        db.session.execute(insert(CHANNELS), rows)


def _contact(
    entry: Entry, place: int, found: ContactImport, days: Mapping[Tier, int], today: date, now: datetime
) -> Contact:
    facts = entry.facts
    tier = Tier(facts.get("tier") or (Tier.OUTER if found.closeness == PAUSED else found.closeness))
    pace = Pace(facts.get("pace") or (Pace.PAUSED if found.closeness == PAUSED else Pace.RUNNING))
    last = entry.extra.get("last_touch_on")
    contact = Contact(
        owner_id=found.owner_id,
        name=facts["name"],
        relation=Relation(facts.get("relation") or found.relation),
        tier=tier,
        pace=pace,
        rhythm_days=facts.get("rhythm_days"),
        tags=entry.tags,
        last_touch_on=last if last and last <= today else None,
        created_at=now,
        changed_at=now,
        **{name: facts.get(name, "") for name in ("organisation", "position", "notes", "how_met", "cares_about")},
    )
    _fill(contact)
    # A whole address book is not due on one day.
    contact.started_on = today
    contact.stagger = min(rhythm.PARTS - 1, place * rhythm.PARTS // max(1, found.total))
    rhythm.settle(contact, days)
    return contact


def _fill(contact: Contact) -> None:
    """Give the columns that say nothing what they say by default: a plain INSERT doesn't."""
    for column in CONTACTS.columns:
        default = column.default
        if getattr(contact, column.name) is None and default is not None and column.name != "id":
            setattr(contact, column.name, default.arg(None) if default.is_callable else default.arg)


def _touch(entry: Entry, happened_on: date, found: ContactImport, now: datetime) -> dict[str, Any]:
    return {
        "owner_id": found.owner_id,
        "contact_id": entry.id,
        "kind": TouchKind.OTHER,
        "happened_on": happened_on,
        "note": "From an imported file",
        "key": f"import-{found.id}-{entry.line}",
        "takes_back_id": None,
        "at": now,
    }
