"""One step among its neighbours, and what a person did in it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app
from sqlalchemy import Select, and_, bindparam, case, exists, select
from sqlalchemy.orm import contains_eager

from portal.accounts.viewer import Viewer
from portal.db import db, rows
from portal.drills import queries as drills
from portal.errors import NotFound
from portal.learning.models import CheckAttempt, FieldReport, Module, Step, StepKind, StepProgress, StepVersion
from portal.network import queries as network
from portal.pipeline import queries as pipeline
from portal.worksheets import queries as worksheets

KEY = re.compile(r"[a-z0-9-]{1,100}")
REPORT = "report"
"""`logged_as` of a field task that is done by telling how it went."""


def init_app(app: Flask, told: Sequence[Callable[[Viewer], set[str]]]) -> None:
    """Remember which rooms that stand higher know of work in the field; the table of contents brings them."""
    app.extensions["logged_above"] = tuple(told)


def _logged(viewer: Viewer) -> set[str]:
    """What this person did in the real world and logged, by what field tasks call it."""
    above = (told(viewer) for told in current_app.extensions["logged_above"])
    return set().union(pipeline.logged_kinds(viewer), network.logged_kinds(viewer), *above)


ELSEWHERE: dict[StepKind, tuple[str, Callable[[Viewer], set[str]]]] = {
    StepKind.DRILLS: ("deck", drills.decks_finished),
    StepKind.WORKSHEET: ("worksheet", worksheets.finished_keys),
    StepKind.FIELD_TASK: ("logged_as", _logged),
}
"""Steps whose work is done in another room: the fact that names the work, and who knows what of it is done."""

_STEPS = (
    select(
        Step.id,
        Step.key,
        Step.kind,
        Step.title,
        Step.minutes,
        Step.number,
        StepProgress.done_at,
        # The text of the step that is asked for, and of no other: one statement serves a whole lesson page.
        case((Step.key == bindparam("step"), Step.html)).label("html"),
        Module.key.label("module_key"),
        Module.short.label("module_short"),
    )
    .join(Module, Module.id == Step.module_id)
    .outerjoin(StepProgress, and_(StepProgress.step_id == Step.id, StepProgress.person_id == bindparam("person")))
    .where(Module.key == bindparam("module"), ~Step.is_removed)
    .order_by(Step.position, Step.id)
)


@dataclass(frozen=True)
class Place:
    """One step, seen by one person, among the steps of its module."""

    steps: Sequence[Any]
    index: int

    @property
    def here(self) -> Any:
        """The step itself."""
        return self.steps[self.index]

    @property
    def address(self) -> str:
        """Where this step's page is."""
        return f"/modules/{self.here.module_key}/{self.here.key}"

    @property
    def onwards(self) -> str:
        """Where to go from here: the next step, or back to the module after the last."""
        after = self.after
        return f"/modules/{self.here.module_key}/{after.key}" if after else f"/modules/{self.here.module_key}"

    @property
    def before(self) -> Any | None:
        """The step before it, if there is one."""
        return self.steps[self.index - 1] if self.index else None

    @property
    def after(self) -> Any | None:
        """The step after it, if there is one."""
        return self.steps[self.index + 1] if self.index + 1 < len(self.steps) else None


def visible_to(viewer: Viewer) -> Select[CheckAttempt]:
    """The attempts at knowledge checks that this person may see: their own."""
    return select(CheckAttempt).where(CheckAttempt.person_id == viewer.id).order_by(CheckAttempt.id)


def steps_for(viewer: Viewer, module_key: str, step_key: str = "") -> Sequence[Any]:
    """The steps of a module in order, with when this person did each; the text of one of them."""
    return rows(_STEPS, person=viewer.id, module=module_key, step=step_key).all()


def place(viewer: Viewer, module_key: str, step_key: str) -> Place:
    """One step among its neighbours."""
    steps = steps_for(viewer, checked_key(module_key), checked_key(step_key))
    for index, step in enumerate(steps):
        if step.key == step_key:
            return Place(steps, index)
    raise NotFound


def step(module_key: str, step_key: str) -> Step:
    """One step in use, with its module."""
    return _found(
        db.session.scalar(
            select(Step)
            .join(Step.module)
            .options(contains_eager(Step.module))
            .where(Module.key == checked_key(module_key), Step.key == checked_key(step_key), ~Step.is_removed)
        )
    )


def ready(viewer: Viewer) -> list[Step]:
    """The steps this person has not finished although the work for them, in another room, is done."""
    mine = exists().where(StepProgress.step_id == Step.id, StepProgress.person_id == viewer.id)
    waiting = db.session.scalars(
        select(Step)
        .join(Step.module)
        .options(contains_eager(Step.module))
        .where(Step.kind.in_(ELSEWHERE), ~Step.is_removed, ~mine)
        .order_by(Step.id)
    ).all()
    done = {kind: ELSEWHERE[kind][1](viewer) for kind in {step.kind for step in waiting}}
    return [step for step in waiting if step.facts[ELSEWHERE[step.kind][0]] in done[step.kind]]


def is_ready(viewer: Viewer, kind: StepKind, facts: dict[str, Any]) -> bool:
    """Whether the work for a step in another room is done."""
    return facts[ELSEWHERE[kind][0]] in ELSEWHERE[kind][1](viewer)


def version(step_id: int, number: int) -> StepVersion:
    """What a step said in a version; in its newest when there is no such version."""
    found = db.session.scalar(
        select(StepVersion)
        .where(StepVersion.step_id == step_id)
        .order_by((StepVersion.number == number).desc(), StepVersion.number.desc())
        .limit(1)
    )
    return _found(found)


def attempt_for(viewer: Viewer, step_id: int, attempt_id: int) -> CheckAttempt:
    """One of this person's attempts at a knowledge check."""
    mine = visible_to(viewer).where(CheckAttempt.step_id == step_id, CheckAttempt.id == attempt_id)
    return _found(db.session.scalar(mine))


def attempt_by_key(viewer: Viewer, key: str) -> CheckAttempt:
    """The attempt that this person's page sent under this key."""
    return _found(db.session.scalar(visible_to(viewer).where(CheckAttempt.key == key)))


def last_attempt_or_none(viewer: Viewer, step_id: int) -> CheckAttempt | None:
    """This person's newest attempt at a knowledge check, if they made one."""
    newest = visible_to(viewer).where(CheckAttempt.step_id == step_id).order_by(None)
    return db.session.scalar(newest.order_by(CheckAttempt.id.desc()).limit(1))


def reports_of(viewer: Viewer, step_id: int) -> Sequence[FieldReport]:
    """What this person wrote about a field task, newest first."""
    return db.session.scalars(
        select(FieldReport)
        .where(FieldReport.person_id == viewer.id, FieldReport.step_id == step_id)
        .order_by(FieldReport.id.desc())
    ).all()


def checked_key(key: str) -> str:
    """A key as it can stand in an address; NotFound for anything else."""
    if not KEY.fullmatch(key):
        raise NotFound
    return key


def _found(row: Any) -> Any:
    if row is None:
        raise NotFound
    return row
