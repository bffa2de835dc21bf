"""What one client adds to the running totals; every change of a client takes out what it added before and puts in what
it adds now. So the totals always equal what a count from scratch would give."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import delete, insert, select

from portal.clients.models import Client, ClientCount, ClientService, Use, UseChange
from portal.db import db, insert_or

MEASURES = {
    "clients": "clients, by industry",
    "spread": "clients, by how many services they use",
    "clients-added": "clients that were added, by month",
    "uses-added": "services taken up, less those that ended, by month",
    "noted-added": "needs noted or met with an offer, less those that were settled, by month",
}
"""Beside these each `Use` is a measure: clients that stand so to a service, by industry and service."""

NOTED = (Use.COULD_USE, Use.OFFERED)
"""White space that somebody has seen."""
Key = tuple[int, str, str, str]
"""Practice, measure, industry, of what."""
BATCH = 500
_USES = select(ClientService.client_id, ClientService.service_id, ClientService.use).order_by(ClientService.client_id)
_CHANGES = select(UseChange.client_id, UseChange.before, UseChange.after, UseChange.changed_on).order_by(
    UseChange.client_id
)


def month(day: date) -> str:
    """A month as it is kept: 2026-03."""
    return f"{day:%Y-%m}"


def added_by(
    client: Client, uses: Sequence[tuple[int, Use]], changes: Sequence[tuple[Use | None, Use | None, date]]
) -> Counter[Key]:
    """What a client adds: how it stands to services now, and in which months it took them up. A client that was merged
    into another adds nothing."""
    found: Counter[Key] = Counter()
    if client.merged_into_id is not None:
        return found
    here = client.practice_id
    found[here, "clients", client.industry, ""] += 1
    found[here, "spread", "", str(sum(use == Use.USES for _, use in uses))] += 1
    found[here, "clients-added", "", month(client.added_on)] += 1
    for service_id, use in uses:
        found[here, str(use), client.industry, str(service_id)] += 1
    for before, after, day in changes:
        found[here, "uses-added", "", month(day)] += (after == Use.USES) - (before == Use.USES)
        found[here, "noted-added", "", month(day)] += (after in NOTED) - (before in NOTED)
    return found


@contextmanager
def following(*clients: Client) -> Iterator[None]:
    """Change these clients, or what they use, inside this block; the totals follow."""
    before = _now(clients)
    yield
    db.session.flush()  # what was changed is read again
    after = _now(clients)
    after.subtract(before)
    _add({key: n for key, n in sorted(after.items()) if n})


def add(*clients: Client) -> None:
    """Count clients that are new: nobody has said yet what they use."""
    found: Counter[Key] = Counter()
    for client in clients:
        found.update(added_by(client, (), ()))
    _add(dict(sorted(found.items())))


def rebuild() -> None:
    """Count everything anew."""
    totals: Counter[Key] = Counter()
    uses, changes = _by_client(_USES), _by_client(_CHANGES)
    for client in db.session.scalars(select(Client).where(Client.merged_into_id.is_(None))):
        totals.update(added_by(client, uses.get(client.id, ()), changes.get(client.id, ())))
    db.session.execute(delete(ClientCount))
    rows = [_row(key, n) for key, n in totals.items() if n]
    if rows:
        db.session.execute(insert(ClientCount), rows)


def _by_client(statement: Any) -> dict[int, Any]:
    rows = db.session.execute(statement)
    return {client_id: [tuple(row[1:]) for row in own] for client_id, own in groupby(rows, key=lambda row: row[0])}


def _now(clients: Sequence[Client]) -> Counter[Key]:
    """What these clients add at this moment; read for many at once."""
    found: Counter[Key] = Counter()
    for start in range(0, len(clients), BATCH):
        some = clients[start : start + BATCH]
        ids = [client.id for client in some]
        uses = _by_client(_USES.where(ClientService.client_id.in_(ids)))
        changes = _by_client(_CHANGES.where(UseChange.client_id.in_(ids)))
        for client in some:
            found.update(added_by(client, uses.get(client.id, ()), changes.get(client.id, ())))
    return found


def _row(key: Key, n: int) -> dict[str, Any]:
    return dict(zip(("practice_id", "measure", "industry", "of"), key, strict=True)) | {"n": n}


def _add(counts: dict[Key, int]) -> None:
    if not counts:
        return
    table: Any = ClientCount.__table__
    row = insert_or(table)
    adding = row.on_conflict_do_update(index_elements=list(table.primary_key), set_={"n": table.c.n + row.excluded.n})
    db.session.connection().execute(adding, [_row(key, n) for key, n in counts.items()])
