"""Whom the people of the firm know, and when they were in touch: the fixed people in full, a share of the others."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from flask import current_app
from sqlalchemy import select

from portal.clients.models import Client
from portal.db import db
from portal.demo import names, words
from portal.demo import network_words as said
from portal.demo.people import FIXED, Level, Member
from portal.demo.rows import Rows
from portal.demo.seasons import Sitting, Year
from portal.demo.totals import Totals
from portal.network import habits, identity, queries, rhythm
from portal.network.models import (
    Channel,
    ChannelKind,
    Contact,
    ContactShare,
    Digest,
    NetworkSettings,
    Pace,
    Relation,
    Tier,
    Touch,
    TouchKind,
)

IN_FULL = (46, 84)
OTHERS = {Level.KEEN: (4, 12), Level.STEADY: (2, 6), Level.OCCASIONAL: (1, 3), Level.ABSENT: (0, 0)}
"""How many people somebody knows."""
TAKE_PART = 0.4
"""The share of the others who keep a network in the portal."""
RELATIONS = {
    Relation.CLIENT: 30,
    Relation.FORMER_CLIENT: 12,
    Relation.ASSOCIATE: 22,
    Relation.FRIEND: 10,
    Relation.RELATIVE: 4,
    Relation.NEIGHBOUR: 5,
    Relation.EVENT: 17,
}
TIERS = {Tier.INNER: 15, Tier.MIDDLE: 45, Tier.OUTER: 40}
PACES = {Pace.RUNNING: 93, Pace.PAUSED: 5, Pace.LEFT_OUT: 2}
KINDS = {TouchKind.MEETING: 3, TouchKind.CALL: 4, TouchKind.MESSAGE: 6, TouchKind.EVENT: 1}
KNOWN_TO_MANY = 14
"""People whom several at the firm know."""


@dataclass(slots=True)
class Acquaintance:
    """Somebody known, while the year goes by."""

    id: int
    facts: dict[str, Any]
    tier: Tier
    pace: Pace
    started_on: date
    stagger: int
    rhythm_days: int | None = None
    snoozed_until: date | None = None
    last_touch_on: date | None = None
    due_on: date | None = None
    touches: list[dict[str, Any]] = field(default_factory=list)


class Circles:
    """What all networks of the firm share: the clients there are, and those whom many know."""

    def __init__(self, rows: Rows, totals: Totals, year: Year):
        self.rows, self.totals, self.year = rows, totals, year
        self.secret = str(current_app.config["SECRET_KEY"])
        found = select(Client.id, Client.name).where(Client.merged_into_id.is_(None)).order_by(Client.id)
        self.clients = [(row.id, row.name) for row in db.session.execute(found)]
        rng = random.Random("known to many")
        self.known_to_many = [(names.full_name(rng), words.organisation(rng)) for _ in range(KNOWN_TO_MANY)]
        self.first: dict[int, int] = {}
        """The first contact of each person."""

    def of(self, member: Member) -> "Circle":
        """The network of one person."""
        return Circle(member, self)

    def show_around(self, members: list[Member]) -> None:
        """Some show their first contact to a colleague."""
        known = {member.email.split("@")[0]: member for member in members[: len(FIXED)]}
        for days, (owner, colleague, note) in enumerate(said.SHOWN, start=2):
            contact_id = self.first.get(known[owner].id)
            if contact_id:
                facts = {"note": note, "at": self.year.ago(days), "seen_at": None, "ended_at": None}
                self.rows.add(ContactShare, contact_id=contact_id, with_id=known[colleague].id, **facts)


@dataclass
class Circle:
    """The network of one person."""

    member: Member
    firm: Circles
    known: list[Acquaintance] = field(default_factory=list)

    def __post_init__(self) -> None:
        # Dice of its own: what others draw is not disturbed.
        self.rng = random.Random(f"{self.member.email}/network")

    def keep_up(self) -> None:
        """A year of it: who was met, and when they were in touch."""
        for number in range(self._size()):
            one = self._meet(self.member.moments[0 if number % 3 else self.rng.randrange(len(self.member.moments))])
            self._keep_in_touch(one)

    def reach_out(self, sitting: Sitting) -> None:
        """Five touches, as the field task asks."""
        for _ in range(queries.ENOUGH - sum(len(one.touches) for one in self.known)):
            self._touch(self._meet(sitting.moment), sitting.later(60), sitting.day)

    def _size(self) -> int:
        is_known = self.member.email.split("@")[0] in FIXED
        if not self.member.moments or (not is_known and self.rng.random() > TAKE_PART):
            return 0
        return self.rng.randint(*(IN_FULL if is_known else OTHERS[self.member.level]))

    def _meet(self, at: datetime) -> Acquaintance:
        rng, rows = self.rng, self.firm.rows
        name, organisation, client_id = self._who()
        relation, tier, pace = (_drawn(rng, table) for table in (RELATIONS, TIERS, PACES))
        one = Acquaintance(
            rows.number(Contact),
            {
                "name": name,
                "organisation": organisation if relation != Relation.RELATIVE else "",
                "position": rng.choice(said.POSITIONS),
                "relation": Relation.CLIENT if client_id else relation,
                "tags": sorted(rng.sample(said.TAGS, rng.choice((0, 0, 1, 1, 2)))),
                "notes": rng.choice(said.NOTES) if rng.random() < 0.3 else "",
                "how_met": rng.choice(said.HOW_MET[relation]),
                "cares_about": rng.choice(said.CARES_ABOUT) if rng.random() < 0.7 else "",
                "client_id": client_id,
                "is_shown_at_client": bool(client_id) and rng.random() < 0.6,
                "created_at": at,
            },
            tier,
            pace,
            at.date(),
            rhythm.spread(name, organisation),
        )
        self.known.append(one)
        self.firm.first.setdefault(self.member.id, one.id)
        return one

    def _who(self) -> tuple[str, str, int | None]:
        rng = self.rng
        if rng.random() < 0.06:
            return (*rng.choice(self.firm.known_to_many), None)
        if self.firm.clients and rng.random() < 0.3:
            client_id, organisation = rng.choice(self.firm.clients)
            return names.full_name(rng), organisation, client_id
        return names.full_name(rng), words.organisation(rng), None

    def _keep_in_touch(self, one: Acquaintance) -> None:
        """From the last touch backwards, as often as the circle asks, on days on which the portal was open."""
        if self.rng.random() < 0.08:
            return
        apart = rhythm.days_of(one)
        before = self.firm.year.today - timedelta(days=int(self.rng.uniform(0, 1.12) * apart))
        for _ in range(8):
            moments = [moment for moment in self.member.moments if one.started_on <= moment.date() <= before]
            if not moments:
                return
            self._touch(one, moments[-1], moments[-1].date() - timedelta(days=self.rng.choice((0, 0, 1, 2, 4, 7, 11))))
            before = moments[-1].date() - timedelta(days=int(self.rng.uniform(0.8, 1.6) * apart))

    def _touch(self, one: Acquaintance, at: datetime, on: date) -> None:
        one.last_touch_on = max(on, one.last_touch_on or on)
        one.touches.append(
            {
                "kind": _drawn(self.rng, KINDS),
                "happened_on": on,
                "note": self.rng.choice(said.TOUCHES),
                "key": f"demo-{one.id}-{len(one.touches)}",
                "takes_back_id": None,
                "at": at,
            }
        )
        self.firm.totals.happened("touches", self.member, on)
        self.firm.totals.active(self.member, at.date())

    def write(self) -> None:
        """Hand over whom they know, and how they want to be told."""
        today, rows = self.firm.year.today, self.firm.rows
        for one in self.known:
            if one.pace == Pace.RUNNING and self.rng.random() < 0.04:
                one.snoozed_until = today + timedelta(days=self.rng.randrange(3, 30))
            rhythm.settle(one)
            state = {name: getattr(one, name) for name in STATE}
            facts = one.facts | state | {"changed_at": one.facts["created_at"], "version": 1}
            rows.add(Contact, owner_id=self.member.id, **facts)
            for touch in one.touches:
                rows.add(Touch, owner_id=self.member.id, contact_id=one.id, **touch)
            self._channels(one)
            self.firm.totals.stands("contacts", self.member)
        if self.known:
            facts = {"inner_days": None, "middle_days": None, "outer_days": None, "digest": Digest.WEEKLY}
            after = habits.next_digest(Digest.WEEKLY, today)
            rows.add(NetworkSettings, person_id=self.member.id, digest_on=after, **facts)

    def _channels(self, one: Acquaintance) -> None:
        name = one.facts["name"]
        host = names.slug(one.facts["organisation"]) or "home"
        ways = [(ChannelKind.MAIL, f"{names.slug(name, '.')}@{host}.example")]
        if self.rng.random() < 0.5:
            ways.append((ChannelKind.PHONE, f"+44 20 7946 {self.rng.randrange(1000):04}"))
        for kind, value in ways:
            key = identity.match_key(self.firm.secret, kind, value)
            self.firm.rows.add(Channel, contact_id=one.id, kind=kind, value=value, match_key=key)


STATE = (
    *("id", "tier", "pace", "started_on", "stagger", "rhythm_days"),
    *("snoozed_until", "last_touch_on", "due_on"),
)


def _drawn(rng: random.Random, table: Mapping[Any, int]) -> Any:
    return rng.choices(list(table), weights=list(table.values()))[0]
