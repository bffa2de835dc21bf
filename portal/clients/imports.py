"""Bringing in clients from a file: looked at first, then all at once."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import astuple
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import joinedload

from portal.accounts.models import Person
from portal.accounts.named import Practices, Wrong
from portal.accounts.viewer import Viewer
from portal.audit import services as audit
from portal.clients import counting, queries
from portal.clients.import_plan import Find, Known, Outcome, Planned, Row, plan
from portal.clients.models import Client, ClientImport, StewardChange
from portal.clients.naming import match_name
from portal.db import db

KEPT_UNUSED = timedelta(days=7)
"""How long a file that nobody brought in is kept."""
AT_ONCE = 500


def preview(rows: Sequence[Row], *, filename: str, by: Viewer, now: datetime) -> ClientImport:
    """Keep a file with what would become of each row; changes no client."""
    db.session.execute(delete(ClientImport).where(ClientImport.done_at.is_(None), ClientImport.at < now - KEPT_UNUSED))
    found = ClientImport(filename=filename[:200], rows=[list(astuple(row)) for row in rows], by_id=by.id, at=now)
    _keep(found, _planned(rows))
    db.session.add(found)
    db.session.flush()  # the page needs the id
    return found


def bring_in(found: ClientImport, *, by: Viewer, now: datetime) -> None:
    """Add and change what the file says, as it stands against the clients of this moment; doing it twice does nothing
    more."""
    held = db.session.scalars(
        select(ClientImport).where(ClientImport.id == found.id).with_for_update(),
        execution_options={"populate_existing": True},
    ).one()
    if held.done_at is not None:
        return
    rows = [Row(*row) for row in held.rows]
    planned = _planned(rows)
    _add([each for each in planned if each.outcome == Outcome.NEW], by=by, now=now)
    _change([each for each in planned if each.outcome == Outcome.CHANGED], by=by, now=now)
    _keep(held, planned)
    held.done_at = now
    audit.note("clients imported", held.filename, **held.counts)


def discard(found: ClientImport) -> None:
    """Forget a file that was not brought in."""
    if found.done_at is None:
        db.session.delete(found)


def _planned(rows: Sequence[Row]) -> list[Planned]:
    wanted = sorted({match_name(row.name) for row in rows})
    known: dict[str, list[Known]] = defaultdict(list)
    for start in range(0, len(wanted), AT_ONCE):
        found = select(Client).where(
            Client.match_name.in_(wanted[start : start + AT_ONCE]), Client.merged_into_id.is_(None)
        )
        found = found.options(joinedload(Client.practice), joinedload(Client.steward))
        for client in db.session.scalars(found.order_by(Client.id)):
            facts = (client.id, client.name, client.industry, client.practice_id, client.steward_id)
            names = client.practice.name, client.steward.name if client.steward else ""
            known[client.match_name].append(Known(*facts, *names))
    practices = Practices(queries.branches())
    return plan(rows, known, lambda text: practices.named(text).id, _stewards(rows))


def _stewards(rows: Sequence[Row]) -> Find:
    emails = sorted({row.steward.lower() for row in rows if row.steward})
    found: dict[str, int] = {}
    for start in range(0, len(emails), AT_ONCE):
        asked = select(Person.email, Person.id).where(
            Person.email.in_(emails[start : start + AT_ONCE]), Person.is_active
        )
        found.update({email: id for email, id in db.session.execute(asked)})

    def find(text: str) -> int:
        if text.lower() not in found:
            raise Wrong(f"Nobody here has the address {text[:80]}. A steward goes by their e-mail address.")
        return found[text.lower()]

    return find


def _add(planned: Sequence[Planned], *, by: Viewer, now: datetime) -> None:
    clients = [
        Client(
            name=each.name,
            match_name=match_name(each.name),
            industry=each.industry,
            practice_id=each.practice_id,
            steward_id=each.steward_id,
            added_on=by.today(now),
            created_at=now,
            changed_at=now,
        )
        for each in planned
    ]
    db.session.add_all(clients)
    db.session.flush()  # the totals need their ids
    counting.add(*clients)
    _hand([(client, None, client.steward_id) for client in clients], by=by, now=now)


def _change(planned: Sequence[Planned], *, by: Viewer, now: datetime) -> None:
    clients = _clients([each.client_id for each in planned])
    _hand(
        [(clients[each.client_id], clients[each.client_id].steward_id, each.steward_id) for each in planned],
        by=by,
        now=now,
    )
    with counting.following(*clients.values()):
        for each in planned:
            client = clients[each.client_id]
            client.industry, client.practice_id = each.industry, each.practice_id
            client.steward_id, client.changed_at = each.steward_id, now


def _clients(ids: Sequence[int]) -> dict[int, Client]:
    found: dict[int, Client] = {}
    for start in range(0, len(ids), AT_ONCE):
        some = select(Client).where(Client.id.in_(ids[start : start + AT_ONCE]))
        found |= {client.id: client for client in db.session.scalars(some)}
    return found


def _hand(given: Sequence[tuple[Client, int | None, int | None]], *, by: Viewer, now: datetime) -> None:
    """Write down who looked after a client, and who does now."""
    db.session.add_all(
        StewardChange(client_id=client.id, before_id=before, after_id=after, by_id=by.id, at=now)
        for client, before, after in given
        if before != after
    )


def _keep(found: ClientImport, planned: Sequence[Planned]) -> None:
    found.outcomes = [[str(each.outcome), *each.words] for each in planned]
    counts = Counter(each.outcome for each in planned)
    found.counts = {str(outcome): counts[outcome] for outcome in Outcome}
