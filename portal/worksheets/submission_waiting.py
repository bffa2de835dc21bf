"""Which worksheets wait for the coaches of a practice, and how long people wait."""

from collections.abc import Sequence
from datetime import datetime
from statistics import median
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import joinedload

from portal.accounts.models import Person
from portal.accounts.viewer import Viewer
from portal.db import db
from portal.errors import NotFound
from portal.recitals.queries import is_held
from portal.recitals.waiting import DAY, LOOKED_BACK, MOST_LOOKED_AT, Turnaround, heard_by
from portal.worksheets.models import FilledWorksheet, Submission, SubmissionDecision, Worksheet
from portal.worksheets.submission_models import Standing


def _theirs(viewer: Viewer) -> ColumnElement[bool]:
    return Submission.person_id.in_(heard_by(viewer))


def visible_to(viewer: Viewer) -> Select[Submission]:
    """Worksheets that wait for this coach, the longest waiting first."""
    return (
        select(Submission)
        .where(Submission.standing == Standing.WAITING, _theirs(viewer))
        .order_by(Submission.submitted_at, Submission.id)
    )


def submission_for(viewer: Viewer, submission_id: int) -> Submission:
    """One worksheet of this coach's practices: waiting, or answered already, so that a second coach can be told."""
    found = db.session.scalar(
        select(Submission)
        .where(Submission.id == submission_id, _theirs(viewer))
        .options(joinedload(Submission.person), joinedload(Submission.decided_by))
    )
    if found is None:
        raise NotFound
    return found


def title_of(submission: Submission) -> str:
    """The title of the worksheet that it is."""
    return db.session.scalars(select(Worksheet.title).where(Worksheet.id == submission.worksheet_id)).one()


def next_or_none(viewer: Viewer, now: datetime) -> Submission | None:
    """The worksheet to read next: one that this coach has open, or else the first that nobody has."""
    open_now = visible_to(viewer).where(Submission.coach_id == viewer.id, Submission.held_until > now)
    return db.session.scalar(open_now.limit(1)) or db.session.scalar(
        visible_to(viewer).where(~is_held(now, Submission) | Submission.coach_id.is_(None)).limit(1)
    )


def turnaround(viewer: Viewer, now: datetime) -> Turnaround:
    """How long people in this coach's practices wait for an answer to a worksheet."""
    waiting = visible_to(viewer).order_by(None).with_only_columns(func.count(), func.min(Submission.submitted_at))
    number, oldest = db.session.execute(waiting).one()
    answered = db.session.execute(
        select(Submission.submitted_at, Submission.decided_at)
        .where(_theirs(viewer), Submission.decided_at > now - LOOKED_BACK)
        .order_by(Submission.decided_at.desc(), Submission.id.desc())
        .limit(MOST_LOOKED_AT)
    ).all()
    days = [(decided - submitted).total_seconds() / DAY for submitted, decided in answered if decided]
    return Turnaround(
        waiting=number,
        oldest_days=(now - oldest).days if oldest else 0,
        answered=len(days),
        median_days=round(median(days), 1) if days else None,
    )


def answered_by(viewer: Viewer, most: int = 10) -> Sequence[Any]:
    """What this coach answered last."""
    return db.session.execute(
        select(
            SubmissionDecision.at,
            SubmissionDecision.outcome,
            Submission.id,
            Person.name,
            Worksheet.title,
        )
        .join(Submission, Submission.id == SubmissionDecision.submission_id)
        .join(Person, Person.id == Submission.person_id)
        .join(FilledWorksheet, FilledWorksheet.id == Submission.filled_id)
        .join(Worksheet, Worksheet.id == FilledWorksheet.worksheet_id)
        .where(SubmissionDecision.by_id == viewer.id)
        .order_by(SubmissionDecision.at.desc(), SubmissionDecision.id.desc())
        .limit(most)
    ).all()
