"""Saying how a client stands to a service, and taking that back."""

from datetime import datetime

from sqlalchemy import select

from portal.accounts.viewer import Viewer
from portal.clients import counting
from portal.clients.models import Client, ClientService, Use, UseChange
from portal.db import db
from portal.errors import NotFound, Refused

CHANGED = "Somebody said otherwise since you opened this. Look at what stands there now, and say it again if it holds."


def set_use(
    client_id: int,
    service_id: int,
    use: Use | None,
    *,
    note: str = "",
    seen: int | None = None,
    by: Viewer,
    now: datetime,
) -> None:
    """Say how a client stands to a service, or with None that nobody knows; saying the same again changes nothing.

    `seen` is the newest change that the person saw, 0 for none: when there is a newer one, it is not overwritten.
    """
    client = held(client_id)
    known = _known(client_id, service_id)
    if use == (known.use if known else None):
        return
    _check_seen(client_id, service_id, seen)
    _change(client, service_id, known, use, note=note, takes_back=None, by=by, now=now)


def take_back(client_id: int, service_id: int, change_id: int, *, by: Viewer, now: datetime) -> None:
    """Undo the newest change of a cell: it stands as before. Pressing twice does nothing more."""
    client = held(client_id)
    last = _last(client_id, service_id)
    if last is not None and last.takes_back_id == change_id:
        return
    if last is None or last.id != change_id:
        raise Refused(CHANGED)
    known = _known(client_id, service_id)
    _change(client, service_id, known, last.before, note="Taken back.", takes_back=last, by=by, now=now)


def held(client_id: int) -> Client:
    """A client, held against others who would change it, or what it uses, in the same moment."""
    client = db.session.scalar(
        select(Client).where(Client.id == client_id).with_for_update(key_share=True),
        execution_options={"populate_existing": True},
    )
    if client is None:
        raise NotFound
    return client


def _known(client_id: int, service_id: int) -> ClientService | None:
    return db.session.get(ClientService, (client_id, service_id), populate_existing=True)


def _last(client_id: int, service_id: int) -> UseChange | None:
    return db.session.scalar(
        select(UseChange)
        .where(UseChange.client_id == client_id, UseChange.service_id == service_id)
        .order_by(UseChange.id.desc())
        .limit(1)
    )


def _check_seen(client_id: int, service_id: int, seen: int | None) -> None:
    if seen is None:
        return
    last = _last(client_id, service_id)
    if (last.id if last else 0) != seen:
        raise Refused(CHANGED)


def _change(
    client: Client,
    service_id: int,
    known: ClientService | None,
    use: Use | None,
    *,
    note: str,
    takes_back: UseChange | None,
    by: Viewer,
    now: datetime,
) -> None:
    before, today = known.use if known else None, by.today(now)
    facts = {"client_id": client.id, "service_id": service_id, "by_id": by.id, "at": now}
    with counting.following(client):
        if known and use is None:
            db.session.delete(known)
        elif known and use is not None:
            known.use, known.since_on, known.by_id, known.at = use, today, by.id, now
        elif use is not None:
            db.session.add(ClientService(use=use, since_on=today, **facts))
        db.session.add(
            UseChange(
                before=before,
                after=use,
                note=note,
                changed_on=today,
                takes_back_id=takes_back.id if takes_back else None,
                **facts,
            )
        )
