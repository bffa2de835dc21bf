"""Who takes what is handed over to sales; marketing and admins decide."""

from portal.accounts.models import Person
from portal.audit import services as audit
from portal.db import db
from portal.errors import Refused
from portal.pipeline.models import SalesDesk


def add(person_id: int | None) -> None:
    """Let somebody take what is handed over to sales."""
    person = db.session.get(Person, person_id) if person_id else None
    if person is None or not person.is_active:
        raise Refused("Choose a colleague from the list.", field="colleague")
    if db.session.get(SalesDesk, person.id) is None:
        db.session.add(SalesDesk(person_id=person.id))
        audit.note("put on the sales desk", person)


def remove(person_id: int) -> None:
    """Somebody takes it no longer; what they took stays theirs."""
    row = db.session.get(SalesDesk, person_id)
    if row:
        audit.note("taken off the sales desk", row.person)
        db.session.delete(row)
