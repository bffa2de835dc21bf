"""Bringing contacts in from a file: looked at first, then done in batches that a restart cannot break."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, insert, select, update

from portal import sheets
from portal.accounts.viewer import Viewer
from portal.address_book import cards, columns, plan, rows, snapshots, vcards
from portal.address_book.applying import apply_batch
from portal.address_book.book import Book
from portal.address_book.cards import Card
from portal.address_book.models import (
    Choice,
    ContactImport,
    ContactImportRow,
    FileKind,
    ImportState,
    Outcome,
    Result,
    Undone,
)
from portal.audit import services as audit
from portal.counters.services import active
from portal.db import db
from portal.errors import NotFound, Refused
from portal.jobs import services as jobs

BATCH = 2_000
AT_ONCE = 500
"""Files up to this are brought in while the owner waits."""
KEPT_UNUSED = timedelta(days=7)
"""How long a file that nobody brought in is kept."""
BEGUN = "This file is being brought in already."


def take_in(body: bytes, *, filename: str, by: Viewer, now: datetime) -> ContactImport:
    """Keep an uploaded file, and what would become of it as far as that can be told. Raises Refused."""
    _forget_old(by, now)
    name = filename[:200].replace("\x00", "")
    found = ContactImport(owner_id=by.id, filename=name, kind=FileKind.TABLE, state=ImportState.COLUMNS, at=now)
    if filename.lower().endswith((".vcf", ".vcard")) or b"BEGIN:VCARD" in body[:2000].replace(b"\x00", b"").upper():
        found.kind = FileKind.VCARD
        _keep(found, vcards.read_all(body))
        return found
    table = columns.understood(sheets.read(body, filename))
    found.heading, found.fields = table.heading, table.fields
    found.cells = [[line, row] for line, row in table.rows]
    found.total = len(table.rows)
    if table.is_from_linkedin:
        found.kind = FileKind.LINKEDIN
        _keep(found, rows.cards(table))
    else:
        db.session.add(found)
        db.session.flush()  # the page needs the id
    return found


def settle_columns(found: ContactImport, chosen: Mapping[int, str]) -> None:
    """Read the sheet with these columns, and look at it anew. Raises Refused."""
    _must_be_open(held(found.id))
    fields = columns.matched(found.heading, chosen)
    found.fields = fields
    table = columns.Table(found.heading, [(line, row) for line, row in found.cells], fields)
    db.session.execute(delete(ContactImportRow).where(ContactImportRow.import_id == found.id))
    _keep(found, rows.cards(table))


def _keep(found: ContactImport, told: list[Card]) -> None:
    found.total, found.state = len(told), ImportState.PREVIEWED
    db.session.add(found)
    db.session.flush()  # the rows need the id
    book = book_of(found.owner_id)
    db.session.execute(insert(ContactImportRow), [_row(found, card, book) for card in told])
    count(found)


def book_of(owner_id: int) -> Book:
    """The address book of a person."""
    return Book(snapshots.entry(each) for each in snapshots.of_owner(owner_id, held=False).values())


def _row(found: ContactImport, card: Card, book: Book) -> dict[str, Any]:
    planned = plan.plan(card, book, picks={}, takes=found.takes)
    entry = planned.found.entry if planned.found else None
    if planned.outcome == Outcome.NEW:
        book.add(plan.made(card))
    if planned.outcome == Outcome.LIKELY:
        book.wait(plan.made(card))
    return {
        "import_id": found.id,
        "line": card.line,
        "name": card.name[:200],
        "card": cards.kept(card),
        "outcome": planned.outcome,
        "found_by": str(planned.found.by) if planned.found else "",
        "twin": entry.line if entry else None,
        "words": list(planned.words),
        "differs": [list(each) for each in planned.differs],
        "picks": {},
        "contact_id": entry.id if entry else None,
    }


def start(found: ContactImport, *, relation: str, closeness: str, takes: str, by: Viewer, now: datetime) -> None:
    """Bring the file in: at once if it is short, else in the background. Starting twice does nothing more."""
    held_one = held(found.id)
    if held_one.state == ImportState.COLUMNS:
        raise Refused("Say first what the columns are.")
    if held_one.state != ImportState.PREVIEWED:
        return
    held_one.relation, held_one.closeness, held_one.takes = relation, closeness, takes
    held_one.state, held_one.started_at, held_one.cells = ImportState.RUNNING, now, []
    active(by, by.today(now))
    if held_one.total <= AT_ONCE:
        db.session.flush()
        while apply_next(found.id, by=by, now=now):
            pass
    else:
        jobs.enqueue("import-contacts", import_id=held_one.id)


def apply_next(import_id: int, *, by: Viewer, now: datetime) -> bool:
    """Bring in the next rows; whether more are left."""
    found = held(import_id)
    if found.state != ImportState.RUNNING:
        return False
    waiting = (
        select(ContactImportRow)
        .where(ContactImportRow.import_id == import_id, ContactImportRow.result == Result.WAITING)
        .order_by(ContactImportRow.line)
        .limit(BATCH)
    )
    batch = list(db.session.scalars(waiting))
    apply_batch(batch, found, by=by, now=now)
    found.done = min(found.total, found.done + len(batch))
    if len(batch) < BATCH:
        found.state, found.done_at, found.done = ImportState.DONE, now, found.total
    db.session.flush()
    count(found)
    if found.state == ImportState.DONE:
        audit.note("contacts imported", found.kind, actor=by, **_results(found))
    return found.state == ImportState.RUNNING


def choose(found: ContactImport, choices: Mapping[int, Choice]) -> None:
    """Keep what the owner wants of rows, by their id; strangers' ids choose nothing."""
    _must_be_open(held(found.id))
    for choice in Choice:
        ids = [row_id for row_id, wanted in choices.items() if wanted == choice]
        if ids:
            _set_choice(choice, ContactImportRow.import_id == found.id, ContactImportRow.id.in_(ids))


def choose_all(found: ContactImport, choice: Choice) -> None:
    """One choice for every likely duplicate that is not decided yet."""
    _must_be_open(held(found.id))
    _set_choice(
        choice,
        ContactImportRow.import_id == found.id,
        ContactImportRow.outcome == Outcome.LIKELY,
        ContactImportRow.choice == Choice.OURS,
    )


def decide(row: ContactImportRow, found: ContactImport, *, choice: Choice, picks: Mapping[str, str]) -> None:
    """Keep what the owner wants of one row, field by field."""
    _must_be_open(held(found.id))
    row.choice, row.picks = choice, dict(picks)


def _set_choice(choice: Choice, *where: Any) -> None:
    db.session.execute(
        update(ContactImportRow).where(*where).values(choice=choice), execution_options={"synchronize_session": False}
    )
    db.session.expire_all()


def _must_be_open(found: ContactImport) -> None:
    if found.state not in {ImportState.COLUMNS, ImportState.PREVIEWED}:
        raise Refused(BEGUN)


def discard(found: ContactImport) -> None:
    """Forget a file that was not brought in."""
    _must_be_open(held(found.id))
    db.session.execute(delete(ContactImport).where(ContactImport.id == found.id))


def forget_all(owner_id: int) -> None:
    """Erase what imports keep of somebody's contacts: for whoever leaves the firm."""
    db.session.execute(
        delete(ContactImport).where(ContactImport.owner_id == owner_id),
        execution_options={"synchronize_session": False},
    )


def _forget_old(by: Viewer, now: datetime) -> None:
    unused = ContactImport.state.in_([ImportState.COLUMNS, ImportState.PREVIEWED])
    db.session.execute(
        delete(ContactImport).where(ContactImport.owner_id == by.id, unused, ContactImport.at < now - KEPT_UNUSED),
        execution_options={"synchronize_session": False},
    )


def held(import_id: int) -> ContactImport:
    """An import, held until the transaction ends: two workers, or two presses of a button, take turns."""
    found = db.session.scalar(
        select(ContactImport).where(ContactImport.id == import_id).with_for_update(),
        execution_options={"populate_existing": True},
    )
    if found is None:
        raise NotFound
    return found


def count(found: ContactImport) -> None:
    """Count the rows of an import by outcome, result and undoing."""
    counts: dict[str, Any] = {}
    for kinds, column in (
        (Outcome, ContactImportRow.outcome),
        (Result, ContactImportRow.result),
        (Undone, ContactImportRow.undone),
    ):
        there = Counter(dict(_by(found, column)))
        prefix = {Outcome: "", Result: "was-", Undone: "now-"}[kinds]
        counts |= {f"{prefix}{each}": there[each] for each in kinds if each}
    found.counts = counts


def _by(found: ContactImport, column: Any) -> Iterable[Any]:
    return (
        (each, n)
        for each, n in db.session.execute(
            select(column, func.count()).where(ContactImportRow.import_id == found.id).group_by(column)
        )
    )


def _results(found: ContactImport) -> dict[str, int]:
    return {str(each): found.counts[f"was-{each}"] for each in Result if each}
