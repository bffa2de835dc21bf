"""The people of the practices led: the list, its filters, and the matrix of people and modules to take away."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import InstrumentedAttribute

from portal import clock
from portal.accounts import queries as accounts
from portal.accounts.models import Person, Practice
from portal.accounts.viewer import Viewer
from portal.adoption.noticed import is_quiet
from portal.adoption.queries import visible_to
from portal.certification import fluent as certification
from portal.counters.models import PersonActivity
from portal.db import db
from portal.errors import NotFound
from portal.learning import queries as learning
from portal.learning.models import ModuleProgress
from portal.paging import Page, page_of


class State(StrEnum):
    """Where somebody stands in a module."""

    NOT_STARTED = "not-started"
    UNDER_WAY = "under-way"
    DONE = "done"


STATES = {State.NOT_STARTED: "Not started", State.UNDER_WAY: "Under way", State.DONE: "Done"}


@dataclass(frozen=True)
class Filters:
    """What a list of people is narrowed to."""

    practice: Practice | None = None
    directly: bool = False
    """Only those who belong to the practice itself, not to one below it."""
    module: Any = None
    state: State | None = None
    """In the module; without one, in any module at all."""
    quiet: bool = False
    certified: str = ""
    """'yes' or 'no': whether they are certified on what the pitch they speak with says now."""
    words: str = ""


@dataclass(frozen=True)
class Standing:
    """Where a person stands in a module, and since when."""

    state: State
    since: date | None = None


@dataclass(frozen=True)
class Row:
    """A person, and where they stand in each module they have begun, by its id."""

    person: Any
    standings: Mapping[int, Standing]

    def standing(self, module_id: int) -> Standing:
        """Where they stand in one module."""
        return self.standings.get(module_id, Standing(State.NOT_STARTED))

    def count(self, state: str) -> int:
        """In how many modules they stand so."""
        return sum(1 for standing in self.standings.values() if standing.state == state)


def filters(viewer: Viewer, asked: Mapping[str, str]) -> Filters:
    """The filters of a query string. NotFound for a practice, module or state that isn't there for this person."""
    practice_id = asked.get("practice", "")
    module, state = asked.get("module", ""), asked.get("state", "")
    if practice_id and not (practice_id.isascii() and practice_id.isdigit() and len(practice_id) < 10):
        raise NotFound
    certified = asked.get("certified", "")
    if (state and state not in set(State)) or certified not in {"", "yes", "no"}:
        raise NotFound
    return Filters(
        practice=accounts.practice_led_by(viewer, int(practice_id)) if practice_id else None,
        directly=bool(asked.get("directly")),
        module=_module(module) if module else None,
        state=State(state) if state else None,
        quiet=bool(asked.get("quiet")),
        certified=certified,
        words=" ".join(asked.get("q", "").replace("\x00", " ").split())[:100],
    )


def page(viewer: Viewer, wanted: Filters, now: datetime) -> Page:
    """One page of the people, by name."""
    found = page_of(narrowed(viewer, wanted, now).with_only_columns(Person.id))
    rows = {row.person.id: row for row in _rows(Person.id.in_(found.rows), viewer)}
    return Page([rows[person_id] for person_id in found.rows], found.number, found.size, found.total)


def everybody(viewer: Viewer, wanted: Filters, now: datetime) -> Iterator[Row]:
    """All of the people, by name, as the page would list them."""
    whom = narrowed(viewer, wanted, now).order_by(None).with_only_columns(Person.id)
    return _rows(Person.id.in_(whom), viewer)


def matrix(viewer: Viewer, wanted: Filters, now: datetime) -> tuple[list[str], Iterator[list[Any]]]:
    """The head and the rows of a table of people and modules, to take away."""
    modules = learning.modules()
    head = ["Name", "E-mail", "Practice", "Last active"]
    for module in modules:
        head += [module.title, f"{module.title}: since"]
    return head, (_cells(row, modules) for row in everybody(viewer, wanted, now))


def narrowed(viewer: Viewer, wanted: Filters, now: datetime) -> Select[Any]:
    """The people this person may see, as far as the filters let them through."""
    found = visible_to(viewer).outerjoin(PersonActivity, PersonActivity.person_id == Person.id)
    if wanted.practice:
        here = Practice.id == wanted.practice.id
        found = found.where(here if wanted.directly else accounts.below([wanted.practice.path]))
    if wanted.state:
        found = found.where(_stands(wanted.state, wanted.module.id if wanted.module else None))
    if wanted.quiet:
        found = found.where(is_quiet(viewer, now))
    if wanted.certified:
        fluent = certification.is_certified()
        found = found.where(fluent if wanted.certified == "yes" else ~fluent)
    for word in wanted.words.lower().split():
        found = found.where(_has(Person.name, word) | _has(Person.email, word))
    return found


def _has(column: InstrumentedAttribute[str], word: str) -> ColumnElement[bool]:
    return func.lower(column).contains(word, autoescape=True)


def _stands(state: State, module_id: int | None) -> ColumnElement[bool]:
    theirs = exists().where(ModuleProgress.person_id == Person.id)
    if module_id is not None:
        theirs = theirs.where(ModuleProgress.module_id == module_id)
    if state == State.NOT_STARTED:
        return ~theirs
    is_done = ModuleProgress.done_at.is_not(None)
    return theirs.where(is_done if state == State.DONE else ~is_done)


def _rows(whom: ColumnElement[bool], viewer: Viewer) -> Iterator[Row]:
    standings: dict[int, dict[int, Standing]] = {}
    for person_id, module_id, started_at, done_at in db.session.execute(
        select(ModuleProgress.person_id, ModuleProgress.module_id, ModuleProgress.started_at, ModuleProgress.done_at)
        .join(Person, Person.id == ModuleProgress.person_id)
        .where(whom)
    ):
        since = clock.day_in(done_at or started_at, viewer.zone)
        standing = Standing(State.DONE if done_at else State.UNDER_WAY, since)
        standings.setdefault(person_id, {})[module_id] = standing
    for person in _people(whom):
        yield Row(person, standings.get(person.id, {}))


def _people(whom: ColumnElement[bool]) -> Sequence[Any]:
    return db.session.execute(
        select(
            Person.id,
            Person.name,
            Person.email,
            Person.title,
            Person.joined_at,
            Practice.name.label("practice"),
            PersonActivity.last_on,
        )
        .join(Practice, Practice.id == Person.practice_id)
        .outerjoin(PersonActivity, PersonActivity.person_id == Person.id)
        .where(whom)
        .order_by(Person.name, Person.id)
    ).all()


def _cells(row: Row, modules: Sequence[Any]) -> list[Any]:
    person = row.person
    cells = [person.name, person.email, person.practice, person.last_on]
    for module in modules:
        standing = row.standing(module.id)
        cells += [STATES[standing.state], standing.since]
    return cells


def _module(key: str) -> Any:
    for module in learning.modules():
        if module.key == key:
            return module
    raise NotFound
