"""The clients of the demo firm: who looks after them, what they use, and how that came about over the year."""

import random
from collections import defaultdict
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import case, func, insert, select, text

from portal.clients import counting
from portal.clients.models import Client, ClientFlag, ClientService, Service, StewardChange, Use, UseChange
from portal.clients.naming import match_name
from portal.db import db
from portal.demo import client_words as said
from portal.demo import words
from portal.demo.names import full_name
from portal.demo.people import Level, Member, area_of
from portal.demo.rows import Rows
from portal.demo.seasons import Year
from portal.network.models import Contact, Relation, Touch, TouchKind
from portal.pipeline.models import Opportunity, OpportunityKind
from portal.pipeline.stages import Stage

SHARE, FEWEST = 0.3, 60
OF_FIXED = {"practitioner": 6, "practitioner2": 4, "leader": 3, "coach": 3, "leader2": 2}
"""How many clients the people of the sign-in page look after."""
CAME_TO = {Stage.WON: Use.USES, Stage.DECLINED: Use.DECLINED, Stage.PLANNED: Use.COULD_USE}
INDUSTRY = {trade: industry for industry, trades in said.INDUSTRIES.items() for trade in trades}
LINK_CLIENTS = (
    "update {table} set client_id = (select min(id) from clients where match_name = lower(organisation)) "
    "where client_id is null and lower(organisation) in (select match_name from clients)"
)
LINK_SERVICES = (
    "update opportunities set service_id = (select id from services where key = :key) "
    "where service_id is null and service = :name"
)


class Clients:
    """Takes on the clients, one after the other."""

    def __init__(self, members: list[Member], known: dict[str, Member], year: Year, rows: Rows):
        self.members, self.known, self.year, self.rows = members, known, year, rows
        self.rng = random.Random(f"clients/{len(members)}")
        self.services = {row.key: row.id for row in db.session.scalars(select(Service))}
        self.stewards = [
            one for one in members if one.level != Level.ABSENT and area_of(one.practice_key) != "firm-services"
        ]
        self.places = {practice_key: one.practice_id for one in members for practice_key in (one.practice_key,)}
        self.ids: dict[str, tuple[int, Member, date]] = {}

    def take_on(self, names: list[str]) -> None:
        """The clients with their stewards."""
        fixed = [self.known[local] for local, n in OF_FIXED.items() for _ in range(n)]
        for number, name in enumerate(names):
            steward = fixed[number] if number < len(fixed) else self.rng.choice(self.stewards)
            self._add(name, steward, has_steward=number < len(fixed) or self.rng.random() < 0.9)
        self._add(f"{names[0]} Ltd", self.stewards[-1], has_steward=False)  # there twice, to be merged
        self.rows.flush()

    def _add(self, name: str, steward: Member, *, has_steward: bool) -> None:
        added = self.year.start - timedelta(days=self.rng.randrange(0, 1500))
        if self.rng.random() < 0.12:  # new in this year
            added = self.year.start + timedelta(days=self.rng.randrange(20, 340))
        number, at = self.rows.number(Client), self.year.on(self.rng, added)
        self.ids[name] = (number, steward, added)
        self.rows.add(
            Client,
            id=number,
            name=name,
            match_name=match_name(name),
            industry=INDUSTRY[next(trade for trade in INDUSTRY if trade in name)],
            practice_id=steward.practice_id,
            steward_id=steward.id if has_steward else None,
            merged_into_id=None,
            added_on=added,
            created_at=at,
            changed_at=at,
            version=1,
        )
        if has_steward:
            self.rows.add(StewardChange, client_id=number, before_id=None, after_id=steward.id, by_id=steward.id, at=at)

    def tell(self, came: dict[int, dict[int, tuple[Use, datetime, int]]]) -> None:
        """What each uses and how it came about; `came` is what opportunities led to, by client and service."""
        for name, (client_id, steward, added) in self.ids.items():
            uses = self._drawn(INDUSTRY[next(trade for trade in INDUSTRY if trade in name)], added)
            for service_id, path in uses.items():
                if service_id not in came.get(client_id, {}):
                    self._say(client_id, service_id, steward.id, path)
            for service_id, (use, at, by) in came.get(client_id, {}).items():
                before = [(Use.COULD_USE, at.date() - timedelta(days=20))] if use != Use.COULD_USE else []
                self._say(client_id, service_id, by, [*before, (use, at.date())])

    def _drawn(self, industry: str, added: date) -> dict[int, list[tuple[Use, date]]]:
        rng, liked = self.rng, said.LIKED[industry]
        found: dict[int, list[tuple[Use, date]]] = {}
        for key, service_id in self.services.items():
            draw, chance = rng.random(), 0.5 if key in liked else 0.08
            if draw < chance:
                since = added + timedelta(days=rng.randrange(0, 200))
                if rng.random() < 0.25:  # taken up in this year
                    since = self._in_year(added)
                found[service_id] = [(Use.USES, min(since, self.year.today))]
            elif draw < chance + 0.2:
                first = self._in_year(added)
                then = rng.choice((None, None, Use.OFFERED, Use.DECLINED, Use.NOT_A_FIT))
                later = min(first + timedelta(days=rng.randrange(10, 90)), self.year.today)
                found[service_id] = [(Use.COULD_USE, first), *([(then, later)] if then else [])]
        return found

    def _in_year(self, added: date) -> date:
        start = max(added, self.year.start)
        return start + timedelta(days=self.rng.randrange(max(1, (self.year.today - start).days)))

    def _say(self, client_id: int, service_id: int, by: int, path: list[tuple[Use, date]]) -> None:
        before = None
        for use, on in path:
            at = self.year.on(self.rng, on)
            note = self.rng.choice(said.NOTES[use]) if self.rng.random() < 0.7 else ""
            self.rows.add(
                UseChange,
                client_id=client_id,
                service_id=service_id,
                before=before,
                after=use,
                note=note,
                changed_on=on,
                by_id=by,
                at=at,
                takes_back_id=None,
            )
            before = use
        self.rows.add(
            ClientService,
            client_id=client_id,
            service_id=service_id,
            use=use,
            since_on=on,
            by_id=by,
            at=at,
            version=len(path),
        )

    def flag(self) -> None:
        """A few are flagged; one of the flags ends this week."""
        names = list(self.ids)
        self._flag(names[1], *said.FLAGS[0])
        self._flag(names[3], said.FLAGS[2][0], said.FLAGS[2][1], 3)
        for place in range(12, len(names), 15):
            self._flag(names[place], *said.FLAGS[(place // 15) % len(said.FLAGS)])

    def _flag(self, name: str, kind: object, reason: str, days: int | None) -> None:
        client_id, steward, _added = self.ids[name]
        since = self.year.today - timedelta(days=30)
        self.rows.add(
            ClientFlag,
            client_id=client_id,
            kind=kind,
            reason=reason,
            from_on=since,
            until_on=None if days is None else self.year.today + timedelta(days=days),
            remind_on=None if days is None else self.year.today + timedelta(days=days - 6),
            by_id=steward.id,
            at=self.year.on(self.rng, since),
            ended_at=None,
            ended_by_id=None,
        )

    def introduce(self) -> None:
        """Whom the stewards know there, and when they last talked."""
        people, touches = [], []
        for name, (client_id, steward, _added) in self.ids.items():
            if steward.plan or self.rng.random() < 0.6:
                on = self.year.today - timedelta(days=self.rng.randrange(2, 150))
                contact = self._contact(name, client_id, steward, on)
                people.append(contact)
                touches.append(self._touch(contact, f"demo-client-{client_id}"))
        # Not as rows: what else a contact has is filled in by its own defaults.
        db.session.execute(insert(Contact), people)
        db.session.execute(insert(Touch), touches)

    def _contact(self, name: str, client_id: int, steward: Member, on: date) -> dict[str, Any]:
        at = self.year.on(self.rng, on)
        return {
            "id": self.rows.number(Contact),
            "owner_id": steward.id,
            "name": full_name(self.rng),
            "organisation": name,
            "position": self.rng.choice(said.POSITIONS),
            "relation": Relation.CLIENT,
            "client_id": client_id,
            "is_shown_at_client": self.rng.random() < 0.65,
            "last_touch_on": on,
            "due_on": on + timedelta(days=90),
            "created_at": at,
            "changed_at": at,
        }

    def _touch(self, contact: dict[str, Any], key: str) -> dict[str, Any]:
        return {
            "owner_id": contact["owner_id"],
            "contact_id": contact["id"],
            "kind": TouchKind.MEETING,
            "happened_on": contact["last_touch_on"],
            "key": key,
            "at": contact["created_at"],
        }


def arrange(members: list[Member], known: dict[str, Member], year: Year, rows: Rows) -> None:
    """The firm's clients, from the organisations that its people proposed services to, and others like them."""
    rows.finish()  # what people proposed is read
    clients = Clients(members, known, year, rows)
    clients.take_on(_names(clients.rng, max(FEWEST, round(SHARE * len(members))), known))
    for table in ("opportunities", "contacts"):
        db.session.execute(text(LINK_CLIENTS.format(table=table)))
    for name, key in said.SERVICES.items():
        db.session.execute(text(LINK_SERVICES), {"key": key, "name": name})
    clients.tell(_came())
    clients.flag()
    clients.introduce()
    _name_owners(members)
    rows.finish()
    db.session.expire_all()
    counting.rebuild()


def _names(rng: random.Random, n: int, known: dict[str, Member]) -> list[str]:
    """Ana's own come first; then those that most people proposed something to; then others."""
    asked = (
        select(Opportunity.organisation)
        .where(Opportunity.kind == OpportunityKind.CROSS_SELL)
        .group_by(Opportunity.organisation)
        .order_by(
            func.max(case((Opportunity.owner_id == known["practitioner"].id, 1), else_=0)).desc(),
            func.count().desc(),
            Opportunity.organisation,
        )
    )
    own = [name for name in db.session.scalars(asked) if any(trade in name for trade in INDUSTRY)]
    others = [f"{place} {trade}" for place in words.PLACES for trade in words.TRADES]
    rng.shuffle(others)
    more = [f"{name} {ending}" for ending in said.ENDINGS for name in others]
    found: dict[str, str] = {}
    for name in (*own, *others, *more):
        found.setdefault(match_name(name), name)
    return list(found.values())[:n]


def _came() -> dict[int, dict[int, tuple[Use, datetime, int]]]:
    rows = db.session.execute(
        select(
            Opportunity.client_id,
            Opportunity.service_id,
            Opportunity.stage,
            Opportunity.changed_at,
            Opportunity.owner_id,
        )
        .where(Opportunity.client_id.is_not(None), Opportunity.service_id.is_not(None))
        .order_by(Opportunity.changed_at, Opportunity.id)
    )
    found: dict[int, dict[int, tuple[Use, datetime, int]]] = defaultdict(dict)
    for client_id, service_id, stage, at, owner_id in rows:
        if client_id and service_id and stage != Stage.LOST:
            found[client_id][service_id] = (CAME_TO.get(stage, Use.OFFERED), at, owner_id)
    return found


def _name_owners(members: list[Member]) -> None:
    """Whom to bring in: somebody of the practice that does it."""
    for service in db.session.scalars(select(Service).order_by(Service.id)):
        near = [one for one in members if one.practice_key == service.practice_key]
        near = near or [one for one in members if one.practice_key == area_of(service.practice_key)]
        if near:
            service.owner_id = near[-1].id
    db.session.flush()
