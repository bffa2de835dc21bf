"""What leaders asked for, and how far people have come with it."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from portal.accounts import queries as accounts
from portal.accounts.models import Person, Practice
from portal.accounts.viewer import Viewer
from portal.adoption.queries import visible_to
from portal.charts import share
from portal.counters.models import Standing
from portal.db import db
from portal.errors import NotFound
from portal.learning import queries as learning
from portal.learning.models import Assignment, Module, ModuleProgress
from portal.paging import Page, page_of

MOST_AT_ONCE = 200


@dataclass(frozen=True)
class Progress:
    """How many of those asked have done the module, or are at it."""

    people: int
    done: int
    under_way: int

    @property
    def percent(self) -> int:
        """The share that is done."""
        return share(self.done, self.people)

    @property
    def under_way_percent(self) -> int:
        """The share that is under way."""
        return share(self.under_way, self.people)


@dataclass(frozen=True)
class Row:
    """An assignment and its progress."""

    assignment: Assignment
    progress: Progress


def page(viewer: Viewer) -> Page:
    """The assignments in force for the people and practices led, the next due first."""
    found = page_of(
        learning.assignments_led_by(viewer).options(
            joinedload(Assignment.module),
            joinedload(Assignment.person),
            joinedload(Assignment.practice),
            joinedload(Assignment.by),
        )
    )
    of_people = _of_people([row.id for row in found.rows if row.person_id])
    of_practices = _of_practices([row.id for row in found.rows if row.practice_id])
    rows = [Row(row, (of_people | of_practices)[row.id]) for row in found.rows]
    return Page(rows, found.number, found.size, found.total)


def withdrawn_or_none(viewer: Viewer, assignment_id: int) -> Assignment | None:
    """An assignment that was withdrawn, if it was given to somebody this person leads."""
    people = visible_to(viewer).order_by(None).with_only_columns(Person.id)
    practices = accounts.practices_led_by(viewer).order_by(None).with_only_columns(Practice.id)
    return db.session.scalar(
        select(Assignment).where(
            Assignment.id == assignment_id,
            Assignment.withdrawn_at.is_not(None),
            or_(Assignment.person_id.in_(people), Assignment.practice_id.in_(practices)),
        )
    )


def chosen(viewer: Viewer, ids: list[str]) -> list[Any]:
    """The people named in a query string, by name; NotFound when one of them isn't led."""
    if len(ids) > MOST_AT_ONCE or not all(each.isascii() and each.isdigit() and len(each) < 10 for each in ids):
        raise NotFound
    wanted = {int(each) for each in ids}
    found = db.session.execute(
        visible_to(viewer).where(Person.id.in_(wanted)).with_only_columns(Person.id, Person.name)
    ).all()
    if len(found) != len(wanted):
        raise NotFound
    return list(found)


def _of_people(ids: list[int]) -> dict[int, Progress]:
    if not ids:
        return {}
    rows = db.session.execute(
        select(Assignment.id, ModuleProgress.started_at, ModuleProgress.done_at)
        .outerjoin(
            ModuleProgress,
            and_(ModuleProgress.person_id == Assignment.person_id, ModuleProgress.module_id == Assignment.module_id),
        )
        .where(Assignment.id.in_(ids))
    )
    return {
        row.id: Progress(1, int(row.done_at is not None), int(row.started_at is not None and row.done_at is None))
        for row in rows
    }


def _of_practices(ids: list[int]) -> dict[int, Progress]:
    if not ids:
        return {}
    asked, within = aliased(Practice), aliased(Practice)

    def total(measure: str) -> Any:
        return func.coalesce(func.sum(case((Standing.measure == measure, Standing.n), else_=0)), 0)

    rows = db.session.execute(
        select(Assignment.id, total("people"), total("module-done"), total("module-under-way"))
        .join(Module, Module.id == Assignment.module_id)
        .join(asked, asked.id == Assignment.practice_id)
        .join(within, and_(within.path >= asked.path, within.path < func.rtrim(asked.path, "/") + "0"))
        .outerjoin(
            Standing,
            and_(
                Standing.practice_id == within.id,
                or_(
                    Standing.measure == "people",
                    and_(Standing.measure.in_(("module-done", "module-under-way")), Standing.of == Module.key),
                ),
            ),
        )
        .where(Assignment.id.in_(ids))
        .group_by(Assignment.id)
    )
    return {row[0]: Progress(*(int(n) for n in row[1:])) for row in rows}


def default_day(today: date) -> date:
    """Three weeks are enough for a module at a few minutes a day."""
    return today + timedelta(days=21)
