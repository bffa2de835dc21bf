"""Imports as their owner sees them, and everybody in the address book on the way out."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select

from portal.accounts.viewer import Viewer
from portal.address_book.models import Choice, ContactImport, ContactImportRow, ImportState, Outcome
from portal.db import db
from portal.errors import NotFound
from portal.network.models import Channel, ChannelKind, Contact


def visible_to(viewer: Viewer) -> Select[ContactImport]:
    """The imports this person may see: their own. Every other query starts here."""
    return select(ContactImport).where(ContactImport.owner_id == viewer.id)


def history(viewer: Viewer) -> Select[ContactImport]:
    """All files of this person, the newest first."""
    return visible_to(viewer).order_by(ContactImport.at.desc(), ContactImport.id.desc())


def one_import(viewer: Viewer, import_id: int) -> ContactImport:
    """One file of this person."""
    found = db.session.scalar(visible_to(viewer).where(ContactImport.id == import_id))
    if found is None:
        raise NotFound
    return found


def how_far(viewer: Viewer, import_id: int) -> tuple[ImportState, int, int]:
    """State, rows done, and rows altogether."""
    wanted = select(ContactImport.state, ContactImport.done, ContactImport.total).where(
        ContactImport.owner_id == viewer.id, ContactImport.id == import_id
    )
    row = db.session.execute(wanted).first()
    if row is None:
        raise NotFound
    return row.state, row.done, row.total


def rows_of(found: ContactImport, **narrowed: Any) -> Select[ContactImportRow]:
    """The rows of a file, in their order; narrowed to an outcome, a result, or what undoing did."""
    return select(ContactImportRow).filter_by(import_id=found.id, **narrowed).order_by(ContactImportRow.line)


def undecided(found: ContactImport) -> int:
    """How many likely duplicates their owner has not decided on."""
    wanted = rows_of(found, outcome=Outcome.LIKELY, choice=Choice.OURS).order_by(None).subquery()
    return db.session.scalar(select(func.count()).select_from(wanted)) or 0


def one_row(found: ContactImport, row_id: int) -> ContactImportRow:
    """One row of a file."""
    row = db.session.scalar(rows_of(found, id=row_id))
    if row is None:
        raise NotFound
    return row


def contact_of(viewer: Viewer, row: ContactImportRow) -> Contact | None:
    """Whom a row was found to be, or was brought into."""
    return db.session.scalar(select(Contact).where(Contact.owner_id == viewer.id, Contact.id == row.contact_id))


def ways_of(contact_id: int) -> list[tuple[ChannelKind, str]]:
    """The ways to reach a contact."""
    wanted = select(Channel.kind, Channel.value).where(Channel.contact_id == contact_id).order_by(Channel.id)
    return [(kind, value) for kind, value in db.session.execute(wanted)]


@dataclass(slots=True)
class Person:
    """A contact with the ways to reach them."""

    contact: Any
    ways: list[tuple[ChannelKind, str]]

    def __getattr__(self, name: str) -> Any:
        """Whatever the contact says."""
        return getattr(self.contact, name)


def everybody(viewer: Viewer) -> Iterator[Person]:
    """All own contacts by name, for an export."""
    found = {
        row.id: Person(row, [])
        for row in db.session.execute(
            select(Contact.__table__).where(Contact.owner_id == viewer.id).order_by(Contact.name, Contact.id)
        )
    }
    ways = (
        select(Channel.contact_id, Channel.kind, Channel.value)
        .join(Contact, Contact.id == Channel.contact_id)
        .where(Contact.owner_id == viewer.id)
        .order_by(Channel.id)
    )
    for contact_id, kind, value in db.session.execute(ways):
        if contact_id in found:
            found[contact_id].ways.append((kind, value))
    return iter(found.values())
