"""The service catalogue: loaded from content files, then kept by marketing."""

from sqlalchemy import select
from sqlalchemy.orm.exc import StaleDataError

from portal import markup
from portal.accounts.models import Person, Practice
from portal.audit import services as audit
from portal.clients.models import Service
from portal.db import db
from portal.errors import Refused

CHANGED = "This service was changed in another tab since you opened it. Look at it again; what you wrote is kept here."


def load(*, key: str, name: str, practice: str, summary: str, text: str) -> list[str]:
    """Bring a service to what its file says. Where the file did not change, what marketing wrote here stays."""
    wanted = markup.fingerprint(name, practice, summary, text)
    known = db.session.scalar(select(Service).where(Service.key == key))
    if known and known.file_hash == wanted:
        return []
    service = known or Service(key=key)
    service.name, service.practice_key, service.summary = name, practice, summary
    service.source, service.html, service.file_hash = text, markup.rendered(text), wanted
    db.session.add(service)
    db.session.flush()
    return [f"service {key}: {'changed' if known else 'new'}"]


def add(*, key: str, name: str, practice_id: int, summary: str, source: str, owner_id: int | None) -> Service:
    """A service that the firm did not offer before."""
    if db.session.scalar(select(Service.id).where(Service.key == key)):
        raise Refused("Another service has this key already.", field="key")
    service = Service(key=key)
    _fill(service, name, practice_id, summary, source, owner_id)
    db.session.add(service)
    db.session.flush()  # the page needs the id
    audit.note("service added", name)
    return service


def edit(
    service: Service,
    *,
    name: str,
    practice_id: int,
    summary: str,
    source: str,
    owner_id: int | None,
    version: int,
) -> None:
    """Change what the catalogue says, or whom to bring in."""
    if version != service.version:
        raise Refused(CHANGED)
    _fill(service, name, practice_id, summary, source, owner_id)
    try:
        db.session.flush()
    except StaleDataError:
        raise Refused(CHANGED) from None
    audit.note("service changed", name)


def retire(service: Service) -> None:
    """Take a service out of the catalogue; what clients use stays on record."""
    if not service.is_retired:
        service.is_retired = True
        audit.note("service retired", service.name)


def restore(service: Service) -> None:
    """Put a retired service back."""
    if service.is_retired:
        service.is_retired = False
        audit.note("service restored", service.name)


def _fill(service: Service, name: str, practice_id: int, summary: str, source: str, owner_id: int | None) -> None:
    practice = db.session.get(Practice, practice_id)
    if practice is None:
        raise Refused("Choose the practice that does it.", field="practice_id")
    owner = db.session.get(Person, owner_id) if owner_id else None
    if owner_id and owner_id != service.owner_id and (owner is None or not owner.is_active):
        raise Refused("Choose somebody who works here.", field="owner")
    service.name, service.practice_key, service.summary = name, practice.key, summary
    service.source, service.html, service.owner_id = source, markup.rendered(source), owner_id
