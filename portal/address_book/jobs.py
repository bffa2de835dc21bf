"""Background work of this room."""

from portal import clock
from portal.accounts.models import Person
from portal.accounts.viewer import of
from portal.address_book import imports
from portal.address_book.models import ContactImport
from portal.db import db


def import_contacts(import_id: int) -> None:
    """Bring a file of contacts in; each batch is kept as it is done, so that a second run goes on from there."""
    found = db.session.get(ContactImport, import_id)
    if found is None:
        return
    owner = of(db.session.get_one(Person, found.owner_id))
    more = True
    while more:
        more = imports.apply_next(import_id, by=owner, now=clock.now())
        db.session.commit()
