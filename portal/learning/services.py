"""Doing steps, and asking people to do modules."""

from datetime import date, datetime
from typing import Any

from portal.accounts import queries as accounts
from portal.accounts.viewer import Viewer
from portal.counters import services as counters
from portal.db import changed, db, insert_or
from portal.errors import NotFound, Refused
from portal.learning import grading, progress, queries, steps
from portal.learning.loading import load_modules as load_modules
from portal.learning.models import Assignment, CheckAttempt, FieldReport, Module, ModuleProgress, Step


def finish_step(step: Step, *, by: Viewer, now: datetime, number: int | None = None) -> bool:
    """Record that a person did a step, in the version they saw; says whether it was new. Twice changes nothing."""
    on = by.today(now)
    theirs = (ModuleProgress.person_id == by.id, ModuleProgress.module_id == step.module_id)
    if not progress.record(step, person_id=by.id, number=_seen(step, number), now=now):
        return False
    if progress.begin(step, person_id=by.id, now=now):
        counters.moved("module-under-way", practice_id=by.practice_id, of=step.module.key)
    progress.stand_anew(*theirs)
    progress.close(step.module, *theirs, now=now, on=on)
    counters.happened("steps", practice_id=by.practice_id, on=on, discipline=step.module.key)
    counters.active(by, on)
    return True


def catch_up(by: Viewer, now: datetime) -> int:
    """Finish the steps whose work a person has done in another room since; says how many that were."""
    return sum(finish_step(step, by=by, now=now) for step in steps.ready(by))


def take_check(
    step: Step, *, answers: dict[str, int], number: int | None, key: str, by: Viewer, now: datetime
) -> CheckAttempt:
    """Mark one go at a knowledge check, by the questions that were seen; passing finishes the step."""
    seen = steps.version(step.id, _seen(step, number))
    if grading.unanswered(seen.facts, answers):
        raise Refused("Answer every question first.")
    marks = grading.mark(seen.facts, answers)
    is_new = changed(
        insert_or(CheckAttempt)
        .values(
            person_id=by.id,
            step_id=step.id,
            number=seen.number,
            answers=answers,
            right_count=marks.right,
            questions=marks.questions,
            passed=marks.passed,
            at=now,
            key=key,
        )
        .on_conflict_do_nothing(index_elements=["person_id", "key"])
    )
    if is_new:
        counters.active(by, by.today(now))
        if marks.passed:
            finish_step(step, by=by, now=now, number=seen.number)
    return steps.attempt_by_key(by, key)


def report(step: Step, *, done_on: date, text: str, by: Viewer, now: datetime) -> None:
    """Keep what a person wrote about a field task they did, which finishes it. Sent twice, it is kept once."""
    if done_on > by.today(now):
        raise Refused("That day is still to come. Report it once it is done.", field="done_on")
    if finish_step(step, by=by, now=now):
        db.session.add(FieldReport(person_id=by.id, step_id=step.id, done_on=done_on, text=text, at=now))


def assign(
    *,
    module_id: int,
    person_id: int | None = None,
    practice_id: int | None = None,
    due_on: date,
    note: str = "",
    by: Viewer,
    now: datetime,
) -> Assignment:
    """Ask a person, or a practice and all below it, to do a module by a day. `by` must lead them."""
    if (person_id is None) == (practice_id is None):
        raise Refused("Choose one person or one practice.", field="person_id")
    if due_on < by.today(now):
        raise Refused("That day has passed. Choose today or a later day.", field="due_on")
    module = db.session.get(Module, module_id)
    if module is None or not module.steps:
        raise Refused("Choose one of the modules.", field="module_id")
    to: dict[str, Any] = {
        "person_id": accounts.person_led_by(by, person_id).id if person_id is not None else None,
        "practice_id": accounts.practice_led_by(by, practice_id).id if practice_id is not None else None,
    }
    standing = queries.assignment_or_none(module_id, **to)
    if standing is not None:
        raise Refused(
            f"They are asked to do this by {standing.due_on} already. Withdraw that first.", field="module_id"
        )
    made = Assignment(module_id=module_id, due_on=due_on, note=note, by_id=by.id, at=now, withdrawn_at=None, **to)
    db.session.add(made)
    db.session.flush()  # callers need the id
    return made


def withdraw(assignment: Assignment, *, by: Viewer, now: datetime) -> None:
    """Take an assignment back; what people did for it stays. `by` must lead whom it was given to."""
    if assignment.withdrawn_at is None:
        if queries.assignment_led_by(by, assignment.id) is not assignment:
            raise NotFound
        assignment.withdrawn_at = now


def rebuild_progress() -> None:
    """Work out everybody's progress anew from the completions."""
    progress.rebuild()
    db.session.expire_all()


def _seen(step: Step, number: int | None) -> int:
    return number if number is not None and 0 < number <= step.number else step.number
