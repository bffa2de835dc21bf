"""The queue of a coach: recitals to hear and worksheets to read, in one order."""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, String, case, literal, or_, select, union_all

from portal.accounts.models import Person, Practice
from portal.accounts.viewer import Viewer
from portal.message.models import Pitch
from portal.recitals import waiting as recitals
from portal.recitals.models import Recital
from portal.recitals.queries import is_held
from portal.worksheets import submission_waiting as worksheets
from portal.worksheets.models import Submission, Worksheet

RECITAL, WORKSHEET = "recital", "worksheet"
_LEADS = case((or_(Person.roles.contains("leader"), Person.roles.contains("executive")), 0), else_=1)


def queue(viewer: Viewer, now: datetime, only: str = "") -> Select[*tuple[Any, ...]]:
    """What waits, as its page shows it: leaders' first, then the longest waiting; with who has which open."""
    parts = {RECITAL: _recitals(viewer, now), WORKSHEET: _worksheets(viewer, now)}
    wanted = [part for kind, part in parts.items() if only in ("", kind)]
    found = union_all(*wanted).subquery()
    return select(found).order_by(found.c.leads, found.c.submitted_at, found.c.kind, found.c.id)


def _recitals(viewer: Viewer, now: datetime) -> Select[*tuple[Any, ...]]:
    coach = Person.__table__.alias("holding")
    return (
        recitals.visible_to(viewer)
        .order_by(None)
        .join(Practice, Practice.id == Person.practice_id)
        .join(Pitch, Pitch.id == Recital.pitch_id)
        .outerjoin(coach, (coach.c.id == Recital.coach_id) & is_held(now))
        .with_only_columns(
            *_shared(RECITAL, Recital, coach),
            Pitch.title,
            Recital.number,
            literal("", String).label("called"),
            Recital.medium.cast(String).label("medium"),
            Recital.scope.cast(String).label("scope"),
        )
    )


def _worksheets(viewer: Viewer, now: datetime) -> Select[*tuple[Any, ...]]:
    coach = Person.__table__.alias("reading")
    return (
        worksheets.visible_to(viewer)
        .order_by(None)
        .join(Person, Person.id == Submission.person_id)
        .join(Practice, Practice.id == Person.practice_id)
        .join(Worksheet, Worksheet.id == Submission.worksheet_id)
        .outerjoin(coach, (coach.c.id == Submission.coach_id) & is_held(now, Submission))
        .with_only_columns(
            *_shared(WORKSHEET, Submission, coach),
            Worksheet.title,
            Submission.number,
            case((Submission.hides_contacts, ""), else_=Submission.name).label("called"),
            literal("", String).label("medium"),
            literal("", String).label("scope"),
        )
    )


def _shared(kind: str, submitted: Any, coach: Any) -> list[Any]:
    return [
        literal(kind, String).label("kind"),
        submitted.id.label("id"),
        submitted.submitted_at.label("submitted_at"),
        _LEADS.label("leads"),
        Person.name.label("name"),
        Practice.name.label("practice"),
        coach.c.id.label("coach_id"),
        coach.c.name.label("coach"),
    ]


def is_first(submission: Submission, recital: Recital | None, *, by: Viewer) -> bool:
    """Whether a worksheet comes before a recital, of those that are next of their kind for this coach."""
    if recital is None:
        return True
    return _rank(submission, by) < _rank(recital, by)


def _rank(submitted: Any, by: Viewer) -> tuple[bool, bool, datetime]:
    leads = bool({"leader", "executive"} & set(submitted.person.roles.split(",")))
    return (submitted.coach_id != by.id, not leads, submitted.submitted_at)
