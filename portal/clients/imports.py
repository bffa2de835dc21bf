"""Bringing in clients from a file: looked at first, then all at once."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import astuple
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from portal.accounts.models import Person
from portal.accounts.viewer import Viewer
from portal.audit import services as audit
from portal.clients import counting, queries
from portal.clients.import_plan import Find, Known, Outcome, Planned, Row, Wrong, finder, plan
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
    for each in planned:
        if each.outcome == Outcome.NEW:
            _add(each, by=by, now=now)
        elif each.outcome == Outcome.CHANGED:
            _change(each, by=by, now=now)
    db.session.flush()
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
        for client in db.session.scalars(found.order_by(Client.id)):
            facts = (client.id, client.name, client.industry, client.practice_id, client.steward_id)
            known[client.match_name].append(Known(*facts))
    return plan(rows, known, finder(queries.branches()), _stewards(rows))


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


def _add(planned: Planned, *, by: Viewer, now: datetime) -> None:
    client = Client(
        name=planned.name,
        match_name=match_name(planned.name),
        industry=planned.industry,
        practice_id=planned.practice_id,
        steward_id=planned.steward_id,
        added_on=by.today(now),
        created_at=now,
        changed_at=now,
    )
    db.session.add(client)
    db.session.flush()  # the totals need its id
    counting.add(client)
    if planned.steward_id:
        db.session.add(
            StewardChange(client_id=client.id, before_id=None, after_id=planned.steward_id, by_id=by.id, at=now)
        )


def _change(planned: Planned, *, by: Viewer, now: datetime) -> None:
    client = db.session.get_one(Client, planned.client_id)
    if planned.steward_id != client.steward_id:
        handed = {"before_id": client.steward_id, "after_id": planned.steward_id}
        db.session.add(StewardChange(client_id=client.id, by_id=by.id, at=now, **handed))
    with counting.following(client):
        client.industry, client.practice_id = planned.industry, planned.practice_id
        client.steward_id, client.changed_at = planned.steward_id, now


def _keep(found: ClientImport, planned: Sequence[Planned]) -> None:
    found.outcomes = [[str(each.outcome), *each.words] for each in planned]
    counts = Counter(each.outcome for each in planned)
    found.counts = {str(outcome): counts[outcome] for outcome in Outcome}
