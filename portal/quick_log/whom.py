"""Whom a touch was with, as the form says it: chosen, typed, or new."""

from dataclasses import dataclass
from datetime import datetime

from portal.accounts.viewer import Viewer
from portal.db import db
from portal.errors import NotFound, Refused
from portal.network import queries as contacts
from portal.network import services as network
from portal.network.models import Contact
from portal.quick_log.offers import Met, person


@dataclass(frozen=True)
class Who:
    """What the form says of whom it was with."""

    contact: str
    contact_id: int | None = None
    pick: str = ""
    """An id, or 'new:mail:name', from a list of those who may be meant."""
    keep_new: bool = False
    mail: str = ""
    phone: str = ""
    organisation: str = ""


def found(who: Who, *, by: Viewer, now: datetime) -> tuple[Contact, bool]:
    """The contact that is meant, and whether it is a new one."""
    if who.pick.isascii() and who.pick.isdigit():
        return own(int(who.pick[:9]), by), False
    if who.pick.startswith("new:"):
        mail, _, name = who.pick.removeprefix("new:").partition(":")
        return _kept(person(name, mail), who, by, now), True
    if not who.contact:
        raise Refused("Say who it was.", field="contact")
    known = _typed(who, by)
    if known is not None:
        return known, False
    if not who.keep_new:
        raise Refused("Nobody in your network is called so. Tick the box to keep them.", field="contact")
    met = person(who.contact, who.mail, who.phone)
    return _kept(Met(who.contact, met.mail, met.phone), who, by, now), True


def own(contact_id: int, by: Viewer) -> Contact:
    """One of this person's contacts."""
    try:
        return contacts.contact_for(by, contact_id)
    except NotFound:
        raise Refused("Choose somebody from your network.", field="contact") from None


def _typed(who: Who, by: Viewer) -> Contact | None:
    if who.contact_id:
        chosen = own(who.contact_id, by)
        # Without a script the field may be typed over while the id stays.
        if chosen.name.casefold() == who.contact.casefold():
            return chosen
    same = _of_the_name(who.contact, by)
    if len(same) > 1:
        raise Refused("Several of your contacts are called so. Type a little, and choose one.", field="contact")
    return same[0] if same else None


def _of_the_name(name: str, by: Viewer) -> list[Contact]:
    like = contacts.visible_to(by).where(Contact.name.icontains(name, autoescape=True))
    rows = db.session.scalars(like.order_by(Contact.id).limit(200)).all()
    return [row for row in rows if row.name.casefold() == name.casefold()]


def _kept(met: Met, who: Who, by: Viewer, now: datetime) -> Contact:
    return network.add(name=met.name, channels=met.ways, organisation=who.organisation, by=by, now=now)
