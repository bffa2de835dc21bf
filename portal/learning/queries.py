"""The programme, and where a person stands in it."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, bindparam, case, func, or_, select

from portal.accounts import queries as accounts
from portal.accounts.models import Person, Practice
from portal.accounts.viewer import Viewer
from portal.db import db, rows
from portal.errors import NotFound
from portal.learning.models import Assignment, Module, ModuleProgress, Step, StepKind
from portal.learning.steps import checked_key

_FIRST_STEP = (
    select(Step.id)
    .where(Step.module_id == Module.id, ~Step.is_removed)
    .order_by(Step.position, Step.id)
    .limit(1)
    .correlate(Module)
    .scalar_subquery()
)
_MINE = and_(
    Assignment.withdrawn_at.is_(None),
    or_(
        Assignment.person_id == bindparam("person"),
        Assignment.practice_id.in_(bindparam("practices", expanding=True)),
    ),
)
_DUE = (
    select(func.min(Assignment.due_on))
    .where(Assignment.module_id == Module.id, _MINE)
    .correlate(Module)
    .scalar_subquery()
)
_OWN_PROGRESS = and_(ModuleProgress.module_id == Module.id, ModuleProgress.person_id == bindparam("person"))
_STANDINGS = (
    select(
        Module.id,
        Module.key,
        Module.title,
        Module.short,
        Module.steps,
        Module.minutes,
        func.coalesce(ModuleProgress.steps_done, 0).label("steps_done"),
        ModuleProgress.started_at,
        ModuleProgress.done_at,
        Step.key.label("step_key"),
        Step.title.label("step_title"),
        Step.kind.label("step_kind"),
        Step.minutes.label("step_minutes"),
        _DUE.label("due_on"),
    )
    .outerjoin(ModuleProgress, _OWN_PROGRESS)
    .outerjoin(
        Step, Step.id == case((ModuleProgress.person_id.is_(None), _FIRST_STEP), else_=ModuleProgress.next_step_id)
    )
    .where(Module.steps > 0)
    .order_by(Module.position, Module.id)
)
_MODULE = (
    select(Module, ModuleProgress.steps_done, ModuleProgress.done_at)
    .outerjoin(ModuleProgress, _OWN_PROGRESS)
    .where(Module.key == bindparam("module"), Module.steps > 0)
)
_ASSIGNMENTS = (
    select(Assignment.id, Module.key, Module.title, Assignment.due_on, Assignment.note, Person.name.label("by"))
    .join(Module, Module.id == Assignment.module_id)
    .join(Person, Person.id == Assignment.by_id)
    .where(_MINE)
    .order_by(Assignment.due_on, Assignment.id)
)


class Ring(NamedTuple):
    """How far a person has come in one discipline."""

    key: str
    short: str
    steps_done: int
    steps: int
    done_at: datetime | None


class NextStep(NamedTuple):
    """What a person could do next in one module."""

    module_key: str
    module_title: str
    step_key: str
    step_title: str
    kind: StepKind
    minutes: int
    due_on: date | None


def modules() -> Sequence[Any]:
    """The disciplines in order: id, key, title, short, position, steps."""
    return db.session.execute(
        select(Module.id, Module.key, Module.title, Module.short, Module.position, Module.steps)
        .where(Module.steps > 0)
        .order_by(Module.position, Module.id)
    ).all()


def standings(viewer: Viewer) -> Sequence[Any]:
    """Every module with where this person stands in it, the next step, and the day it is due."""
    return rows(_STANDINGS, **_asking(viewer)).all()


def rings(viewer: Viewer) -> list[Ring]:
    """How far this person has come in each discipline, in order."""
    return [Ring(row.key, row.short, row.steps_done, row.steps, row.done_at) for row in standings(viewer)]


def next_steps(viewer: Viewer, today: date) -> list[NextStep]:
    """The next step of each module that is not done."""
    return what_next(standings(viewer), today)


def what_next(standings: Iterable[Any], today: date) -> list[NextStep]:
    """The next steps that these standings lead to: what was assigned first, by its day, then what is under way."""
    waiting = [row for row in standings if row.done_at is None and row.step_key is not None]
    waiting.sort(key=lambda row: (row.due_on is None, row.due_on or today, row.started_at is None))
    return [
        NextStep(row.key, row.title, row.step_key, row.step_title, row.step_kind, row.step_minutes, row.due_on)
        for row in waiting
    ]


def module_for(viewer: Viewer, key: str) -> Any:
    """One module, how many of its steps this person has done, and when they finished it."""
    row = db.session.execute(_MODULE, {"person": viewer.id, "module": checked_key(key)}).first()
    if row is None:
        raise NotFound
    return row


def assignments_for(viewer: Viewer) -> Sequence[Any]:
    """What this person is asked to do, by name or through a practice: id, module, due day, note, by whom."""
    return db.session.execute(_ASSIGNMENTS, _asking(viewer)).all()


def assignment_or_none(module_id: int, *, person_id: int | None, practice_id: int | None) -> Assignment | None:
    """The assignment of a module in force for exactly this person, or exactly this practice, if there is one."""
    return db.session.scalar(
        select(Assignment)
        .where(
            Assignment.module_id == module_id,
            Assignment.person_id == person_id,
            Assignment.practice_id == practice_id,
            Assignment.withdrawn_at.is_(None),
        )
        .order_by(Assignment.id)
        .limit(1)
    )


def assignments_led_by(viewer: Viewer) -> Select[Assignment]:
    """The assignments in force for the people and practices that this person leads."""
    people = accounts.people_led_by(viewer).order_by(None).with_only_columns(Person.id)
    practices = accounts.practices_led_by(viewer).order_by(None).with_only_columns(Practice.id)
    return (
        select(Assignment)
        .where(
            Assignment.withdrawn_at.is_(None),
            or_(Assignment.person_id.in_(people), Assignment.practice_id.in_(practices)),
        )
        .order_by(Assignment.due_on, Assignment.id)
    )


def assignment_led_by(viewer: Viewer, assignment_id: int) -> Assignment:
    """One assignment in force, for a leader of whom it was given to."""
    return _found(db.session.scalar(assignments_led_by(viewer).where(Assignment.id == assignment_id)))


def _asking(viewer: Viewer) -> dict[str, Any]:
    return {"person": viewer.id, "practices": [int(part) for part in viewer.practice_path.strip("/").split("/")]}


def _found(row: Any) -> Any:
    if row is None:
        raise NotFound
    return row
