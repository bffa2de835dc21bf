"""What each version of a pitch says, which one was in force when, and where that leaves those who are certified."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, case, exists, func, select

from portal.certification import staleness
from portal.certification.models import Certification, Revocation
from portal.certification.staleness import Version
from portal.db import db
from portal.message.models import Claim, PitchInForce, PitchVersion, PitchWithdrawal


def of(pitch_id: int) -> dict[int, Version]:
    """Every version of a pitch, by its number."""
    said: dict[int, list[Any]] = defaultdict(list)
    for row in db.session.execute(
        select(PitchVersion.number, Claim.key, Claim.kind, Claim.text, Claim.answer)
        .join(Claim, Claim.version_id == PitchVersion.id)
        .where(PitchVersion.pitch_id == pitch_id)
    ):
        said[row.number].append(row)
    return {
        number: Version(number, staleness.words(said[number]), is_major, recertify_by, is_withdrawn)
        for number, is_major, recertify_by, is_withdrawn in db.session.execute(
            select(
                PitchVersion.number,
                PitchVersion.is_major,
                PitchVersion.recertify_by,
                exists().where(PitchWithdrawal.version_id == PitchVersion.id),
            ).where(PitchVersion.pitch_id == pitch_id)
        )
    }


def timeline(pitch_id: int) -> list[tuple[datetime, int]]:
    """From when on which version was in force, in order."""
    rows = db.session.execute(
        select(PitchInForce.from_at, PitchInForce.number)
        .where(PitchInForce.pitch_id == pitch_id)
        .order_by(PitchInForce.from_at, PitchInForce.id)
    )
    return [(row.from_at, row.number) for row in rows]


def best(pitch_id: int, same: Iterable[int]) -> Select[Any]:
    """Per person the certification that tells where they stand: the newest that says the same, or the newest of all."""
    numbers = sorted(same)
    fitting = func.max(case((Certification.number.in_(numbers), Certification.id)))
    return (
        select(Certification.person_id, func.coalesce(fitting, func.max(Certification.id)).label("certification_id"))
        .where(Certification.pitch_id == pitch_id, ~is_revoked())
        .group_by(Certification.person_id)
    )


def is_revoked() -> Any:
    """That a certification was taken back."""
    return exists().where(Revocation.certification_id == Certification.id)


def held_by(person_id: int, pitch_id: int) -> Sequence[Certification]:
    """What somebody holds for a pitch and was not taken back, newest first."""
    return db.session.scalars(
        select(Certification)
        .where(Certification.person_id == person_id, Certification.pitch_id == pitch_id, ~is_revoked())
        .order_by(Certification.id.desc())
    ).all()
