"""What somebody takes along: their contacts as vCard and as a table, and when they were in touch."""

import hashlib
import io
import secrets
import zipfile

from sqlalchemy import delete, func, select

from portal import files, sheets
from portal.accounts import viewer
from portal.accounts.models import Person
from portal.address_book import exports, queries, vcards
from portal.address_book.models import ContactImport, ContactImportRow
from portal.db import db
from portal.network import services as network
from portal.network.models import Contact, Touch

READ_ME = """These are the contacts that {name} kept in the portal of {firm}, and when they were in touch.

contacts.vcf   for the address book of a phone or a mail program (vCard 4.0)
contacts.csv   the same as a table
touches.csv    every meeting, call and message that was logged

The portal has erased its own copy. What belongs to the firm is not in here.
"""
TOUCHES = ["Contact", "Organisation", "How", "On", "Note", "Taken back"]


def counts(person_id: int) -> tuple[int, int]:
    """How many contacts and how many touches somebody has."""
    contacts = select(func.count()).where(Contact.owner_id == person_id)
    touches = select(func.count()).where(Touch.owner_id == person_id, Touch.takes_back_id.is_(None))
    return db.session.scalar(contacts) or 0, db.session.scalar(touches) or 0


def make(person: Person, firm: str) -> bytes:
    """The package."""
    everybody = list(queries.everybody(viewer.of(person)))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("read-me.txt", READ_ME.format(name=person.name, firm=firm))
        packed.writestr("contacts.vcf", vcards.write(everybody))  # type: ignore[arg-type]
        packed.writestr("contacts.csv", sheets.csv_bytes(*exports.head_and_rows(everybody)))
        packed.writestr("touches.csv", sheets.csv_bytes(TOUCHES, _touches(person.id)))
    return out.getvalue()


def keep(body: bytes) -> str:
    """Put a package into the store; its hash."""
    store, sha256 = files.store(), hashlib.sha256(body).hexdigest()
    part = store.part(f"package-{secrets.token_hex(8)}")
    part.write_bytes(body)
    try:
        store.put(part, sha256=sha256)
    finally:
        part.unlink(missing_ok=True)
    return sha256


def erase(person_id: int) -> None:
    """Erase somebody's contacts with the ways to reach them, the touches, and the files they came from."""
    imports = select(ContactImport.id).where(ContactImport.owner_id == person_id)
    db.session.execute(delete(ContactImportRow).where(ContactImportRow.import_id.in_(imports)))
    db.session.execute(delete(ContactImport).where(ContactImport.owner_id == person_id))
    network.keep_count(select(Contact.id).where(Contact.owner_id == person_id))
    db.session.execute(delete(Touch).where(Touch.owner_id == person_id, Touch.takes_back_id.is_not(None)))
    db.session.execute(delete(Touch).where(Touch.owner_id == person_id))
    db.session.execute(delete(Contact).where(Contact.owner_id == person_id))


def _touches(person_id: int) -> list[list[object]]:
    taken_back = set(db.session.scalars(select(Touch.takes_back_id).where(Touch.owner_id == person_id)))
    rows = db.session.execute(
        select(Touch.id, Contact.name, Contact.organisation, Touch.kind, Touch.happened_on, Touch.note)
        .join(Contact, Contact.id == Touch.contact_id)
        .where(Touch.owner_id == person_id, Touch.takes_back_id.is_(None))
        .order_by(Touch.happened_on, Touch.id)
    )
    return [
        [*row[1:3], str(row.kind), row.happened_on.isoformat(), row.note, "yes" if row.id in taken_back else ""]
        for row in rows
    ]
