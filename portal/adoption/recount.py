"""Counting the totals anew from the evidence, should they ever be doubted.

What people did is counted where they are now. Of people active in a week, and of reads, no row is kept for each, and
the curves of who was certified follow people as they move; they stay as they were counted.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import groupby
from typing import Any

from flask import current_app
from sqlalchemy import func, literal, select, union_all
from sqlalchemy.orm import aliased

from portal import clock
from portal.accounts.models import Person
from portal.certification.models import CertificationState
from portal.counters import services as counters
from portal.counters.models import DailyCount, Standing
from portal.db import db
from portal.drills.models import Review
from portal.learning.models import Completion, Module, ModuleProgress, Step
from portal.network import queries as network
from portal.network.models import Contact, ErasedTouches, Touch
from portal.pipeline import levels
from portal.pipeline.models import Direction, Opportunity, OpportunityKind, StageChange
from portal.pipeline.stages import Stage, leaves_planning

UNCOUNTABLE = ("active-people", "certified", "reads")
Event = tuple[str, int, str, date, int, int]
"""Measure, practice, discipline, day, how many, of what value."""


def recount() -> None:
    """Replace the flows and levels by what the rows of the other rooms add up to."""
    flows = [*_kept(), *_added_up(_events())]
    counters.rebuild(DailyCount, flows)
    counters.rebuild(Standing, _levels())


def _kept() -> list[dict[str, Any]]:
    rows = db.session.scalars(select(DailyCount).where(DailyCount.measure.in_(UNCOUNTABLE)))
    return [
        {"practice_id": row.practice_id, "measure": row.measure, "discipline": row.discipline, "on": row.on}
        | {"n": row.n, "amount": row.amount}
        for row in rows
    ]


def _added_up(events: Iterable[Event]) -> Iterator[dict[str, Any]]:
    sums: dict[tuple[int, str, str, date], list[int]] = defaultdict(lambda: [0, 0])
    for measure, practice_id, discipline, on, n, amount in events:
        for kept, of, day in counters.kept_as(measure, discipline, on):
            total = sums[practice_id, kept, of, day]
            total[0] += n
            total[1] += amount
    for (practice_id, measure, discipline, on), (n, amount) in sums.items():
        if n or amount:
            place = {"practice_id": practice_id, "measure": measure, "discipline": discipline, "on": on}
            yield place | {"n": n, "amount": amount}


def _events() -> Iterator[Event]:
    whose = _Whereabouts()
    for measure, statement in _DONE.items():
        for person_id, discipline, at in db.session.execute(statement):
            yield measure, whose.practice[person_id], discipline, whose.day(person_id, at), 1, 0
    for person_id, on, n in db.session.execute(_TOUCHED):
        yield "touches", whose.practice[person_id], "", on, n, 0
    for _, changes in groupby(db.session.execute(_CHANGES), key=lambda change: change.opportunity_id):
        yield from _asked_and_won(list(changes), whose)


class _Whereabouts:
    """In which practice each person is, and what day it is there."""

    def __init__(self) -> None:
        own = current_app.extensions["portal_config"].TIME_ZONE
        rows = db.session.execute(select(Person.id, Person.practice_id, Person.zone)).all()
        self.practice = {row.id: row.practice_id for row in rows}
        self._zone = {row.id: row.zone or own for row in rows}

    def day(self, person_id: int, at: datetime) -> date:
        """The day of a moment where somebody is."""
        return clock.day_in(at, self._zone[person_id])


_undo = aliased(Review)
_DONE: dict[str, Any] = {
    "drills": select(Review.person_id, literal(""), Review.at)
    .outerjoin(_undo, _undo.undoes_id == Review.id)
    .where(Review.rating > 0, _undo.id.is_(None)),
    "steps": select(Completion.person_id, Module.key, Completion.at)
    .join(Step, Step.id == Completion.step_id)
    .join(Module, Module.id == Step.module_id),
    "modules": select(ModuleProgress.person_id, Module.key, ModuleProgress.done_at)
    .join(Module, Module.id == ModuleProgress.module_id)
    .where(ModuleProgress.done_at.is_not(None)),
}
_standing = (
    network.standing_touches()
    .with_only_columns(Touch.owner_id, Touch.happened_on, func.count())
    .group_by(Touch.owner_id, Touch.happened_on)
)
_TOUCHED = union_all(_standing, select(ErasedTouches.owner_id, ErasedTouches.happened_on, ErasedTouches.n))
_CHANGES = (
    select(
        StageChange.opportunity_id,
        StageChange.by_id,
        StageChange.id,
        StageChange.after,
        StageChange.worth,
        StageChange.undoes_id,
        StageChange.at,
        Opportunity.kind,
        Opportunity.direction,
    )
    .join(Opportunity, Opportunity.id == StageChange.opportunity_id)
    .where(Opportunity.direction != Direction.GIVEN)
    .order_by(StageChange.opportunity_id, StageChange.id)
)


def _asked_and_won(changes: list[Any], whose: _Whereabouts) -> Iterator[Event]:
    """What was done counts for whoever did it, also when somebody else owns the opportunity now."""
    before: levels.Place | None = None
    asked_by, asked_on, won_on = 0, date.min, date.min
    for change in changes:
        on = whose.day(change.by_id, change.at)
        practice_id = whose.practice[change.by_id]
        here = before.stage if before else Stage.PLANNED
        if asked_by and change.undoes_id == asked_by:
            asked_by = 0
            yield "asks", practice_id, "", asked_on, -1, 0
        if not asked_by and _is_ask(change) and leaves_planning(here, change.after):
            asked_by, asked_on = change.id, on
            yield "asks", practice_id, "", on, 1, 0
        won_on = won_on if here == Stage.WON else on
        after = levels.Place(change.after, change.worth or 0)
        for step in levels.steps(before, after):
            if step.stage == Stage.WON:
                yield "won", practice_id, "", won_on, step.n, step.amount
        before = after


def _is_ask(change: Any) -> bool:
    return change.kind == OpportunityKind.CROSS_SELL or change.direction == Direction.ASKED


_CERTIFIED = (
    select(Person.practice_id, CertificationState.pitch_id, func.count())
    .join(CertificationState, CertificationState.person_id == Person.id)
    .where(Person.is_active, CertificationState.stale_at.is_(None))
    .group_by(Person.practice_id, CertificationState.pitch_id)
)

_CONTACTS = (
    select(Person.practice_id, func.count())
    .join(Contact, Contact.owner_id == Person.id)
    .where(Person.is_active)
    .group_by(Person.practice_id)
)


def _levels() -> list[dict[str, Any]]:
    totals: Counter[tuple[int, str, str]] = Counter()
    amounts: Counter[tuple[int, str, str]] = Counter()
    for practice_id, n in db.session.execute(
        select(Person.practice_id, func.count()).where(Person.is_active).group_by(Person.practice_id)
    ):
        totals[practice_id, "people", ""] += n
    is_done = ModuleProgress.done_at.is_not(None)
    for practice_id, key, done, n in db.session.execute(
        select(Person.practice_id, Module.key, is_done, func.count())
        .join(ModuleProgress, ModuleProgress.person_id == Person.id)
        .join(Module, Module.id == ModuleProgress.module_id)
        .where(Person.is_active)
        .group_by(Person.practice_id, Module.key, is_done)
    ):
        totals[practice_id, "module-done" if done else "module-under-way", key] += n
    for practice_id, kind, stage, n, amount in db.session.execute(
        select(
            Person.practice_id,
            Opportunity.kind,
            Opportunity.stage,
            func.count(),
            func.sum(Opportunity.worth),
        )
        .join(Opportunity, Opportunity.owner_id == Person.id)
        .where(Person.is_active, Opportunity.direction != Direction.GIVEN)
        .group_by(Person.practice_id, Opportunity.kind, Opportunity.stage)
    ):
        totals[practice_id, kind.value, stage.value] += n
        amounts[practice_id, kind.value, stage.value] += int(amount or 0)
    for practice_id, n in db.session.execute(_CONTACTS):
        totals[practice_id, "contacts", ""] += n
    for practice_id, pitch_id, n in db.session.execute(_CERTIFIED):
        totals[practice_id, "certified", str(pitch_id)] += n
    return [
        {"practice_id": key[0], "measure": key[1], "of": key[2], "n": n, "amount": amounts[key]}
        for key, n in totals.items()
    ]
