"""The recitals of a person: theirs, and those they were invited to listen to."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, exists, func, or_, select
from sqlalchemy.orm import joinedload

from portal.accounts.models import Grant, Person, Practice
from portal.accounts.viewer import Viewer
from portal.db import db
from portal.errors import NotFound
from portal.message import diff
from portal.message import queries as message
from portal.message.models import Claim, Pitch
from portal.recitals.models import (
    Decision,
    Medium,
    Recital,
    RecitalComment,
    Recording,
    Scope,
    State,
)

COACHES = ("leader", "coach")
"""The roles that hear recitals, in the practices they are held for and below."""


def visible_to(viewer: Viewer) -> Select[Recital]:
    """A person's own recitals, newest first."""
    return select(Recital).where(Recital.person_id == viewer.id).order_by(Recital.created_at.desc(), Recital.id.desc())


def recital_for(viewer: Viewer, recital_id: int) -> Recital:
    """One of a person's own recitals."""
    found = db.session.scalar(visible_to(viewer).where(Recital.id == recital_id).options(joinedload(Recital.pitch)))
    if found is None:
        raise NotFound
    return found


def mine(viewer: Viewer) -> Select[*tuple[Any, ...]]:
    """A person's recitals, with the pitch and the decision."""
    return (
        select(Recital, Pitch.title, Decision.score, Decision.rubric_number)
        .join(Pitch, Pitch.id == Recital.pitch_id)
        .outerjoin(Decision, Decision.recital_id == Recital.id)
        .where(Recital.person_id == viewer.id)
        .order_by(Recital.created_at.desc(), Recital.id.desc())
    )


def changed_keys(pitch: Pitch, viewer: Viewer) -> list[str]:
    """The claims that differ from those of the version that this person last passed, or else of the one before."""
    passed = db.session.scalar(
        select(func.max(Recital.number)).where(
            Recital.person_id == viewer.id, Recital.pitch_id == pitch.id, Recital.state == State.PASSED
        )
    )
    before = passed if passed is not None else pitch.number - 1
    if not 0 < before < pitch.number:
        return []
    old = {claim.key: claim for claim in message.claims_of(pitch.id, before)}
    return [
        claim.key
        for claim in message.claims_of(pitch.id, pitch.number)
        if claim.key not in old or diff.claims([old[claim.key]], [claim])
    ]


def claims_asked(recital: Recital) -> Sequence[Claim]:
    """The claims that a recital is about."""
    found = message.claims_of(recital.pitch_id, recital.number)
    return [claim for claim in found if recital.scope == Scope.WHOLE or claim.key in recital.claim_keys]


def begun_or_none(viewer: Viewer, pitch: Pitch, *, scope: Scope, medium: Medium, key: str) -> Recital | None:
    """The recital that was begun with this key, or a draft of the same kind."""
    is_alike = (
        (Recital.pitch_id == pitch.id)
        & (Recital.number == pitch.number)
        & (Recital.scope == scope)
        & (Recital.medium == medium)
        & (Recital.state == State.DRAFT)
    )
    return db.session.scalar(visible_to(viewer).where(or_(Recital.key == key, is_alike)).limit(1))


def last_answer_or_none(viewer: Viewer, pitch_id: int) -> Recital | None:
    """The recital of a pitch that a coach answered last."""
    return db.session.scalar(
        select(Recital)
        .where(Recital.person_id == viewer.id, Recital.pitch_id == pitch_id, Recital.decided_at.is_not(None))
        .order_by(Recital.decided_at.desc(), Recital.id.desc())
        .limit(1)
    )


def recording_or_none(recital: Recital) -> Recording | None:
    """The recording of a recital that counts: whole, and not put away."""
    return db.session.scalar(
        select(Recording)
        .where(Recording.recital_id == recital.id, Recording.kept_at.is_not(None), Recording.discarded_at.is_(None))
        .order_by(Recording.kept_at.desc(), Recording.id.desc())
        .limit(1)
    )


def discarded_or_none(recital: Recital) -> Recording | None:
    """The recording that was put away last and can still be taken back."""
    return db.session.scalar(
        select(Recording)
        .where(Recording.recital_id == recital.id, Recording.discarded_at.is_not(None), Recording.deleted_at.is_(None))
        .order_by(Recording.discarded_at.desc(), Recording.id.desc())
        .limit(1)
    )


def recording_of(viewer: Viewer, recording_id: int) -> tuple[Recital, Recording]:
    """A recording of this person's own, with its recital."""
    found = db.session.execute(
        select(Recital, Recording)
        .join(Recording, Recording.recital_id == Recital.id)
        .where(Recording.id == recording_id, Recital.person_id == viewer.id)
    ).first()
    if found is None:
        raise NotFound
    return found[0], found[1]


def may_still_coach(submitted: Any = Recital) -> Any:
    """That whoever holds a recital, or what else was submitted, is active and still a coach of its owner's practice."""
    coach, own = Practice.__table__.alias("coached"), Practice.__table__.alias("own")
    owner, holder = Person.__table__.alias("owner"), Person.__table__.alias("holder")
    return exists(
        select(1)
        .select_from(Grant.__table__)
        .join(coach, coach.c.id == Grant.practice_id)
        .join(holder, holder.c.id == Grant.person_id)
        .where(
            Grant.person_id == submitted.coach_id,
            Grant.role.in_(COACHES),
            holder.c.is_active,
            exists(
                select(1)
                .select_from(owner.join(own, own.c.id == owner.c.practice_id))
                .where(
                    owner.c.id == submitted.person_id,
                    func.substr(own.c.path, 1, func.length(coach.c.path)) == coach.c.path,
                )
            ),
        )
    )


def is_held(now: datetime, submitted: Any = Recital) -> Any:
    """That a coach has it open: not for too long, and with the right to."""
    return (submitted.coach_id.is_not(None)) & (submitted.held_until > now) & may_still_coach(submitted)


def has_coach(viewer: Viewer) -> bool:
    """Whether anybody else hears the recitals of this person's practice."""
    return bool(
        db.session.scalar(
            select(
                exists(
                    select(1)
                    .select_from(Grant)
                    .join(Practice, Practice.id == Grant.practice_id)
                    .join(Person, Person.id == Grant.person_id)
                    .where(
                        Grant.role.in_(COACHES),
                        Grant.person_id != viewer.id,
                        Person.is_active,
                        func.substr(viewer.practice_path, 1, func.length(Practice.path)) == Practice.path,
                    )
                )
            )
        )
    )


def decision_or_none(recital: Recital) -> Decision | None:
    """What a coach decided, with their name."""
    return db.session.scalar(select(Decision).where(Decision.recital_id == recital.id).options(joinedload(Decision.by)))


def comments(recital: Recital, *, from_coach: bool, by_id: int | None = None) -> Sequence[RecitalComment]:
    """Remarks on a recital: a coach's in the order of the recording, colleagues' as they came."""
    found = select(RecitalComment).where(
        RecitalComment.recital_id == recital.id, RecitalComment.is_from_coach == from_coach
    )
    if by_id is not None:
        found = found.where(RecitalComment.by_id == by_id)
    return db.session.scalars(
        found.options(joinedload(RecitalComment.by)).order_by(
            RecitalComment.second.is_(None), RecitalComment.second, RecitalComment.id
        )
    ).all()
