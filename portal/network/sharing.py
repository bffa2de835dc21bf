"""Showing one contact to one named colleague: an act of the owner, who ends it when they like."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload

from portal.accounts import queries as accounts
from portal.accounts.models import Person
from portal.accounts.viewer import Viewer
from portal.audit import services as audit
from portal.db import db
from portal.errors import NotFound, Refused
from portal.network.models import Channel, Contact, ContactShare


def visible_to(viewer: Viewer) -> Select[ContactShare]:
    """What colleagues show this person now; what they keep to themselves is never part of the page."""
    return (
        select(ContactShare)
        .join(ContactShare.contact)
        .where(ContactShare.with_id == viewer.id, ContactShare.ended_at.is_(None))
        .options(joinedload(ContactShare.contact).joinedload(Contact.client))
        .order_by(ContactShare.id.desc())
    )


def shown_by(viewer: Viewer) -> Select[ContactShare]:
    """What this person shows to colleagues now."""
    return (
        select(ContactShare)
        .join(ContactShare.contact)
        .where(Contact.owner_id == viewer.id, ContactShare.ended_at.is_(None))
        .options(joinedload(ContactShare.contact), joinedload(ContactShare.colleague))
        .order_by(ContactShare.id.desc())
    )


def shown_now(viewer: Viewer, most: int = 100) -> Sequence[ContactShare]:
    """The newest of what this person shows to colleagues."""
    return db.session.scalars(shown_by(viewer).limit(most)).all()


def shown_of(owner_id: int) -> int:
    """How many contacts somebody shows to colleagues now."""
    shown = select(func.count(ContactShare.contact_id.distinct())).join(ContactShare.contact)
    return db.session.scalar(shown.where(Contact.owner_id == owner_id, ContactShare.ended_at.is_(None))) or 0


def of(contact: Contact) -> Sequence[ContactShare]:
    """Whom a contact is shown to now."""
    found = select(ContactShare).where(ContactShare.contact_id == contact.id, ContactShare.ended_at.is_(None))
    return db.session.scalars(found.options(joinedload(ContactShare.colleague)).order_by(ContactShare.id)).all()


def owners(shares: Sequence[ContactShare]) -> dict[int, Person]:
    """Who shows these contacts."""
    ids = {share.contact.owner_id for share in shares}
    return {row.id: row for row in db.session.scalars(select(Person).where(Person.id.in_(ids)))}


def channels_of(shares: Sequence[ContactShare]) -> dict[int, list[Channel]]:
    """The ways to reach these contacts, by contact."""
    found: dict[int, list[Channel]] = {share.contact_id: [] for share in shares}
    for row in db.session.scalars(select(Channel).where(Channel.contact_id.in_(found)).order_by(Channel.id)):
        found[row.contact_id].append(row)
    return found


def share(
    contact: Contact, *, colleague: str, colleague_id: int | None, note: str, by: Viewer, now: datetime
) -> ContactShare:
    """Show a contact to a colleague; showing it to the same one twice changes nothing."""
    person = _colleague(colleague, colleague_id, by)
    known = next((row for row in of(contact) if row.with_id == person.id), None)
    if known:
        return known
    row = ContactShare(contact_id=contact.id, with_id=person.id, note=note, at=now)
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:  # pressed twice in this moment
        return next(row for row in of(contact) if row.with_id == person.id)
    audit.note("contact shared", person)
    return row


def _colleague(words: str, colleague_id: int | None, by: Viewer) -> Person:
    if colleague_id:
        person = db.session.get(Person, colleague_id)
    else:
        found = accounts.colleagues(words, 3)
        exact = [row for row in found if words.casefold() in {row.email, row.name.casefold()}]
        person = exact[0] if len(exact) == 1 else found[0] if len(found) == 1 else None
    if person is None or not person.is_active:
        raise Refused("Choose one colleague from the list, or write their whole mail address.", field="colleague")
    if person.id == by.id:
        raise Refused("This is you. Choose a colleague.", field="colleague")
    return person


def share_for(viewer: Viewer, contact_id: int, share_id: int) -> ContactShare:
    """One share of one of this person's own contacts."""
    return _found(db.session.scalar(shown_by(viewer).where(ContactShare.id == share_id, Contact.id == contact_id)))


def shown_to(viewer: Viewer, share_id: int) -> ContactShare:
    """One share that this person was shown."""
    return _found(db.session.scalar(visible_to(viewer).where(ContactShare.id == share_id)))


def end(row: ContactShare, *, now: datetime) -> None:
    """Show it no longer, from this moment."""
    row.ended_at = now
    audit.note("contact no longer shared", row.colleague)


def see(row: ContactShare, *, now: datetime) -> None:
    """The colleague has seen it; Today stops saying so."""
    row.seen_at = row.seen_at or now


def _found(row: ContactShare | None) -> ContactShare:
    if row is None:
        raise NotFound
    return row
