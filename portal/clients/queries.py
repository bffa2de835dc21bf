"""Clients and services, which everybody at the firm may see."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import joinedload

from portal.accounts import queries as accounts
from portal.accounts import tree
from portal.accounts.models import Person, Practice
from portal.accounts.tree import Branch
from portal.accounts.viewer import Viewer
from portal.clients import rights
from portal.clients.models import (
    Client,
    ClientCount,
    ClientFlag,
    ClientImport,
    ClientService,
    Service,
    StewardChange,
    Use,
    UseChange,
)
from portal.db import db
from portal.errors import NotFound
from portal.paging import Page, page_of


@dataclass(frozen=True)
class Filters:
    """Which clients are asked for."""

    words: str = ""
    practice_id: int = 0
    """A practice with all below it; 0 for all."""
    industry: str = ""
    steward: str = ""
    """`mine`, `none`, or everybody's."""
    is_flagged: bool = False
    without: int = 0
    """The id of a service that they don't use, and have not turned down."""
    service: int = 0
    use: Use | None = None
    """Together: the id of a service, and how they stand to it."""


def visible_to(_viewer: Viewer) -> Select[Client]:
    """The clients this person may see: all of the firm's. Every other query starts here."""
    return select(Client).where(Client.merged_into_id.is_(None))


def client_for(viewer: Viewer, client_id: int) -> Client:
    """One client."""
    found = visible_to(viewer).where(Client.id == client_id)
    row = db.session.scalar(found.options(joinedload(Client.practice), joinedload(Client.steward)))
    if row is None:
        raise NotFound
    return row


def may_change(viewer: Viewer, client: Client) -> bool:
    """Whether this person may correct a client, flag it or hand it on."""
    return rights.may_change(
        viewer,
        steward_id=client.steward_id,
        practice_path=client.practice.path,
        led=accounts.led_paths(viewer),
    )


def changeable_by(viewer: Viewer, client_id: int) -> Client:
    """One client that this person may change; NotFound for everybody else."""
    client = client_for(viewer, client_id)
    if not may_change(viewer, client):
        raise NotFound
    return client


def options(viewer: Viewer, words: str = "", limit: int = 20) -> list[Client]:
    """Clients to choose from, by any part of what was typed."""
    found = _with_words(visible_to(viewer), words)
    return list(db.session.scalars(found.order_by(Client.name, Client.id).limit(limit)))


def filtered(viewer: Viewer, filters: Filters, today: date) -> Select[Client]:
    """The clients that fit the filters; one's own first, then by name."""
    found = _with_words(visible_to(viewer), filters.words)
    if filters.practice_id:
        path = select(Practice.path).where(Practice.id == filters.practice_id).scalar_subquery()
        within = select(Practice.id).where(
            Practice.path >= path, Practice.path < func.rtrim(path, "/") + "0"
        )  # a range, as in accounts.queries.below
        found = found.where(Client.practice_id.in_(within))
    if filters.industry:
        found = found.where(Client.industry == filters.industry)
    if filters.steward:
        found = found.where(Client.steward_id == (viewer.id if filters.steward == "mine" else None))
    if filters.is_flagged:
        found = found.where(exists().where(ClientFlag.client_id == Client.id, in_force(today)))
    if filters.without:
        settled = (Use.USES, Use.DECLINED, Use.NOT_A_FIT)
        found = found.where(
            ~exists().where(
                ClientService.client_id == Client.id,
                ClientService.service_id == filters.without,
                ClientService.use.in_(settled),
            )
        )
    if filters.service and filters.use:
        stands = (ClientService.service_id == filters.service, ClientService.use == filters.use)
        found = found.where(exists().where(ClientService.client_id == Client.id, *stands))
    return found.order_by(case((Client.steward_id == viewer.id, 0), else_=1), Client.name, Client.id)


def _with_words(found: Select[Client], words: str) -> Select[Client]:
    for word in words.replace("\x00", " ").split()[:8]:
        found = found.where(Client.name.icontains(word, autoescape=True))
    return found


def in_force(today: date) -> ColumnElement[bool]:
    """Flags that hold on a day."""
    return and_(
        ClientFlag.ended_at.is_(None),
        ClientFlag.from_on <= today,
        or_(ClientFlag.until_on.is_(None), ClientFlag.until_on >= today),
    )


def listed(viewer: Viewer, filters: Filters, today: date, *, size: int = 25) -> Page:
    """What fits the filters, in pages."""
    found = filtered(viewer, filters, today).options(joinedload(Client.practice), joinedload(Client.steward))
    return page_of(found, size=size)


def exported(viewer: Viewer, filters: Filters, today: date) -> list[Client]:
    """All that fits the filters."""
    found = filtered(viewer, filters, today).options(joinedload(Client.practice), joinedload(Client.steward))
    return list(db.session.scalars(found))


def flags_in_force(client_ids: Iterable[int], today: date) -> dict[int, list[ClientFlag]]:
    """By client, the flags that hold today."""
    found = select(ClientFlag).where(ClientFlag.client_id.in_(list(client_ids)), in_force(today))
    flags: dict[int, list[ClientFlag]] = defaultdict(list)
    for flag in db.session.scalars(found.order_by(ClientFlag.id)):
        flags[flag.client_id].append(flag)
    return flags


def flags_of(client: Client) -> list[ClientFlag]:
    """Every flag that a client ever had, newest first."""
    return list(
        db.session.scalars(
            select(ClientFlag)
            .where(ClientFlag.client_id == client.id)
            .options(joinedload(ClientFlag.by), joinedload(ClientFlag.ended_by))
            .order_by(ClientFlag.id.desc())
        )
    )


def flag_of(client: Client, flag_id: int) -> ClientFlag:
    """One flag of a client."""
    flag = db.session.get(ClientFlag, flag_id)
    if flag is None or flag.client_id != client.id:
        raise NotFound
    return flag


def stewards_of(client: Client) -> list[StewardChange]:
    """Who handed a client to whom, newest first."""
    people = (StewardChange.before, StewardChange.after, StewardChange.by)
    return list(
        db.session.scalars(
            select(StewardChange)
            .where(StewardChange.client_id == client.id)
            .options(*(joinedload(person) for person in people))
            .order_by(StewardChange.id.desc())
            .limit(20)
        )
    )


def industries() -> list[str]:
    """The industries that clients are in."""
    rows = select(Client.industry).where(Client.industry != "", Client.merged_into_id.is_(None))
    return list(db.session.scalars(rows.distinct().order_by(Client.industry)))


def services(*, with_retired: bool = False) -> list[Service]:
    """The catalogue: what the firm does now, by name."""
    found = select(Service) if with_retired else select(Service).where(~Service.is_retired)
    return list(db.session.scalars(found.options(joinedload(Service.owner)).order_by(Service.name, Service.id)))


def service(service_id: int) -> Service:
    """One service of the catalogue, retired or not."""
    row = db.session.scalar(select(Service).where(Service.id == service_id).options(joinedload(Service.owner)))
    if row is None:
        raise NotFound
    return row


def standing_to(service: Service) -> dict[Use, int]:
    """How many clients stand so to a service; from the running totals."""
    found = (
        select(ClientCount.measure, func.sum(ClientCount.n))
        .where(ClientCount.measure.in_([str(use) for use in Use]), ClientCount.of == str(service.id))
        .group_by(ClientCount.measure)
    )
    counts = {Use(measure): int(n) for measure, n in db.session.execute(found)}
    return {use: counts.get(use, 0) for use in Use}


def branches() -> list[Branch]:
    """The practices, in the order in which they are read."""
    return tree.ordered(accounts.practices())


def states(client_ids: Sequence[int]) -> dict[tuple[int, int], ClientService]:
    """How these clients stand to services, and who said so, by client and service."""
    found = select(ClientService).where(ClientService.client_id.in_(client_ids))
    found = found.options(joinedload(ClientService.by, innerjoin=True).load_only(Person.name))
    return {(row.client_id, row.service_id): row for row in db.session.scalars(found)}


def state_or_none(client_id: int, service_id: int) -> ClientService | None:
    """How a client stands to a service now, where somebody has said."""
    return db.session.get(ClientService, (client_id, service_id))


def last_changes(client_ids: Sequence[int]) -> dict[tuple[int, int], int]:
    """The newest change of each cell: what a change is held against, so that no tab overwrites another."""
    found: Any = (
        select(UseChange.client_id, UseChange.service_id, func.max(UseChange.id))
        .where(UseChange.client_id.in_(client_ids))
        .group_by(UseChange.client_id, UseChange.service_id)
    )
    return {(client_id, service_id): last for client_id, service_id, last in db.session.execute(found)}


def history(client_id: int, service_id: int) -> list[UseChange]:
    """Every change of how a client stands to a service, newest first."""
    return list(
        db.session.scalars(
            select(UseChange)
            .where(UseChange.client_id == client_id, UseChange.service_id == service_id)
            .options(joinedload(UseChange.by))
            .order_by(UseChange.id.desc())
        )
    )


def imports() -> list[ClientImport]:
    """The files of clients so far, newest first."""
    return list(db.session.scalars(select(ClientImport).order_by(ClientImport.id.desc()).limit(10)))


def one_import(import_id: int) -> ClientImport:
    """One file of clients."""
    row = db.session.get(ClientImport, import_id)
    if row is None:
        raise NotFound
    return row
