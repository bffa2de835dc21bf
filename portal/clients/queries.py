"""Clients and services, which everybody at the firm may see."""

from sqlalchemy import Select, select

from portal.accounts.viewer import Viewer
from portal.clients.models import Client, Service
from portal.db import db
from portal.errors import NotFound


def visible_to(_viewer: Viewer) -> Select[Client]:
    """The clients this person may see: all of the firm's. Every other query starts here."""
    return select(Client).where(Client.merged_into_id.is_(None))


def client_for(viewer: Viewer, client_id: int) -> Client:
    """One client."""
    row = db.session.scalar(visible_to(viewer).where(Client.id == client_id))
    if row is None:
        raise NotFound
    return row


def options(viewer: Viewer, words: str = "", limit: int = 20) -> list[Client]:
    """Clients to choose from, by any part of what was typed."""
    found = visible_to(viewer)
    for word in words.replace("\x00", " ").split()[:8]:
        found = found.where(Client.name.icontains(word, autoescape=True))
    return list(db.session.scalars(found.order_by(Client.name, Client.id).limit(limit)))


def services() -> list[Service]:
    """The catalogue: what the firm does now, by name."""
    return list(db.session.scalars(select(Service).where(~Service.is_retired).order_by(Service.name)))
