"""Keeping clients, their flags and their stewards; the running totals follow in the same transaction."""

from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm.exc import StaleDataError

from portal.accounts.models import Person, Practice
from portal.accounts.viewer import Viewer
from portal.audit import services as audit
from portal.clients import counting, rights
from portal.clients.models import Client, ClientFlag, FlagKind, Service, StewardChange
from portal.clients.naming import match_name
from portal.clients.uses import held
from portal.clients.uses import set_use as set_use
from portal.clients.uses import take_back as take_back
from portal.db import db
from portal.errors import Refused

CHANGED = "Somebody changed this client since you opened the page. Look at it again; what you wrote is kept here."
REMINDED = timedelta(days=6)
"""How long before its last day the steward is told that a flag ends."""


def add(
    *,
    name: str,
    industry: str,
    practice_id: int,
    steward_id: int | None,
    by: Viewer,
    led: list[str],
    now: datetime,
    is_another: bool = False,
) -> Client:
    """Take on a client. Whoever may not change clients of that practice becomes its steward; a name that is here
    already is refused once."""
    practice = _practice(practice_id)
    _steward(steward_id)
    if not rights.may_change(by, steward_id=None, practice_path=practice.path, led=led):
        steward_id = by.id
    _check_name(name, is_another=is_another)
    client = Client(
        name=name,
        match_name=match_name(name),
        industry=industry,
        practice_id=practice.id,
        steward_id=steward_id,
        added_on=by.today(now),
        created_at=now,
        changed_at=now,
    )
    db.session.add(client)
    db.session.flush()  # the totals and the note need its id
    counting.add(client)
    if steward_id:
        _note_steward(client, None, steward_id, by=by, now=now)
    audit.note("client added", name, client=client.id)
    return client


def edit(
    client: Client,
    *,
    name: str,
    industry: str,
    practice_id: int,
    steward_id: int | None,
    version: int,
    now: datetime,
    by: Viewer,
    is_another: bool = False,
) -> None:
    """Correct a client, or give it to another steward."""
    if version != client.version:
        raise Refused(CHANGED)
    practice = _practice(practice_id)
    if steward_id != client.steward_id:
        _steward(steward_id)
    if match_name(name) != client.match_name:
        _check_name(name, is_another=is_another)
    before = {"name": client.name, "industry": client.industry, "practice": client.practice_id}
    after = {"name": name, "industry": industry, "practice": practice.id}
    with counting.following(client):
        client.name, client.match_name, client.industry, client.practice_id = (
            name,
            match_name(name),
            industry,
            practice.id,
        )
        if steward_id != client.steward_id:
            _note_steward(client, client.steward_id, steward_id, by=by, now=now)
            client.steward_id = steward_id
        client.changed_at = now
        _write()
    changed = {fact: [before[fact], after[fact]] for fact in before if before[fact] != after[fact]}
    if changed:
        audit.note("client changed", name, client=client.id, **changed)


def pass_on(before_id: int, after_id: int | None, *, by: Viewer, now: datetime) -> int:
    """Give every client, and every service that names them, from one person to another, as when somebody leaves; how
    many clients. With nobody to take them over they wait for a steward."""
    _steward(after_id)
    clients = db.session.scalars(select(Client).where(Client.steward_id == before_id).order_by(Client.id)).all()
    for client in clients:
        _note_steward(client, before_id, after_id, by=by, now=now)
        client.steward_id, client.changed_at = after_id, now
    for service in db.session.scalars(select(Service).where(Service.owner_id == before_id)):
        service.owner_id = after_id
    return len(clients)


def flag(
    client: Client, *, kind: FlagKind, reason: str, from_on: date, until_on: date | None, by: Viewer, now: datetime
) -> ClientFlag:
    """Flag a client; flagging it again with the same words is the same flag."""
    if until_on is not None and until_on < max(from_on, by.today(now)):
        raise Refused("Choose a last day that is not over yet.", field="until_on")
    held(client.id)  # pressed twice in one moment, it is one flag
    known = db.session.scalar(
        select(ClientFlag).where(
            ClientFlag.client_id == client.id,
            ClientFlag.kind == kind,
            ClientFlag.reason == reason,
            ClientFlag.from_on == from_on,
            ClientFlag.ended_at.is_(None),
        )
    )
    if known:
        return known
    made = ClientFlag(
        client_id=client.id,
        kind=kind,
        reason=reason,
        from_on=from_on,
        until_on=until_on,
        remind_on=until_on - REMINDED if until_on else None,
        by_id=by.id,
        at=now,
    )
    db.session.add(made)
    audit.note("client flagged", client.name, client=client.id, kind=str(kind), reason=reason)
    return made


def end_flag(client: Client, flag: ClientFlag, *, by: Viewer, now: datetime) -> None:
    """End a flag before its last day; ending it twice does nothing more."""
    if flag.ended_at is not None:
        return
    flag.ended_at, flag.ended_by_id = now, by.id
    audit.note("client flag ended", client.name, client=client.id, kind=str(flag.kind))


def bring_back_flag(client: Client, flag: ClientFlag, *, by: Viewer, now: datetime) -> None:
    """Take back that a flag was ended, while it would still hold."""
    if flag.ended_at is None:
        return
    if flag.until_on is not None and flag.until_on < by.today(now):
        raise Refused("Its last day is over by now. Set a new flag instead.")
    flag.ended_at = flag.ended_by_id = None
    audit.note("client flag brought back", client.name, client=client.id, kind=str(flag.kind))


def _practice(practice_id: int) -> Practice:
    practice = db.session.get(Practice, practice_id)
    if practice is None:
        raise Refused("Choose the practice that leads for this client.", field="practice_id")
    return practice


def _steward(steward_id: int | None) -> None:
    person = db.session.get(Person, steward_id) if steward_id else None
    if steward_id and (person is None or not person.is_active):
        raise Refused("Choose somebody who works here.", field="steward")


def _check_name(name: str, *, is_another: bool) -> None:
    wanted = match_name(name)
    if not wanted:
        raise Refused("Give a name with letters or digits.", field="name")
    known = db.session.scalar(
        select(Client.name).where(Client.match_name == wanted, Client.merged_into_id.is_(None)).limit(1)
    )
    if known and not is_another:
        raise Refused(
            f"“{known}” is here already. If this is somebody else, tick the box below and send it again.", field="name"
        )


def _note_steward(client: Client, before: int | None, after: int | None, *, by: Viewer, now: datetime) -> None:
    db.session.add(StewardChange(client_id=client.id, before_id=before, after_id=after, by_id=by.id, at=now))
    audit.note("steward changed", client.name, client=client.id, before=before, after=after)


def _write() -> None:
    try:
        db.session.flush()
    except StaleDataError:
        raise Refused(CHANGED) from None
