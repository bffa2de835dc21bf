"""Taking back a whole import: whoever it made is removed, whoever it merged into is as before; what was changed since
stays until its owner says otherwise."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, select, update

from portal.accounts.viewer import Viewer
from portal.address_book import imports, snapshots
from portal.address_book.models import ContactImport, ContactImportRow, ImportState, Result, Undone
from portal.address_book.snapshots import CHANNELS, CONTACTS, Snapshot
from portal.audit import services as audit
from portal.counters import services as counters
from portal.db import Base, db
from portal.errors import Refused
from portal.network import queries
from portal.network import services as network
from portal.network.models import Touch

OURS = {"contact_channels", "touches", "contact_import_rows"}
"""Tables that hold what belongs to a contact."""
TOUCHED = ("last_touch_on", "due_on", "snoozed_until")
CHANGED = "It was changed after the import, so it stays."
IN_TOUCH = "You were in touch after the import, so it stays."
NEEDED = "Something else in the portal points to it, so it stays."


@dataclass(frozen=True)
class Brought:
    """What an import did to one contact."""

    contact_id: int
    is_made: bool
    before: dict[str, Any] | None
    after: str
    rows: list[ContactImportRow]


def undo(found: ContactImport, *, by: Viewer, now: datetime) -> None:
    """Take back everything that was not changed since. Raises Refused."""
    held = imports.held(found.id)
    if held.state == ImportState.UNDONE:
        return
    if held.state != ImportState.DONE:
        raise Refused("This file wasn't brought in, so there is nothing to undo.")
    brought = _brought(held)
    current = snapshots.of(each.contact_id for each in brought)
    touched = _touched(held, current)
    needed = _needed(current)
    removed, restored = [], []
    for each in brought:
        reason = _why_it_stays(each, current.get(each.contact_id), touched, needed)
        if reason:
            _mark(each, Undone.KEPT, reason)
        elif each.is_made:
            removed.append(each)
        else:
            restored.append(each)
    _remove(removed, held, by)
    _restore(restored, current)
    held.state, held.undone_at = ImportState.UNDONE, now
    db.session.flush()
    imports.count(held)
    audit.note("import of contacts undone", held.kind, removed=len(removed), restored=len(restored))


def undo_one(found: ContactImport, row: ContactImportRow, *, by: Viewer, now: datetime) -> None:
    """Take back what was kept because it was changed since: the owner wants it. Raises Refused."""
    held = imports.held(found.id)
    each = next((one for one in _brought(held) if row in one.rows), None)
    if held.state != ImportState.UNDONE or row.undone != Undone.KEPT or each is None:
        raise Refused("There is nothing left to undo here.")
    current = snapshots.of([each.contact_id])
    if each.is_made:
        if _needed(current, firmly=True):
            raise Refused("Something else in the portal still needs this contact, so it can't be removed here.")
        _remove([each], held, by)
    else:
        # The day of the last touch follows from touches, not from the file.
        _restore([each], current, but=TOUCHED if each.contact_id in _touched(held, current) else ())
    db.session.flush()
    imports.count(held)
    audit.note("import of contacts undone", held.kind, removed=int(each.is_made), restored=int(not each.is_made))


def _brought(found: ContactImport) -> list[Brought]:
    """What was done to each contact, from its rows in their order: the first image before, the last digest after."""
    rows = db.session.scalars(
        select(ContactImportRow)
        .where(
            ContactImportRow.import_id == found.id,
            ContactImportRow.contact_id.is_not(None),
            ContactImportRow.result.in_([Result.MADE, Result.MERGED]),
        )
        .order_by(ContactImportRow.line)
    )
    by_contact: dict[int, list[ContactImportRow]] = {}
    for row in rows:
        by_contact.setdefault(row.contact_id or 0, []).append(row)
    merged = select(ContactImportRow.id, ContactImportRow.before).where(
        ContactImportRow.import_id == found.id, ContactImportRow.result == Result.MERGED
    )
    befores: dict[int, Any] = {row_id: before for row_id, before in db.session.execute(merged)}
    return [
        Brought(
            contact_id,
            any(row.result == Result.MADE for row in mine),
            next((befores[row.id] for row in mine if befores.get(row.id)), None),
            mine[-1].after,
            mine,
        )
        for contact_id, mine in by_contact.items()
    ]


def _why_it_stays(each: Brought, current: Snapshot | None, touched: set[int], needed: set[int]) -> str:
    if current is None or snapshots.digest(current) != each.after:
        return CHANGED if each.contact_id not in touched else IN_TOUCH
    if each.contact_id in touched:
        return IN_TOUCH
    return NEEDED if each.is_made and each.contact_id in needed else ""


def _touched(found: ContactImport, current: dict[int, Snapshot]) -> set[int]:
    """Contacts with a touch that this import didn't bring, logged after it."""
    there: set[int] = set()
    for some in snapshots.in_pieces(sorted(current)):
        there |= set(
            db.session.scalars(
                select(Touch.contact_id).where(
                    Touch.contact_id.in_(some),
                    Touch.at >= found.started_at,
                    Touch.key.not_like(f"import-{found.id}-%"),
                )
            )
        )
    return there


def _needed(current: dict[int, Snapshot], *, firmly: bool = False) -> set[int]:
    """Contacts to which rows of other rooms point; `firmly`: in a way that keeps them from being removed."""
    there: set[int] = set()
    for table in Base.metadata.sorted_tables:
        for key in table.foreign_keys:
            if key.column.table.name != "contacts" or table.name in OURS:
                continue
            if firmly and key.ondelete in {"CASCADE", "SET NULL"}:
                continue
            for some in snapshots.in_pieces(sorted(current)):
                there |= set(db.session.scalars(select(key.parent).where(key.parent.in_(some))))
    return there


def _remove(brought: list[Brought], found: ContactImport, by: Viewer) -> None:
    if not brought:
        return
    for each in brought:
        _mark(each, Undone.REMOVED, "")
        for row in each.rows:
            row.contact_id = None  # or the row would go with its contact
    db.session.flush()
    counters.moved("contacts", practice_id=by.practice_id, n=-len(brought))
    for some in snapshots.in_pieces([each.contact_id for each in brought]):
        _uncount_touches(some, found, by)
        network.keep_count(some)
        db.session.execute(delete(CONTACTS).where(CONTACTS.c.id.in_(some)))


def _uncount_touches(contact_ids: Sequence[int], found: ContactImport, by: Viewer) -> None:
    """The touches that the file brought go with their contacts, and count no longer."""
    ours = (Touch.contact_id.in_(contact_ids), Touch.key.like(f"import-{found.id}-%"))
    standing = queries.standing_touches().with_only_columns(Touch.happened_on, func.count()).where(*ours)
    for day, n in db.session.execute(standing.group_by(Touch.happened_on).order_by(Touch.happened_on)).all():
        counters.happened("touches", practice_id=by.practice_id, on=day, n=-n)
    db.session.execute(delete(Touch).where(*ours), execution_options={"synchronize_session": False})


def _restore(brought: list[Brought], current: dict[int, Snapshot], *, but: Iterable[str] = ()) -> None:
    """Put contacts back as they were before; all but these columns."""
    if not brought:
        return
    values = [{"contact": each.contact_id} | _columns(each, but) for each in brought]
    given: dict[str, Any] = {name.removeprefix("new_"): bindparam(name) for name in values[0] if name != "contact"}
    statement = update(CONTACTS).where(CONTACTS.c.id == bindparam("contact"))
    db.session.connection().execute(statement.values(**given, version=CONTACTS.c.version + 1), values)
    extra: list[int] = []
    missing: list[dict[str, Any]] = []
    for each in brought:
        _compare_ways(each, current[each.contact_id]["channels"], extra, missing)
        _mark(each, Undone.RESTORED, "")
    for some in snapshots.in_pieces(extra):
        db.session.execute(delete(CHANNELS).where(CHANNELS.c.id.in_(some)))
    if missing:
        db.session.execute(insert(CHANNELS), missing)


def _columns(each: Brought, but: Iterable[str]) -> dict[str, Any]:
    before = snapshots.columns((each.before or {})["contact"])
    return {f"new_{name}": value for name, value in before.items() if name not in but}


def _compare_ways(
    each: Brought, current: Iterable[dict[str, Any]], extra: list[int], missing: list[dict[str, Any]]
) -> None:
    before = (each.before or {})["channels"]
    wanted = {(row["kind"], row["value"]) for row in before}
    there = {(str(row["kind"]), row["value"]) for row in current}
    extra += [row["id"] for row in current if (str(row["kind"]), row["value"]) not in wanted]
    missing += [
        {name: value for name, value in row.items() if name != "id"}
        for row in before
        if (row["kind"], row["value"]) not in there
    ]


def _mark(each: Brought, undone: Undone, reason: str) -> None:
    for row in each.rows:
        row.undone = undone
        row.words = [reason] if reason else []
