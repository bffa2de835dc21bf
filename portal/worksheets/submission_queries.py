"""What a person showed to their coaches, and what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import joinedload

from portal.accounts.models import Grant, Person, Practice
from portal.accounts.viewer import Viewer
from portal.db import db
from portal.errors import NotFound
from portal.recitals.queries import COACHES
from portal.worksheets import definition
from portal.worksheets.definition import Flat, Section
from portal.worksheets.models import (
    FilledHistory,
    FilledWorksheet,
    Submission,
    SubmissionDecision,
    SubmissionRemark,
    WorksheetVersion,
)
from portal.worksheets.submission_models import Standing

ANSWERED = (Standing.RETURNED, Standing.ACCEPTED)


def visible_to(viewer: Viewer) -> Select[Submission]:
    """What this person showed to coaches."""
    return select(Submission).where(Submission.person_id == viewer.id)


def thread(filled: FilledWorksheet) -> Sequence[Any]:
    """Everything that was shown of one worksheet, newest first, with the coach's name, the outcome and the note."""
    return db.session.execute(
        select(Submission, SubmissionDecision.outcome, SubmissionDecision.note, Person.name.label("coach"))
        .outerjoin(SubmissionDecision, SubmissionDecision.submission_id == Submission.id)
        .outerjoin(Person, Person.id == SubmissionDecision.by_id)
        .where(Submission.filled_id == filled.id)
        .order_by(Submission.id.desc())
        .limit(100)
    ).all()


def last_or_none(filled: FilledWorksheet) -> Submission | None:
    """What was shown of a worksheet last."""
    return db.session.scalar(
        select(Submission).where(Submission.filled_id == filled.id).order_by(Submission.id.desc()).limit(1)
    )


def waiting_or_none(filled: FilledWorksheet) -> Submission | None:
    """What of a worksheet a coach has, or will have."""
    return db.session.scalar(
        select(Submission).where(Submission.filled_id == filled.id, Submission.standing == Standing.WAITING)
    )


def submission_for(viewer: Viewer, submission_id: int) -> Submission:
    """One thing that this person showed."""
    found = db.session.scalar(visible_to(viewer).where(Submission.id == submission_id))
    if found is None:
        raise NotFound
    return found


def remark_for(viewer: Viewer, remark_id: int) -> tuple[SubmissionRemark, Submission]:
    """One remark that came back to this person."""
    found = db.session.execute(
        select(SubmissionRemark, Submission)
        .join(Submission, Submission.id == SubmissionRemark.submission_id)
        .where(
            SubmissionRemark.id == remark_id,
            SubmissionRemark.answers_id.is_(None),
            Submission.person_id == viewer.id,
            Submission.standing.in_(ANSWERED),
        )
    ).first()
    if found is None:
        raise NotFound
    return found[0], found[1]


@dataclass(frozen=True)
class Remarked:
    """A coach's remark as its owner sees it, and as the coach sees it with the next submission."""

    id: int
    place: str
    by: str
    at: datetime
    text: str
    dealt_at: datetime | None
    is_new: bool
    """Whether its owner has not said yet that they read it."""
    answers: list[SubmissionRemark] = field(default_factory=list)


def remarks(filled_id: int, *, until: int | None = None) -> dict[str, list[Remarked]]:
    """The remarks that came back about a worksheet, by place, oldest first, each with what its owner answered."""
    found = (
        select(SubmissionRemark, Submission.read_at)
        .join(Submission, Submission.id == SubmissionRemark.submission_id)
        .where(Submission.filled_id == filled_id, Submission.standing.in_(ANSWERED))
        .options(joinedload(SubmissionRemark.by))
        .order_by(SubmissionRemark.id)
        .limit(1_000)
    )
    if until is not None:
        found = found.where(Submission.id < until)
    by_place: dict[str, list[Remarked]] = {}
    known: dict[int, Remarked] = {}
    for row, read_at in db.session.execute(found):
        if row.answers_id is None:
            known[row.id] = Remarked(row.id, row.place, row.by.name, row.at, row.text, row.dealt_at, read_at is None)
            by_place.setdefault(row.place, []).append(known[row.id])
        elif row.answers_id in known:
            known[row.answers_id].answers.append(row)
    return by_place


@dataclass(frozen=True)
class Coached:
    """How a worksheet stands with its coaches, for the pages where it is written and read."""

    last: Submission | None
    remarks: dict[str, list[Remarked]]

    @property
    def open(self) -> int:
        """How many remarks are not dealt with."""
        return sum(not each.dealt_at for found in self.remarks.values() for each in found)

    def in_row(self, row: str) -> list[Remarked]:
        """The remarks at a row, given as 'table/row', or at one of its cells."""
        return [each for place in self.remarks if f"{place}/".startswith(f"{row}/") for each in self.remarks[place]]


def coached(filled: FilledWorksheet) -> Coached:
    """How a worksheet stands with its coaches. Nothing more is asked of the database where it was never shown."""
    last = last_or_none(filled)
    return Coached(last, remarks(filled.id) if last else {})


def remarks_to_come(submission: Submission) -> list[SubmissionRemark]:
    """What coaches remarked on a submission that is not decided yet."""
    return list(
        db.session.scalars(
            select(SubmissionRemark)
            .where(SubmissionRemark.submission_id == submission.id, SubmissionRemark.by_id != submission.person_id)
            .options(joinedload(SubmissionRemark.by))
            .order_by(SubmissionRemark.id)
        )
    )


def shown_since(filled_id: int, moment: datetime) -> bool:
    """Whether a worksheet was shown to a coach after a moment, and not taken back."""
    shown = exists().where(
        Submission.filled_id == filled_id,
        Submission.submitted_at >= moment,
        Submission.standing != Standing.WITHDRAWN,
    )
    return bool(db.session.scalar(select(shown)))


def said_before(by_id: int, key: str) -> bool:
    """Whether something arrived with this key already."""
    known = select(exists().where(SubmissionRemark.by_id == by_id, SubmissionRemark.key == key))
    return bool(db.session.scalar(known))


def answers_of(submission: Submission) -> Flat:
    """What the worksheet said when it was shown."""
    kept = db.session.get_one(FilledHistory, (submission.filled_id, submission.answers_version))
    return definition.flat(kept.answers)


def sections_of(submission: Submission) -> tuple[Section, ...]:
    """What it was asked then."""
    version = db.session.scalars(
        select(WorksheetVersion).where(
            WorksheetVersion.worksheet_id == submission.worksheet_id, WorksheetVersion.number == submission.number
        )
    ).one()
    return definition.read(version.sections)


def looked_at_before(submission: Submission) -> Submission | None:
    """What a coach answered last in the same thread, before this."""
    return db.session.scalar(
        select(Submission)
        .where(
            Submission.filled_id == submission.filled_id,
            Submission.id < submission.id,
            Submission.standing.in_(ANSWERED),
        )
        .options(joinedload(Submission.decided_by))
        .order_by(Submission.id.desc())
        .limit(1)
    )


def coaches_of(viewer: Viewer, most: int = 4) -> list[str]:
    """Who may read what this person shows, coaches first."""
    path = viewer.practice_path
    found = (
        select(Person.name, func.min(Grant.role))
        .join(Grant, Grant.person_id == Person.id)
        .join(Practice, Practice.id == Grant.practice_id)
        .where(
            Grant.role.in_(COACHES),
            Person.is_active,
            Person.id != viewer.id,
            func.substr(path, 1, func.length(Practice.path)) == Practice.path,
        )
        .group_by(Person.id, Person.name)
        .order_by(func.min(Grant.role), Person.name)
        .limit(most)
    )
    return [name for name, _role in db.session.execute(found)]
