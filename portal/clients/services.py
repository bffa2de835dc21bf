"""Saying how a client stands to a service."""

from datetime import datetime

from portal.accounts.viewer import Viewer
from portal.clients.models import ClientService, Use, UseChange
from portal.db import db


def set_use(client_id: int, service_id: int, use: Use | None, *, note: str = "", by: Viewer, now: datetime) -> None:
    """Say how a client stands to a service, or with None that nobody knows; saying the same again changes nothing."""
    known = db.session.get(ClientService, (client_id, service_id))
    before = known.use if known else None
    if use == before:
        return
    today = by.today(now)
    if known and use is None:
        db.session.delete(known)
    elif known and use is not None:
        known.use, known.since_on, known.by_id, known.at = use, today, by.id, now
    elif use is not None:
        db.session.add(
            ClientService(client_id=client_id, service_id=service_id, use=use, since_on=today, by_id=by.id, at=now)
        )
    db.session.add(
        UseChange(
            client_id=client_id,
            service_id=service_id,
            before=before,
            after=use,
            note=note,
            changed_on=today,
            by_id=by.id,
            at=now,
        )
    )
