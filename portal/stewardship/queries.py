"""One client from all sides, as one person may see it: what is private to somebody else is not read at all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased, joinedload

from portal.accounts.models import Person
from portal.accounts.viewer import Viewer
from portal.clients import queries as clients
from portal.clients.models import Client, ClientCount, Service, Use
from portal.clients.naming import match_name
from portal.db import db
from portal.errors import NotFound
from portal.network.models import Contact, Touch
from portal.pipeline.models import Opportunity, StageChange
from portal.pipeline.wording import kind_of
from portal.stewardship.models import ClientMerge
from portal.stewardship.raising import Raise, what_to_raise
from portal.worksheets.models import FilledWorksheet, Worksheet, WorksheetVersion

MOST_SHEETS = 200
MOST_OPPORTUNITIES = 100
MOST_PEOPLE = 100


@dataclass(frozen=True)
class Known:
    """Somebody at the client, and who knows them."""

    contact_id: int
    name: str
    position: str
    owner_id: int
    owner: str
    is_shown: bool
    last_on: date | None
    """The last touch; of a colleague's contact too, where they let it be shown."""


@dataclass(frozen=True)
class Proposed:
    """An opportunity at the client, without what is private to its owner."""

    id: int
    kind: str
    """In words."""
    service: str
    stage: str
    value: int | None
    currency: str
    owner_id: int
    owner: str
    contact: str
    """Of one's own only."""
    changed_on: date


@dataclass(frozen=True)
class Conversation:
    """When somebody last talked with the client, and who; never what about."""

    on: date
    owner_id: int
    owner: str


@dataclass(frozen=True)
class Sheet:
    """A worksheet of one's own about the client."""

    id: int
    title: str
    name: str
    saved_at: Any


def known_at(viewer: Viewer, client: Client) -> list[Known]:
    """One's own contacts at a client, and those of colleagues who let them be shown."""
    found = (
        select(Contact, Person.name)
        .join(Person, Person.id == Contact.owner_id)
        .where(
            Contact.client_id == client.id,
            or_(Contact.owner_id == viewer.id, Contact.is_shown_at_client),
            Person.is_active,
        )
        .order_by(Contact.owner_id != viewer.id, Contact.name, Contact.id)
        .limit(MOST_PEOPLE)
    )
    return [
        Known(
            row.id,
            row.name,
            row.position,
            row.owner_id,
            owner,
            row.is_shown_at_client,
            row.last_touch_on,
        )
        for row, owner in db.session.execute(found)
    ]


def own_contact_at(viewer: Viewer, client: Client, contact_id: int) -> Contact:
    """One of this person's own contacts at a client."""
    row = db.session.scalar(
        select(Contact).where(Contact.id == contact_id, Contact.owner_id == viewer.id, Contact.client_id == client.id)
    )
    if row is None:
        raise NotFound
    return row


def opportunities_at(viewer: Viewer, client: Client) -> list[Proposed]:
    """What anybody proposed to a client, newest change first; whom they asked is the owner's alone."""
    found = (
        select(Opportunity, Person.name, func.coalesce(Service.name, Opportunity.service))
        .join(Person, Person.id == Opportunity.owner_id)
        .outerjoin(Service, Service.id == Opportunity.service_id)
        .where(Opportunity.client_id == client.id)
        .order_by(Opportunity.changed_at.desc(), Opportunity.id.desc())
        .limit(MOST_OPPORTUNITIES)
    )
    return [
        Proposed(
            row.id,
            kind_of(row),
            service,
            row.stage,
            row.value,
            row.currency,
            row.owner_id,
            owner,
            row.contact if row.owner_id == viewer.id else "",
            viewer.today(row.changed_at),
        )
        for row, owner, service in db.session.execute(found)
    ]


def last_conversation_or_none(viewer: Viewer, client: Client) -> Conversation | None:
    """The latest touch of a contact that may be shown, or the latest move of an opportunity."""
    back = aliased(Touch)
    touches = (
        select(Touch.happened_on, Person.id, Person.name)
        .join(Contact, Contact.id == Touch.contact_id)
        .join(Person, Person.id == Touch.owner_id)
        .outerjoin(back, back.takes_back_id == Touch.id)
        .where(
            Contact.client_id == client.id,
            or_(Contact.owner_id == viewer.id, Contact.is_shown_at_client),
            Touch.takes_back_id.is_(None),
            back.id.is_(None),
        )
        .order_by(Touch.happened_on.desc(), Touch.id.desc())
        .limit(1)
    )
    moves = (
        select(StageChange.at, Person.id, Person.name)
        .join(Opportunity, Opportunity.id == StageChange.opportunity_id)
        .join(Person, Person.id == StageChange.by_id)
        .where(Opportunity.client_id == client.id, StageChange.before.is_not(None))
        .order_by(StageChange.at.desc(), StageChange.id.desc())
        .limit(1)
    )
    found = [Conversation(on, id, name) for on, id, name in db.session.execute(touches)]
    found += [Conversation(viewer.today(at), id, name) for at, id, name in db.session.execute(moves)]
    return max(found, key=lambda one: one.on, default=None)


def kept(client_id: int) -> int:
    """What a client that was merged away has become, for whoever kept its address; NotFound for everything else."""
    found = db.session.scalar(select(Client.merged_into_id).where(Client.id == client_id))
    if found is None:
        raise NotFound
    return found


def sheets_about(viewer: Viewer, client: Client, merged: Sequence[ClientMerge]) -> list[Sheet]:
    """This person's own worksheets that name the client, or what was merged into it, newest first."""
    ids = {str(client.id), *(str(one.gone_id) for one in merged)}
    names = {client.match_name, *(one.gone.match_name for one in merged)}
    found = (
        select(FilledWorksheet, Worksheet.title, WorksheetVersion.sections)
        .join(Worksheet, Worksheet.id == FilledWorksheet.worksheet_id)
        .join(
            WorksheetVersion,
            (WorksheetVersion.worksheet_id == FilledWorksheet.worksheet_id)
            & (WorksheetVersion.number == FilledWorksheet.number),
        )
        .where(FilledWorksheet.person_id == viewer.id)
        .order_by(FilledWorksheet.saved_at.desc(), FilledWorksheet.id.desc())
        .limit(MOST_SHEETS)
    )
    return [
        Sheet(row.id, title, row.name, row.saved_at)
        for row, title, sections in db.session.execute(found)
        if match_name(row.name) in names or _names(row.answers, _picked(sections), ids, names)
    ]


def _picked(sections: Any) -> set[str]:
    """The fields and columns whose answer is a client that was chosen."""
    fields = [field for section in sections for field in section["fields"]]
    columns = [column for field in fields for column in field.get("columns") or ()]
    return {one["key"] for one in (*fields, *columns) if one["kind"] == "client"}


def _names(answers: Any, picked: set[str], ids: set[str], names: set[str]) -> bool:
    for key, given in answers.items():
        rows = given if isinstance(given, list) else [{key: given}]
        for row in rows:
            for name, text in row.items() if isinstance(row, dict) else ():
                if isinstance(text, str) and _is(text, name in picked, ids, names):
                    return True
    return False


def _is(text: str, is_picked: bool, ids: set[str], names: set[str]) -> bool:
    number, _, words = text.partition("|")
    if is_picked and words and number.isdigit():
        return number in ids
    return len(text) <= 200 and match_name(text) in names


def to_raise(client: Client, services: Sequence[Service], states: dict[tuple[int, int], Any]) -> list[Raise]:
    """What a steward might raise next, with what speaks for it."""
    here = {service_id: row.use for (client_id, service_id), row in states.items() if client_id == client.id}
    peers, using = similar(client.industry) if client.industry else (0, {})
    return what_to_raise(
        [(service.id, service.name) for service in services], here, peers=peers, using=using, industry=client.industry
    )


def similar(industry: str) -> tuple[int, dict[int, int]]:
    """How many clients there are in an industry, and how many of them use each service."""
    found = (
        select(ClientCount.measure, ClientCount.of, func.sum(ClientCount.n))
        .where(ClientCount.industry == industry, ClientCount.measure.in_(("clients", str(Use.USES))))
        .group_by(ClientCount.measure, ClientCount.of)
    )
    peers, using = 0, {}
    for measure, of, n in db.session.execute(found):
        if measure == "clients":
            peers = int(n)
        else:
            using[int(of)] = int(n)
    return peers, using


def merges_of(client: Client) -> list[ClientMerge]:
    """What was merged into a client and not undone, newest first."""
    return list(
        db.session.scalars(
            select(ClientMerge)
            .where(ClientMerge.kept_id == client.id, ClientMerge.undone_at.is_(None))
            .options(joinedload(ClientMerge.gone), joinedload(ClientMerge.by))
            .order_by(ClientMerge.id.desc())
        )
    )


def merge_for(viewer: Viewer, client_id: int, merge_id: int) -> ClientMerge:
    """One merge into a client that this person may change."""
    clients.changeable_by(viewer, client_id)
    row = db.session.get(ClientMerge, merge_id)
    if row is None or row.kept_id != client_id:
        raise NotFound
    return row
