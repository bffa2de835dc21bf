"""Asking people to do modules, and taking it back."""

from collections.abc import Sequence
from datetime import date, datetime

from portal.accounts.viewer import Viewer
from portal.errors import Refused
from portal.learning import queries as learning_queries
from portal.learning import services as learning
from portal.learning.models import Assignment


def assign_to_people(
    *, people: Sequence[int], module_id: int, due_on: date, note: str | None, by: Viewer, now: datetime
) -> int:
    """Ask several people to do a module by a day. Who is asked already is left alone; says how many were asked."""
    if not people:
        raise Refused("Tick at least one of them.", field="people")
    fresh = [
        person_id
        for person_id in people
        if learning_queries.assignment_or_none(module_id, person_id=person_id, practice_id=None) is None
    ]
    if not fresh:
        raise Refused("They are asked to do this already. Withdraw that first.", field="module_id")
    for person_id in fresh:
        learning.assign(module_id=module_id, person_id=person_id, due_on=due_on, note=note or "", by=by, now=now)
    return len(fresh)


def assign_to_practice(
    *, practice_id: int, module_id: int, due_on: date, note: str | None, by: Viewer, now: datetime
) -> None:
    """Ask a practice, and all below it, to do a module by a day."""
    learning.assign(module_id=module_id, practice_id=practice_id, due_on=due_on, note=note or "", by=by, now=now)


def restore(assignment: Assignment) -> None:
    """Put an assignment that was withdrawn in force again."""
    standing = learning_queries.assignment_or_none(
        assignment.module_id, person_id=assignment.person_id, practice_id=assignment.practice_id
    )
    if standing is not None and standing.id != assignment.id:
        raise Refused("They have been asked again since, by another day.")
    assignment.withdrawn_at = None
