"""What waits for the coaches of a practice, in which order, and how long it takes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, or_, select
from sqlalchemy.orm import joinedload

from portal.accounts.models import Grant, Person, Practice
from portal.accounts.viewer import Viewer
from portal.db import db
from portal.errors import NotFound
from portal.message.models import Pitch
from portal.recitals import scoring
from portal.recitals.models import Decision, Recital, RubricVersion, State
from portal.recitals.queries import COACHES, is_held

LOOKED_BACK = timedelta(days=90)
MOST_LOOKED_AT = 500
DAY = 86_400
_held = Practice.__table__.alias("held")


def paths(viewer: Viewer) -> list[str]:
    """The practices whose recitals this person hears, each with all below it."""
    return list(
        db.session.scalars(
            select(Practice.path)
            .join(Grant, Grant.practice_id == Practice.id)
            .where(Grant.person_id == viewer.id, Grant.role.in_(COACHES))
            .distinct()
            .order_by(Practice.path)
        )
    )


def heard_by(viewer: Viewer) -> Select[int]:
    """The ids of the people whom a coach hears and reads: in the practices they hold, and never themselves."""
    return (
        select(Person.id)
        .join(Practice, Practice.id == Person.practice_id)
        .join(_held, func.substr(Practice.path, 1, func.length(_held.c.path)) == _held.c.path)
        .join(Grant, Grant.practice_id == _held.c.id)
        .where(Grant.person_id == viewer.id, Grant.role.in_(COACHES), Person.is_active, Person.id != viewer.id)
    )


def _theirs(viewer: Viewer) -> ColumnElement[bool]:
    return Recital.person_id.in_(heard_by(viewer))


def visible_to(viewer: Viewer) -> Select[Recital]:
    """Submitted recitals that this coach may hear: leaders' first, then the longest waiting."""
    leads = case((or_(Person.roles.contains("leader"), Person.roles.contains("executive")), 0), else_=1)
    return (
        select(Recital)
        .join(Person, Person.id == Recital.person_id)
        .where(Recital.state == State.SUBMITTED, _theirs(viewer))
        .order_by(leads, Recital.submitted_at, Recital.id)
    )


def recital_for(viewer: Viewer, recital_id: int) -> Recital:
    """One recital of this coach's practices: waiting, or answered already, so that a second coach can be told."""
    found = db.session.scalar(
        select(Recital)
        .where(Recital.id == recital_id, Recital.state != State.DRAFT, _theirs(viewer))
        .options(joinedload(Recital.pitch), joinedload(Recital.person), joinedload(Recital.decided_by))
    )
    if found is None:
        raise NotFound
    return found


def next_or_none(viewer: Viewer, now: datetime) -> Recital | None:
    """The recital to hear next: one that this coach has open, or else the first that nobody has."""
    open_now = visible_to(viewer).where(Recital.coach_id == viewer.id, Recital.held_until > now)
    return db.session.scalar(open_now.limit(1)) or db.session.scalar(
        visible_to(viewer).where(~is_held(now) | Recital.coach_id.is_(None)).limit(1)
    )


@dataclass(frozen=True)
class Turnaround:
    """How long people wait for an answer."""

    waiting: int
    oldest_days: int
    """How many days the longest waiting has waited."""
    answered: int
    """How many were answered in the last 90 days."""
    median_days: float | None
    """From submitted to answered, half of them faster; None when there were none."""


def turnaround(viewer: Viewer, now: datetime) -> Turnaround:
    """How long people in this coach's practices wait."""
    waiting = visible_to(viewer).order_by(None).with_only_columns(func.count(), func.min(Recital.submitted_at))
    number, oldest = db.session.execute(waiting).one()
    answered = db.session.execute(
        select(Recital.submitted_at, Recital.decided_at)
        .where(_theirs(viewer), Recital.decided_at > now - LOOKED_BACK)
        .order_by(Recital.decided_at.desc(), Recital.id.desc())
        .limit(MOST_LOOKED_AT)
    ).all()
    days = [(decided - submitted).total_seconds() / DAY for submitted, decided in answered if submitted and decided]
    return Turnaround(
        waiting=number,
        oldest_days=(now - oldest).days if oldest else 0,
        answered=len(days),
        median_days=round(median(days), 1) if days else None,
    )


def answered_by(viewer: Viewer, most: int = 10) -> Sequence[Any]:
    """What this coach answered last."""
    return db.session.execute(
        select(Decision.at, Decision.outcome, Decision.score, Decision.note, Person.name, Pitch.title)
        .join(Recital, Recital.id == Decision.recital_id)
        .join(Person, Person.id == Recital.person_id)
        .join(Pitch, Pitch.id == Recital.pitch_id)
        .where(Decision.by_id == viewer.id)
        .order_by(Decision.at.desc(), Decision.id.desc())
        .limit(most)
    ).all()


def averages_of(viewer: Viewer, now: datetime) -> list[tuple[str, int, float]]:
    """The mean score of the last 90 days in this coach's practices: title and version of each rubric by itself."""
    found = db.session.execute(
        select(Decision.rubric_id, Decision.rubric_number, Decision.score, RubricVersion.title)
        .join(Recital, Recital.id == Decision.recital_id)
        .join(
            RubricVersion,
            (RubricVersion.rubric_id == Decision.rubric_id) & (RubricVersion.number == Decision.rubric_number),
        )
        .where(_theirs(viewer), Decision.at > now - LOOKED_BACK)
        .order_by(Decision.rubric_id, Decision.rubric_number.desc(), Decision.id.desc())
        .limit(MOST_LOOKED_AT)
    ).all()
    titles = {(row.rubric_id, row.rubric_number): row.title for row in found}
    means = scoring.averages(((row.rubric_id, row.rubric_number), row.score) for row in found)
    return [(titles[version], version[1], mean) for version, mean in means.items()]
