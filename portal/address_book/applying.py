"""What becomes of the rows of a file: decided against the address book as it is now, then written together."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select, update

from portal.accounts.models import Person
from portal.accounts.viewer import Viewer
from portal.address_book import cards, merging, plan, snapshots, writing
from portal.address_book.book import Book
from portal.address_book.cards import Card
from portal.address_book.merging import Entry, Way
from portal.address_book.models import Choice, ContactImport, ContactImportRow, Outcome, Result
from portal.db import db
from portal.network.models import Relation

FURTHEST = timedelta(days=3650)
"""How long ago a touch may be that a file tells of."""


def apply_batch(batch: Sequence[ContactImportRow], found: ContactImport, *, by: Viewer, now: datetime) -> None:
    """Bring some rows in; each keeps what became of it, and what its contact was before."""
    if batch:
        # Two files of one person at once would each find the other's contacts missing.
        owner = select(Person.id).where(Person.id == found.owner_id)
        db.session.execute(owner.with_for_update(key_share=True))
        _Batch(found, by, now).bring_in(batch)


class _Batch:
    def __init__(self, found: ContactImport, by: Viewer, now: datetime):
        self.found, self.by, self.now = found, by, now
        self.before = snapshots.of_owner(found.owner_id, held=True)
        self.book = Book(snapshots.entry(each) for each in self.before.values())
        self.fresh: list[Entry] = []
        self.changed: dict[int, Entry] = {}
        self.joined: list[tuple[Entry, list[Way]]] = []
        self.became: list[tuple[ContactImportRow, Entry | None, Result]] = []

    def bring_in(self, batch: Sequence[ContactImportRow]) -> None:
        """Decide, then write."""
        for row in batch:
            card = cards.read(row.card)
            entry, result = self._decide(row, card)
            self.became.append((row, entry, result))
        writing.make(self.fresh, self.found, by=self.by, now=self.now)
        writing.change(list(self.changed.values()), now=self.now)
        writing.join(self.joined)
        self._keep()

    def _decide(self, row: ContactImportRow, card: Card) -> tuple[Entry | None, Result]:
        planned = plan.plan(card, self.book, picks=row.picks, takes=self.found.takes)
        if planned.outcome == Outcome.REFUSED:
            return None, Result.REFUSED
        if row.choice == Choice.SKIP:
            return None, Result.SKIPPED
        if planned.found is None or row.choice == Choice.ADD:
            return self._add(row, card), Result.MADE
        if planned.found.is_waiting and row.choice == Choice.MERGE:
            # There is nobody to merge with, as that row is left out.
            return self._add(row, card), Result.MADE
        if not planned.found.is_sure and row.choice != Choice.MERGE:
            # Nobody was asked about this one, or nobody answered: it waits in the file.
            self.book.wait(plan.made(card))
            return None, Result.SKIPPED
        meant = self.book.by_id.get(row.contact_id or 0) if row.choice == Choice.MERGE else None
        return self._merge(row, card, meant or planned.found.entry)

    def _add(self, row: ContactImportRow, card: Card) -> Entry:
        entry = plan.made(card)
        if row.picks.get("relation") in set(Relation):
            entry.facts["relation"] = row.picks["relation"]
        last = card.last_touch_on
        entry.extra["last_touch_on"] = last if last and last >= self.by.today(self.now) - FURTHEST else None
        self.fresh.append(entry)
        self.book.add(entry)
        return entry

    def _merge(self, row: ContactImportRow, card: Card, entry: Entry) -> tuple[Entry, Result]:
        change = merging.merge(entry, card, picks=row.picks, takes=self.found.takes)
        if change.is_nothing:
            return entry, Result.SAME
        merging.apply(entry, change)
        self.book.learn(entry, change.ways)
        if {"name", "organisation"} & set(change.facts):
            self.book.learn_name(entry)
        if entry.id is not None:
            self.changed[entry.id] = entry
            self.joined.append((entry, change.ways))
        return entry, Result.MERGED

    def _keep(self) -> None:
        touched = {entry.id for _, entry, result in self.became if entry and result in {Result.MADE, Result.MERGED}}
        after = {key: snapshots.digest(each) for key, each in snapshots.of(key for key in touched if key).items()}
        told: set[int] = set()
        values = []
        for row, entry, result in self.became:
            contact_id = entry.id if entry else None
            before = None
            if result == Result.MERGED and contact_id in self.before and contact_id not in told:
                before = snapshots.kept(self.before[contact_id])
                told.add(contact_id)
            values.append(
                {
                    "id": row.id,
                    "result": result,
                    "contact_id": contact_id,
                    "before": before,
                    "after": after.get(contact_id or 0, ""),
                }
            )
        db.session.execute(update(ContactImportRow), values)
        db.session.expire_all()
