"""Everybody at the firm, for admins; the routes of this room let nobody else in."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, case, func, select

from portal.access import Role
from portal.accounts import queries as accounts
from portal.accounts import tree
from portal.accounts.models import Grant, Person, Practice
from portal.accounts.tree import Branch
from portal.db import db
from portal.errors import NotFound
from portal.people.models import Import
from portal.people.plan import Held, Known

STATES = {
    "": None,
    "active": Person.is_active & Person.joined_at.is_not(None),
    "invited": Person.is_active & Person.joined_at.is_(None),
    "deactivated": ~Person.is_active,
}
"""How a person can stand; everybody stands in exactly one."""


@dataclass(frozen=True)
class Filters:
    """What the list of people is narrowed to."""

    words: str = ""
    practice_id: int = 0
    role: str = ""
    state: str = ""


_LISTED: Any = select(
    Person.id,
    Person.name,
    Person.email,
    Person.title,
    Person.practice_id,
    Practice.name.label("practice"),
    Person.zone,
    Person.roles,
    Person.is_active,
    Person.joined_at,
).join(Practice, Practice.id == Person.practice_id)


def people(filters: Filters) -> Select[Any]:
    """The people that a list shows, by name."""
    found = _narrowed(_LISTED, filters).order_by(Person.name, Person.id)
    standing = STATES[filters.state]
    return found if standing is None else found.where(standing)


def state_counts(filters: Filters) -> dict[str, int]:
    """How many people there are in each state, under the other filters; everybody under the empty name."""
    sums = [
        func.coalesce(func.sum(case((standing, 1), else_=0)), 0) if standing is not None else func.count()
        for standing in STATES.values()
    ]
    statement = select(*sums).select_from(Person).join(Practice, Practice.id == Person.practice_id)
    return dict(zip(STATES, db.session.execute(_narrowed(statement, filters)).one(), strict=True))


def _narrowed(statement: Select[Any], filters: Filters) -> Select[Any]:
    for word in filters.words.split()[:6]:
        statement = statement.where(
            Person.name.icontains(word, autoescape=True)
            | Person.email.icontains(word, autoescape=True)
            | Person.title.icontains(word, autoescape=True)
        )
    if filters.practice_id:
        path = db.session.scalar(select(Practice.path).where(Practice.id == filters.practice_id))
        statement = statement.where(accounts.below([path] if path else []))
    if filters.role == Role.PRACTITIONER:
        statement = statement.where(Person.roles == "")
    elif filters.role:
        statement = statement.where(
            select(Grant.id).where(Grant.person_id == Person.id, Grant.role == filters.role).exists()
        )
    return statement


def branches() -> list[Branch]:
    """Every practice with its place in the tree."""
    rows: Any = db.session.execute(select(Practice.id, Practice.key, Practice.name, Practice.path))
    return tree.ordered(rows)


def branch(practice_id: int) -> Branch:
    """One practice with its place in the tree."""
    found = next((each for each in branches() if each.id == practice_id), None)
    if found is None:
        raise NotFound
    return found


def people_by_practice() -> dict[int, int]:
    """How many active people each practice has of its own."""
    found = select(Person.practice_id, func.count().label("n")).where(Person.is_active).group_by(Person.practice_id)
    return {row.practice_id: row.n for row in db.session.execute(found)}


def held_by(person_ids: Iterable[int]) -> dict[int, list[tuple[int, Role, int | None]]]:
    """The roles of several people: the grant's id, the role, and the practice it is held for."""
    held: dict[int, list[tuple[int, Role, int | None]]] = {}
    for ids in _batches(person_ids):
        for row in db.session.execute(
            select(Grant.person_id, Grant.id, Grant.role, Grant.practice_id)
            .where(Grant.person_id.in_(ids))
            .order_by(Grant.role, Grant.id)
        ):
            held.setdefault(row.person_id, []).append((row.id, row.role, row.practice_id))
    return held


def known(emails: Iterable[str]) -> dict[str, Known]:
    """The people with these e-mail addresses who are here already."""
    rows = [
        row
        for some in _batches(emails)
        for row in db.session.execute(
            select(
                Person.id, Person.email, Person.name, Person.practice_id, Person.title, Person.zone, Person.is_active
            ).where(Person.email.in_(some))
        )
    ]
    held = held_by(row.id for row in rows)

    def roles(person_id: int) -> frozenset[Held]:
        return frozenset((role, practice_id) for _, role, practice_id in held.get(person_id, []))

    return {
        row.email: Known(row.id, row.name, row.practice_id, row.title, row.zone, row.is_active, roles(row.id))
        for row in rows
    }


def imports(most: int = 10) -> list[Import]:
    """The newest files, newest first."""
    return list(db.session.scalars(select(Import).order_by(Import.id.desc()).limit(most)))


def one_import(import_id: int) -> Import:
    """One file of people."""
    found = db.session.get(Import, import_id)
    if found is None:
        raise NotFound
    return found


def how_far(import_id: int) -> Any:
    """How far an import has come: its state, rows done, and rows in all."""
    found = db.session.execute(
        select(Import.state, Import.done, Import.total).where(Import.id == import_id)
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def _batches(items: Iterable[Any], size: int = 1000) -> list[list[Any]]:
    # Databases take only so many values in one statement.
    everything = list(items)
    return [everything[start : start + size] for start in range(0, len(everything), size)]
