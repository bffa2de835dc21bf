"""Rows act: a row becomes a contact, a reminder or a touch; once, and linked with what it became."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from sqlalchemy.exc import IntegrityError

from portal.accounts.viewer import Viewer
from portal.db import db
from portal.errors import Refused
from portal.network import queries as network
from portal.network import services as contacts
from portal.network.models import Contact, Relation, Tier, TouchKind
from portal.worksheets import queries, reminders
from portal.worksheets.models import LinkKind, RowLink
from portal.worksheets.queries import TableRow

Made = tuple[int, int | None]
"""The id of what a row became, and of the contact that it is or was about."""


def link(
    filled_id: int, row: str, kind: LinkKind, target_id: int, *, now: datetime, contact_id: int | None = None
) -> RowLink:
    """Note what a row has become. Where it has become something already, that stays."""
    return _once(filled_id, row, kind, lambda: (target_id, contact_id), now)


def become_contact(row: TableRow, *, existing: int | None, by: Viewer, now: datetime, **facts: Any) -> RowLink:
    """Keep whom a row names as a contact, or link it with the contact that it is already."""
    known = queries.link_of_row(row.filled_id, row.row)
    if known is not None:
        return known
    if existing is not None:
        contact = _own(by, existing)
        _refuse_if_taken(by, contact)
        return link(row.filled_id, row.row, LinkKind.CONTACT, contact.id, contact_id=contact.id, now=now)
    return _once(row.filled_id, row.row, LinkKind.CONTACT, lambda: _new_contact(row, by=by, now=now, **facts), now)


def _new_contact(
    row: TableRow, *, last_touch: date | None, relation: str, tier: str, by: Viewer, now: datetime, **facts: Any
) -> Made:
    if "client_id" in row.ids:
        facts["client_id"] = row.ids["client_id"]
    contact = contacts.add(relation=Relation(relation), tier=Tier(tier), by=by, now=now, **facts)
    if last_touch is not None:
        key = f"worksheet-{row.filled_id}-{row.row}-last"
        contacts.touch(contact, kind=TouchKind.OTHER, happened_on=last_touch, note="", key=key, by=by, now=now)
    return contact.id, contact.id


def become_touch(
    row: TableRow, *, contact_id: int | None, kind: str, happened_on: date, note: str, by: Viewer, now: datetime
) -> RowLink:
    """Log the conversation that a row tells of."""
    if contact_id is None:
        raise Refused("Choose who it was from your contacts.", field="contact")
    contact = _own(by, contact_id)

    def make() -> Made:
        key = f"worksheet-{row.filled_id}-{row.row}"
        touch = contacts.touch(
            contact, kind=TouchKind(kind), happened_on=happened_on, note=note, key=key, by=by, now=now
        )
        db.session.flush()  # the link needs the id
        return touch.id, contact.id

    return _once(row.filled_id, row.row, LinkKind.TOUCH, make, now)


def become_reminder(row: TableRow, *, what: str, due_on: date, by: Viewer, now: datetime) -> RowLink:
    """Let a next step come up on its day."""

    def make() -> Made:
        return reminders.add(what=what, due_on=due_on, by=by, now=now).id, None

    return _once(row.filled_id, row.row, LinkKind.REMINDER, make, now)


def unlink(found: RowLink) -> None:
    """Part a row from what it became; both stay."""
    db.session.delete(found)


def _once(filled_id: int, row: str, kind: LinkKind, make: Callable[[], Made], now: datetime) -> RowLink:
    """What a row became, made now unless it was before; two tabs at once make one."""
    known = queries.link_of_row(filled_id, row)
    if known is not None:
        return known
    try:
        with db.session.begin_nested():
            target_id, contact_id = make()
            made = RowLink(filled_id=filled_id, row=row, kind=kind, target_id=target_id, contact_id=contact_id, at=now)
            db.session.add(made)
    except IntegrityError:  # another tab was there in this moment, or another row is linked with the same
        known = queries.link_of_row(filled_id, row)
        if known is None:
            raise Refused("Another row is linked with this already.") from None
        return known
    return made


def _own(by: Viewer, contact_id: int) -> Contact:
    found = db.session.scalar(network.visible_to(by).where(Contact.id == contact_id))
    if found is None:
        raise Refused("This contact isn't among yours any more. Choose again.", field="contact")
    return found


def _refuse_if_taken(by: Viewer, contact: Contact) -> None:
    origin = queries.link_of(by, LinkKind.CONTACT, contact.id)
    if origin is not None:
        said = f"{contact.name} is linked with a row of “{origin.worksheet}” already."
        raise Refused(f"{said} Part that row first, or keep a new contact.", field="existing")


def alike(viewer: Viewer, name: str, chosen: int | None) -> list[Contact]:
    """The contacts that a row may mean: the one that was chosen in it, or those of the same name."""
    own = network.visible_to(viewer)
    if chosen is not None:
        return list(db.session.scalars(own.where(Contact.id == chosen)))
    words = name.casefold().split()
    if not words:
        return []
    same_end = own.where(Contact.name.icontains(words[-1], autoescape=True))
    found = db.session.scalars(same_end.order_by(Contact.name, Contact.id).limit(50))
    return [one for one in found if set(words) <= set(one.name.casefold().split())][:5]
