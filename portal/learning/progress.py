"""Keeping `StepProgress` and `ModuleProgress` in step with the completions: of a person, a module, or all."""

from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, delete, exists, func, insert, literal, select, true, update

from portal.accounts.models import Person
from portal.counters import services as counters
from portal.db import changed, db, insert_or
from portal.learning.models import Completion, Module, ModuleProgress, Step, StepProgress

# Told to look outwards for both: left alone, it would take any person's progress for this one's.
_IS_DONE = (
    select(StepProgress.step_id)
    .where(StepProgress.person_id == ModuleProgress.person_id, StepProgress.step_id == Step.id)
    .correlate(ModuleProgress, Step)
    .exists()
)
_STEPS_DONE = (
    select(func.count(Step.id))
    .where(Step.module_id == ModuleProgress.module_id, ~Step.is_removed, _IS_DONE)
    .correlate(ModuleProgress)
    .scalar_subquery()
)
_NEXT_STEP = (
    select(Step.id)
    .where(Step.module_id == ModuleProgress.module_id, ~Step.is_removed, ~_IS_DONE)
    .order_by(Step.position, Step.id)
    .limit(1)
    .correlate(ModuleProgress)
    .scalar_subquery()
)
_LAST_DONE = (
    select(func.max(StepProgress.done_at))
    .where(StepProgress.person_id == ModuleProgress.person_id, StepProgress.module_id == ModuleProgress.module_id)
    .correlate(ModuleProgress)
    .scalar_subquery()
)
_JUST_DONE = and_(
    ModuleProgress.next_step_id.is_(None), ModuleProgress.steps_done > 0, ModuleProgress.done_at.is_(None)
)


def record(step: Step, *, person_id: int, number: int, now: datetime) -> bool:
    """Add the evidence that a person did a step, once; says whether it was the first time."""
    is_new = changed(
        insert_or(StepProgress)
        .values(person_id=person_id, step_id=step.id, module_id=step.module_id, done_at=now)
        .on_conflict_do_nothing()
    )
    if not is_new:
        return False
    db.session.execute(insert(Completion).values(person_id=person_id, step_id=step.id, number=number, at=now))
    return True


def begin(step: Step, *, person_id: int, now: datetime) -> bool:
    """Note that a person is at work in a step's module; says whether they have just started it."""
    is_new = changed(
        insert_or(ModuleProgress)
        .values(person_id=person_id, module_id=step.module_id, started_at=now, last_at=now, steps_done=0)
        .on_conflict_do_nothing()
    )
    if is_new:
        return True
    # This also locks the row: a step done at the same time in another tab waits, and then counts this one.
    changed(
        update(ModuleProgress)
        .where(ModuleProgress.person_id == person_id, ModuleProgress.module_id == step.module_id)
        .values(last_at=now)
    )
    return False


def stand_anew(*whose: ColumnElement[bool]) -> None:
    """Work out steps done and next step from what is done and what is in use."""
    changed(update(ModuleProgress).where(*whose).values(steps_done=_STEPS_DONE, next_step_id=_NEXT_STEP))


def close(module: Module, *whose: ColumnElement[bool], now: datetime, on: date) -> None:
    """Those who have no step left have done the module, from now on and for good; count them."""
    fresh = and_(ModuleProgress.module_id == module.id, _JUST_DONE, *whose)
    practices = db.session.execute(
        select(Person.practice_id, func.count())
        .join(ModuleProgress, ModuleProgress.person_id == Person.id)
        .where(fresh, Person.is_active)
        .group_by(Person.practice_id)
    ).all()
    changed(update(ModuleProgress).where(fresh).values(done_at=now))
    for practice_id, people in practices:
        counters.moved("module-under-way", practice_id=practice_id, of=module.key, n=-people)
        counters.moved("module-done", practice_id=practice_id, of=module.key, n=people)
        counters.happened("modules", practice_id=practice_id, on=on, discipline=module.key, n=people)


def rebuild() -> None:
    """Work out everybody's progress from the completions. Who has done a module has, whatever was added since."""
    changed(delete(StepProgress))
    first = (
        select(Completion.person_id, Completion.step_id, Step.module_id, func.min(Completion.at))
        .join(Step, Step.id == Completion.step_id)
        .group_by(Completion.person_id, Completion.step_id, Step.module_id)
    )
    db.session.execute(insert(StepProgress).from_select(["person_id", "step_id", "module_id", "done_at"], first))
    _begin_anew()
    stand_anew(true())
    changed(update(ModuleProgress).where(_JUST_DONE).values(done_at=_LAST_DONE))


def _begin_anew() -> None:
    worked = exists().where(
        StepProgress.person_id == ModuleProgress.person_id, StepProgress.module_id == ModuleProgress.module_id
    )
    changed(delete(ModuleProgress).where(~worked))
    spans = (
        select(
            StepProgress.person_id,
            StepProgress.module_id,
            func.min(StepProgress.done_at),
            func.max(StepProgress.done_at),
            literal(0),
        )
        .where(true())
        .group_by(StepProgress.person_id, StepProgress.module_id)
    )
    rows = insert_or(ModuleProgress).from_select(
        ["person_id", "module_id", "started_at", "last_at", "steps_done"], spans
    )
    db.session.execute(
        rows.on_conflict_do_update(
            index_elements=["person_id", "module_id"],
            set_={"started_at": rows.excluded.started_at, "last_at": rows.excluded.last_at},
        )
    )
