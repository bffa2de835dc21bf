"""Choosing everybody's items of the week: once a week and person, soon after the week began, in the background."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from functools import cached_property
from typing import Any

from flask import current_app
from sqlalchemy import bindparam, delete, exists, insert, or_, select

from portal import clock
from portal.accounts.models import Person, Practice
from portal.accounts.tree import ids
from portal.clients.models import Client
from portal.db import db, insert_or
from portal.learning.models import Module, ModuleProgress
from portal.library.labels import said, slug
from portal.library.models import IS_READABLE, Item, ItemReader, ItemTag
from portal.pipeline.models import Opportunity
from portal.pipeline.stages import OPEN
from portal.readership import choosing
from portal.readership.choosing import Candidate, Tag
from portal.readership.models import MustRead, MutedKind, ReadingWeek, WeeklyItem

BATCH = 500

_WAITING = (
    select(Person.id, Practice.path)
    .join(Practice, Practice.id == Person.practice_id)
    .where(Person.is_active, Person.id > bindparam("after"))
    .where(~exists().where(ReadingWeek.person_id == Person.id, ReadingWeek.week_on >= bindparam("week_on")))
    .order_by(Person.id)
    .limit(BATCH)
)
_IS_ASKED = exists().where(
    MustRead.item_id == Item.id, MustRead.ended_at.is_(None), MustRead.until_on >= bindparam("on")
)
_NEW = (
    select(Item.id, Item.kind, Item.published_at)
    .where(IS_READABLE, Item.published_at < bindparam("began"), Item.published_at >= bindparam("since"))
    # What somebody must read they are asked for anyway.
    .where(~_IS_ASKED)
    .order_by(Item.published_at.desc(), Item.id.desc())
    .limit(choosing.MOST_CANDIDATES)
)
_people: Any = bindparam("people", expanding=True)
_MODULES = (
    select(ModuleProgress.person_id, Module.key, Module.short)
    .join(Module, Module.id == ModuleProgress.module_id)
    .where(ModuleProgress.person_id.in_(_people), ModuleProgress.done_at.is_(None))
)
_ASKS = (
    select(Opportunity.owner_id, Opportunity.stage, Client.industry)
    .outerjoin(Client, Client.id == Opportunity.client_id)
    .where(Opportunity.owner_id.in_(_people), Opportunity.stage.in_(OPEN))
    .distinct()
)
_CLIENTS = (
    select(Client.steward_id, Client.industry)
    .where(Client.steward_id.in_(_people), Client.industry != "", Client.merged_into_id.is_(None))
    .distinct()
)
_items: Any = bindparam("items", expanding=True)
_KNOWN = (
    select(ItemReader.person_id, ItemReader.item_id).where(
        ItemReader.person_id.in_(_people), ItemReader.item_id.in_(_items)
    ),
    select(WeeklyItem.person_id, WeeklyItem.item_id).where(
        WeeklyItem.person_id.in_(_people), WeeklyItem.item_id.in_(_items)
    ),
)
_MUTED = select(MutedKind.person_id, MutedKind.kind).where(MutedKind.person_id.in_(_people))


def choose_due(now: datetime) -> int:
    """Choose for everybody for whom this week's items are not chosen yet; for how many."""
    week, done = this_week(now), 0
    for batch in waiting(week):
        done += choose_for(batch, week)
        db.session.commit()
    if done:
        forgotten = delete(WeeklyItem).where(WeeklyItem.week_on < week.monday - choosing.NEW_FOR)
        db.session.execute(forgotten.execution_options(synchronize_session=False))
    return done


def this_week(now: datetime) -> "Week":
    """The week that it is at the firm."""
    zone = current_app.extensions["portal_config"].TIME_ZONE
    return Week(clock.week_of(clock.day_in(now, zone)), zone)


def waiting(week: "Week") -> Iterator[Sequence[Any]]:
    """Everybody for whom nothing was chosen yet, in batches of rows of id and path."""
    after = 0
    while batch := rows_of(_WAITING, week_on=week.monday, after=after):
        after = batch[-1].id
        yield batch


class Week:
    """A week with what was new when it began."""

    def __init__(self, monday: date, zone: str):
        self.monday = monday
        self.began = datetime.combine(monday, time(), clock.zone(zone))
        self._fitting: dict[frozenset[tuple[Tag, str]], list[tuple[Candidate, str]]] = {}

    @cached_property
    def candidates(self) -> list[Candidate]:
        """What was published in the weeks before."""
        found = rows_of(_NEW, began=self.began, since=self.began - choosing.NEW_FOR, on=self.monday)
        tags: dict[int, set[Tag]] = defaultdict(set)
        for item_id, facet, value in db.session.execute(
            select(ItemTag.item_id, ItemTag.facet, ItemTag.value).where(ItemTag.item_id.in_([row.id for row in found]))
        ):
            tags[item_id].add((facet, value))
        return [Candidate(row.id, row.kind, row.published_at, frozenset(tags[row.id])) for row in found]

    @cached_property
    def practices(self) -> dict[int, tuple[str, str]]:
        """Key and name of every practice."""
        return {row.id: (row.key, row.name) for row in rows_of(select(Practice.id, Practice.key, Practice.name))}

    def fitting(self, interests: Mapping[Tag, str]) -> list[tuple[Candidate, str]]:
        """What fits these interests, best first; many people share theirs."""
        key = frozenset(interests.items())
        if key not in self._fitting:
            self._fitting[key] = choosing.ranked(self.candidates, interests)
        return self._fitting[key]


def rows_of(statement: Any, **given: Any) -> Sequence[Any]:
    """All rows of a statement."""
    return db.session.execute(statement, given).all()


def choose_for(people: Sequence[Any], week: Week) -> int:
    """Choose for these people (rows of id and path) and keep it; for how many it was still to be done."""
    claim = insert_or(ReadingWeek).values([{"person_id": person.id, "week_on": week.monday} for person in people])
    claim = claim.on_conflict_do_update(
        index_elements=["person_id"],
        set_={"week_on": claim.excluded.week_on},
        where=or_(ReadingWeek.week_on < claim.excluded.week_on),
    ).returning(ReadingWeek.person_id)
    mine = set(db.session.scalars(claim))
    wanted = {person.id: person.path for person in people if person.id in mine}
    if not wanted or not week.candidates:
        return len(wanted)
    given = {"people": list(wanted), "items": [each.id for each in week.candidates]}
    interests, known, muted = _interests(wanted, week), _pairs(_KNOWN, given), _pairs((_MUTED,), given)
    chosen = [
        {"person_id": person_id, "week_on": week.monday, "position": position, "item_id": item_id, "why": why}
        for person_id in wanted
        for position, (item_id, why) in enumerate(
            choosing.choose(week.fitting(interests[person_id]), known=known[person_id], muted=muted[person_id])
        )
    ]
    if chosen:
        db.session.execute(insert(WeeklyItem), chosen)
    return len(wanted)


def _pairs(statements: Sequence[Any], given: Mapping[str, Any]) -> dict[int, set[Any]]:
    found: dict[int, set[Any]] = defaultdict(set)
    for statement in statements:
        for person_id, value in rows_of(statement, **given):
            found[person_id].add(value)
    return found


def _interests(people: Mapping[int, str], week: Week) -> dict[int, dict[Tag, str]]:
    """What each person's work has to do with, as tags with the words that say so."""
    theirs: dict[int, dict[Tag, str]] = defaultdict(dict)
    given = {"people": list(people)}
    for owner_id, stage, industry in rows_of(_ASKS, **given):
        theirs[owner_id]["stage", str(stage)] = f"You have something open at this stage: {said('stage', stage).lower()}"
        if industry:
            theirs[owner_id]["industry", slug(industry)] = f"You have something open in {industry.lower()}"
    for steward_id, industry in rows_of(_CLIENTS, **given):
        theirs[steward_id]["industry", slug(industry)] = f"You look after a client in {industry.lower()}"
    for person_id, key, short in rows_of(_MODULES, **given):
        theirs[person_id]["discipline", key] = f"You are in the module {short}"
    for person_id, path in people.items():
        for practice_id in ids(path):
            key, name = week.practices[practice_id]
            theirs[person_id]["practice", key] = f"For {name}"
    return theirs
