"""Clients and services of somebody who leaves pass on to somebody else."""

from datetime import datetime

from sqlalchemy import func, insert, select, update

from portal.clients.models import Client, Service, StewardChange
from portal.db import changed, db


def stewarded(person_id: int, most: int = 20) -> list[str]:
    """The first clients that somebody looks after, by name."""
    found = select(Client.name).where(Client.steward_id == person_id, Client.merged_into_id.is_(None))
    return list(db.session.scalars(found.order_by(Client.name, Client.id).limit(most)))


def counts(person_id: int) -> tuple[int, int]:
    """How many clients somebody looks after, and how many services they are to be brought in for."""
    clients = select(func.count()).where(Client.steward_id == person_id, Client.merged_into_id.is_(None))
    services = select(func.count()).where(Service.owner_id == person_id)
    return db.session.scalar(clients) or 0, db.session.scalar(services) or 0


def pass_on(before_id: int, after_id: int, *, by_id: int, now: datetime) -> tuple[int, int]:
    """Let somebody else look after the clients and be brought in for the services. How many of each."""
    ids = db.session.scalars(select(Client.id).where(Client.steward_id == before_id)).all()
    if ids:
        facts = {"before_id": before_id, "after_id": after_id, "by_id": by_id, "at": now}
        db.session.execute(insert(StewardChange), [facts | {"client_id": id} for id in ids])
    clients = changed(
        update(Client)
        .where(Client.steward_id == before_id)
        .values(steward_id=after_id, changed_at=now, version=Client.version + 1)
    )
    services = changed(
        update(Service).where(Service.owner_id == before_id).values(owner_id=after_id, version=Service.version + 1)
    )
    db.session.expire_all()
    return clients, services
