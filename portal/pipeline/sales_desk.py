"""Who takes what is handed over to sales; marketing and admins decide."""

from portal.accounts import queries as accounts
from portal.accounts.models import Person
from portal.audit import services as audit
from portal.db import db
from portal.errors import Refused
from portal.pipeline.models import SalesDesk


def colleague(person_id: int | None, words: str = "") -> Person:
    """Whoever was chosen from the list; or typed in full, where there is one of that name."""
    person = db.session.get(Person, person_id) if person_id else None
    if person is None and words:
        fitting = [one for one in accounts.colleagues(words) if words.casefold() in {one.name.casefold(), one.email}]
        person = fitting[0] if len(fitting) == 1 else None
    if person is None or not person.is_active:
        raise Refused("Choose a colleague from the list.", field="colleague")
    return person


def add(person: Person) -> None:
    """Let somebody take what is handed over to sales."""
    if db.session.get(SalesDesk, person.id) is None:
        db.session.add(SalesDesk(person_id=person.id))
        audit.note("put on the sales desk", person)


def remove(person_id: int) -> None:
    """Somebody takes it no longer; what they took stays theirs."""
    row = db.session.get(SalesDesk, person_id)
    if row:
        audit.note("taken off the sales desk", row.person)
        db.session.delete(row)
