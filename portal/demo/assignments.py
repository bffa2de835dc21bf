"""What the leaders of the firm asked for: modules by a day, from practices and from people."""

from datetime import timedelta

from portal.access import Role
from portal.demo.course import Course
from portal.demo.people import Member
from portal.demo.rows import Rows
from portal.demo.seasons import Year
from portal.learning.models import Assignment

FOR_PRACTICES = (("value-proposition", 240, 90, "Let us all have one answer by then."), ("referrals", 40, 60, ""))
"""Module, days since it was assigned, days given for it, note."""


def assign(known: dict[str, Member], members: list[Member], course: Course, year: Year, rows: Rows) -> None:
    """Every leader asks their practice for two modules; one asks a single person for a third."""
    for leader in members:
        if any(role == Role.LEADER for role, _where in leader.roles):
            for key, days, given, note in FOR_PRACTICES:
                # Leaders stand in the practice they lead.
                _add(rows, course, year, leader, key, days, given, note, practice_id=leader.practice_id)
    note = "You know the Tolvane people best. Have a look at this before we see them."
    _add(rows, course, year, known["leader"], "cross-selling", 6, 12, note, person_id=known["practitioner"].id)


def _add(
    rows: Rows, course: Course, year: Year, leader: Member, key: str, days: int, given: int, note: str, **to: int
) -> None:
    if key not in course.units:
        return
    at = year.ago(days)
    rows.add(
        Assignment,
        module_id=course.units[key].id,
        person_id=to.get("person_id"),
        practice_id=to.get("practice_id"),
        due_on=at.date() + timedelta(days=given),
        note=note,
        by_id=leader.id,
        at=at,
        withdrawn_at=None,
    )
