"""Contacts as their owner sees them."""

from sqlalchemy import Select, select

from portal.accounts.viewer import Viewer
from portal.db import db
from portal.errors import NotFound
from portal.network.models import Contact


def visible_to(viewer: Viewer) -> Select[Contact]:
    """The contacts this person may see: their own. Every other query starts here."""
    return select(Contact).where(Contact.owner_id == viewer.id)


def contact_for(viewer: Viewer, contact_id: int) -> Contact:
    """One contact of this person."""
    row = db.session.scalar(visible_to(viewer).where(Contact.id == contact_id))
    if row is None:
        raise NotFound
    return row


def options(viewer: Viewer, words: str = "", limit: int = 20) -> list[Contact]:
    """Contacts to choose from, by the beginning of what was typed or any part of it."""
    found = visible_to(viewer)
    for word in words.replace("\x00", " ").split()[:8]:
        found = found.where(
            Contact.name.icontains(word, autoescape=True) | Contact.organisation.icontains(word, autoescape=True)
        )
    return list(db.session.scalars(found.order_by(Contact.name, Contact.id).limit(limit)))
