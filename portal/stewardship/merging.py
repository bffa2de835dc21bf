"""Making one client of two, and of one two again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update

from portal.accounts.viewer import Viewer
from portal.audit import services as audit
from portal.clients import counting, uses
from portal.clients import queries as clients
from portal.clients.models import Client, ClientFlag, ClientService, Use, UseChange
from portal.db import changed, db
from portal.errors import Refused
from portal.insights.models import FieldInsight
from portal.network.models import Contact
from portal.pipeline.models import Opportunity
from portal.stewardship.joining import joined
from portal.stewardship.models import ClientMerge

MOVING: dict[str, Any] = {
    "flags": ClientFlag,
    "opportunities": Opportunity,
    "contacts": Contact,
    "insights": FieldInsight,
}
"""What carries a client's id and goes with it."""
AT_ONCE = 500


@dataclass(frozen=True)
class Preview:
    """What a merge would move."""

    counts: dict[str, int]
    services: list[tuple[str, Use | None, Use]]
    """Name, what stands now, what would stand."""


def preview(kept: Client, gone: Client) -> Preview:
    """What would move from one client to the other; of contacts and opportunities the number only."""
    counts = {
        name: db.session.scalar(select(func.count()).select_from(table).where(table.client_id == gone.id)) or 0
        for name, table in MOVING.items()
    }
    states = clients.states([kept.id, gone.id])
    names = {service.id: service.name for service in clients.services(with_retired=True)}
    here = {service_id: row.use for (client_id, service_id), row in states.items() if client_id == kept.id}
    taken = _joined(states, kept, gone)
    return Preview(counts, [(names[service_id], here.get(service_id), use) for service_id, use in taken.items()])


def merge(kept_id: int, gone_id: int, *, key: str, by: Viewer, now: datetime) -> ClientMerge:
    """Make one client of two: everything of the second goes to the first. Sent twice, it merges once."""
    known = db.session.scalar(select(ClientMerge).where(ClientMerge.key == key))
    if known:
        return known
    if kept_id == gone_id:
        raise Refused("Choose another client than this one.", field="other")
    held = {client_id: uses.held(client_id) for client_id in sorted({kept_id, gone_id})}  # in one order: no deadlock
    kept, gone = held[kept_id], held[gone_id]
    if kept.merged_into_id or gone.merged_into_id:
        raise Refused("One of the two was merged in the meantime. Look at the list again.")
    with counting.following(gone):
        moved: dict[str, Any] = {name: _move(table, gone.id, kept.id) for name, table in MOVING.items()}
        moved["services"] = _take_over(kept, gone, by=by, now=now)
        moved["steward"] = _take_steward(kept, gone)
        gone.merged_into_id, gone.changed_at, kept.changed_at = kept.id, now, now
    made = ClientMerge(key=key, kept_id=kept.id, gone_id=gone.id, moved=moved, by_id=by.id, at=now)
    db.session.add(made)
    db.session.flush()
    audit.note("clients merged", kept.name, kept=kept.id, gone=gone.id, name=gone.name)
    return made


def undo(made: ClientMerge, *, by: Viewer, now: datetime) -> None:
    """Make two clients of one again: what moved goes back, unless it has moved on since. Doing it twice does nothing
    more."""
    if made.undone_at is not None:
        return
    held = {client_id: uses.held(client_id) for client_id in sorted({made.kept_id, made.gone_id})}
    kept, gone = held[made.kept_id], held[made.gone_id]
    if kept.merged_into_id is not None:
        raise Refused("This client was merged into another one since. Undo that first.")
    with counting.following(gone):
        for name, table in MOVING.items():
            _move_back(table, made.moved.get(name, ()), kept.id, gone.id)
        gone.merged_into_id, gone.changed_at, kept.changed_at = None, now, now
    for service_id, change_id in made.moved["services"]:
        newest = clients.last_changes([kept.id]).get((kept.id, service_id))
        if newest == change_id:
            uses.take_back(kept.id, service_id, change_id, by=by, now=now)
    if made.moved["steward"] and kept.steward_id == made.moved["steward"]:
        kept.steward_id = None
    made.undone_at, made.undone_by_id = now, by.id
    audit.note("merge of clients undone", kept.name, kept=kept.id, gone=gone.id, name=gone.name)


def _joined(states: dict[tuple[int, int], ClientService], kept: Client, gone: Client) -> dict[int, Use]:
    def of(client: Client) -> dict[int, Any]:
        return {service_id: (row.use, row.since_on) for (id, service_id), row in states.items() if id == client.id}

    return joined(of(kept), of(gone))


def _move(table: Any, gone_id: int, kept_id: int) -> list[int]:
    ids = list(db.session.scalars(select(table.id).where(table.client_id == gone_id).order_by(table.id)))
    _point(table, ids, gone_id, kept_id)
    return ids


def _move_back(table: Any, ids: Sequence[int], kept_id: int, gone_id: int) -> None:
    _point(table, ids, kept_id, gone_id)


def _point(table: Any, ids: Sequence[int], before: int, after: int) -> None:
    # In the table itself: a row that somebody has open in a form is not changed for them, only whom it belongs to.
    own = table.__table__
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        changed(update(own).where(own.c.id.in_(some), own.c.client_id == before).values(client_id=after))
    db.session.expire_all()


def _take_over(kept: Client, gone: Client, *, by: Viewer, now: datetime) -> list[list[int]]:
    taken = []
    for service_id, use in _joined(clients.states([kept.id, gone.id]), kept, gone).items():
        uses.set_use(kept.id, service_id, use, note=f"From merging with {gone.name}.", by=by, now=now)
        db.session.flush()
        newest = db.session.scalar(
            select(func.max(UseChange.id)).where(UseChange.client_id == kept.id, UseChange.service_id == service_id)
        )
        taken.append([service_id, newest or 0])
    return taken


def _take_steward(kept: Client, gone: Client) -> int | None:
    if kept.steward_id is not None or gone.steward_id is None:
        return None
    kept.steward_id = gone.steward_id
    return gone.steward_id
