"""What a leader may see of one person: what was done and when, never what was written or whom it concerned."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased, joinedload

from portal import charts, clock
from portal.accounts.models import Person
from portal.accounts.viewer import Viewer
from portal.adoption import queries
from portal.adoption.periods import Periods
from portal.counters.models import PersonActivity
from portal.db import db
from portal.drills.models import Review
from portal.learning.models import Assignment, CheckAttempt, Module, ModuleProgress, Step, StepProgress
from portal.money import said_amount
from portal.pipeline import agreement
from portal.pipeline.models import Opportunity, OpportunityKind


@dataclass(frozen=True)
class Deed:
    """One asked or planned piece of work, without the contact, the words of the ask, or the notes."""

    kind: OpportunityKind
    organisation: str
    stage: str
    value: str
    asked_on: Any


@dataclass(frozen=True)
class StepView:
    """One step in use."""

    id: int
    title: str
    done_on: date | None


@dataclass
class ModuleView:
    """One module with its steps."""

    title: str
    state: str
    done_on: date | None
    steps: list[StepView] = field(default_factory=list)

    @property
    def steps_done(self) -> int:
        """How many of the steps in use are done."""
        return sum(1 for step in self.steps if step.done_on)


@dataclass(frozen=True)
class PersonView:
    """All that the page shows."""

    person: Person
    last_on: Any
    modules: list[ModuleView]
    attempts: dict[int, Any]
    """The best go at each knowledge check, by its step's id."""
    drills: charts.Spark
    drills_this_week: int
    deeds: list[Deed]
    assignments: Sequence[Assignment]


def view(viewer: Viewer, person_id: int, *, now: datetime) -> PersonView:
    """What `viewer` may see of one person in the practices they lead; NotFound hides the rest."""
    person = queries.person_for(viewer, person_id)
    weeks = _drills(person, viewer, now)
    return PersonView(
        person=person,
        last_on=db.session.scalar(select(PersonActivity.last_on).where(PersonActivity.person_id == person.id)),
        modules=_modules(person, viewer),
        attempts=_best_attempts(person),
        drills=charts.spark(weeks[:-1]),
        drills_this_week=weeks[-1],
        deeds=_deeds(person),
        assignments=_assignments(person),
    )


def _modules(person: Person, viewer: Viewer) -> list[ModuleView]:
    rows = db.session.execute(
        select(Module.id, Module.title, ModuleProgress.started_at, ModuleProgress.done_at)
        .outerjoin(ModuleProgress, (ModuleProgress.module_id == Module.id) & (ModuleProgress.person_id == person.id))
        .where(Module.steps > 0)
        .order_by(Module.position, Module.id)
    ).all()
    views = {row.id: ModuleView(row.title, _state(row), _day(row.done_at, viewer)) for row in rows}
    for step in db.session.execute(
        select(Step.id, Step.module_id, Step.title, StepProgress.done_at)
        .outerjoin(StepProgress, (StepProgress.step_id == Step.id) & (StepProgress.person_id == person.id))
        .where(~Step.is_removed, Step.module_id.in_(views))
        .order_by(Step.position, Step.id)
    ):
        views[step.module_id].steps.append(StepView(step.id, step.title, _day(step.done_at, viewer)))
    return list(views.values())


def _day(at: datetime | None, viewer: Viewer) -> date | None:
    return clock.day_in(at, viewer.zone) if at else None


def _state(row: Any) -> str:
    if row.done_at:
        return "done"
    return "under way" if row.started_at else "not started"


def _best_attempts(person: Person) -> dict[int, Any]:
    rows = db.session.execute(
        select(
            CheckAttempt.step_id,
            CheckAttempt.right_count,
            CheckAttempt.questions,
            func.count().over(partition_by=CheckAttempt.step_id).label("goes"),
        )
        .where(CheckAttempt.person_id == person.id)
        .order_by(CheckAttempt.right_count * 1.0 / CheckAttempt.questions, CheckAttempt.id)
    )
    return {row.step_id: row for row in rows}


def _drills(person: Person, viewer: Viewer, now: datetime) -> list[int]:
    """Cards answered in each of the past weeks and in this one; what was taken back doesn't count."""
    periods = Periods(viewer.today(now))
    weeks = [*periods.weeks, periods.this_week]
    undo = aliased(Review)
    moments = db.session.scalars(
        select(Review.at)
        .outerjoin(undo, undo.undoes_id == Review.id)
        .where(
            Review.person_id == person.id,
            Review.rating > 0,
            undo.id.is_(None),
            Review.at >= now - timedelta(weeks=len(weeks) + 1),
        )
    )
    counts = dict.fromkeys(weeks, 0)
    for at in moments:
        monday = clock.week_of(clock.day_in(at, viewer.zone))
        if monday in counts:
            counts[monday] += 1
    return list(counts.values())


def _deeds(person: Person) -> list[Deed]:
    rows = db.session.execute(
        select(
            Opportunity.kind,
            Opportunity.organisation,
            Opportunity.stage,
            Opportunity.value,
            Opportunity.currency,
            Opportunity.asked_on,
        )
        .where(Opportunity.owner_id == person.id)
        .order_by(Opportunity.changed_at.desc(), Opportunity.id.desc())
    )
    labels = agreement.labels()
    return [
        Deed(row.kind, row.organisation, labels[row.stage], said_amount(row.value, row.currency), row.asked_on)
        for row in rows
    ]


def _assignments(person: Person) -> Sequence[Assignment]:
    above = [int(part) for part in person.practice.path.strip("/").split("/")]
    return db.session.scalars(
        select(Assignment)
        .options(joinedload(Assignment.module), joinedload(Assignment.by), joinedload(Assignment.practice))
        .where(
            Assignment.withdrawn_at.is_(None),
            or_(Assignment.person_id == person.id, Assignment.practice_id.in_(above)),
        )
        .order_by(Assignment.due_on, Assignment.id)
    ).all()
