"""The pitches of a person: the firm's, and those of the practices they stand in."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, or_, select
from sqlalchemy.orm import joinedload, selectinload

from portal import clock
from portal.accounts.models import Practice
from portal.accounts.viewer import Viewer
from portal.db import db, rows
from portal.errors import NotFound
from portal.message.models import Claim, Pitch, PitchSeen, PitchVersion

NEWS_FOR = timedelta(days=30)
"""How long a version is news to somebody who never looked."""


def line_of(viewer: Viewer) -> list[int]:
    """The ids of the practices from the root down to this person's own."""
    return [int(number) for number in viewer.practice_path.strip("/").split("/")]


def of_line() -> ColumnElement[bool]:
    """That a pitch is the firm's, or of a practice whose id is in the parameter `line`."""
    line = select(Practice.key).where(Practice.id.in_(bindparam("line", expanding=True)))
    return or_(Pitch.practice_key == "", Pitch.practice_key.in_(line))


_PITCHES = (
    select(Pitch.id, Pitch.key, Pitch.title, Pitch.number, Pitch.practice_key, Practice.name.label("practice"))
    .outerjoin(Practice, Practice.key == Pitch.practice_key)
    .where(Pitch.number > 0, of_line())
    .order_by(Pitch.practice_key != "", Practice.path, Pitch.id)
)
_NEWS = (
    select(Pitch.key, Pitch.title, PitchVersion.number, PitchVersion.change, PitchVersion.published_at)
    .join(PitchVersion, PitchVersion.pitch_id == Pitch.id)
    .outerjoin(PitchSeen, (PitchSeen.pitch_id == Pitch.id) & (PitchSeen.person_id == bindparam("person_id")))
    .where(
        of_line(),
        or_(
            PitchVersion.number > PitchSeen.number,
            PitchSeen.number.is_(None) & (PitchVersion.published_at >= bindparam("since")),
        ),
    )
    .order_by(PitchVersion.published_at.desc(), PitchVersion.id.desc())
)


def visible_to(viewer: Viewer) -> Select[Pitch]:
    """The published pitches this person speaks with. Every other query starts here, or with the same condition."""
    return select(Pitch).where(Pitch.number > 0, of_line()).order_by(Pitch.id).params(line=line_of(viewer))


def pitches_for(viewer: Viewer) -> Sequence[Any]:
    """The firm's pitch first, then those of the practices above and around the person, from the top down."""
    return rows(_PITCHES, line=line_of(viewer)).all()


def pitch_for(viewer: Viewer, key: str) -> Pitch:
    """One pitch, if it is this person's to tell."""
    found = db.session.scalar(visible_to(viewer).where(Pitch.key == key))
    if found is None:
        raise NotFound
    return found


def own_pitch_or_none(viewer: Viewer) -> Pitch | None:
    """The pitch this person speaks with: their practice's, or that of the nearest practice above, or the firm's."""
    found = pitches_for(viewer)
    return db.session.get_one(Pitch, found[-1].id) if found else None


def claims_of(pitch_id: int, number: int) -> Sequence[Claim]:
    """All that a version says, in its order; inherited claims too."""
    return db.session.scalars(
        select(Claim)
        .join(PitchVersion, PitchVersion.id == Claim.version_id)
        .where(PitchVersion.pitch_id == pitch_id, PitchVersion.number == number)
        .order_by(Claim.position, Claim.id)
    ).all()


def versions_of(pitch: Pitch) -> Select[PitchVersion]:
    """What was published of a pitch, newest first, with the publishers."""
    return (
        select(PitchVersion)
        .where(PitchVersion.pitch_id == pitch.id)
        .options(joinedload(PitchVersion.published_by))
        .order_by(PitchVersion.number.desc(), PitchVersion.id)
    )


def version_of(pitch: Pitch, number: int) -> PitchVersion:
    """One version with its claims."""
    found = db.session.scalar(
        versions_of(pitch).where(PitchVersion.number == number).options(selectinload(PitchVersion.claims))
    )
    if found is None:
        raise NotFound
    return found


def seen_number_or_none(pitch: Pitch, viewer: Viewer) -> int | None:
    """The version that this person last said they had read."""
    return db.session.scalar(
        select(PitchSeen.number).where(PitchSeen.person_id == viewer.id, PitchSeen.pitch_id == pitch.id)
    )


def version_before_or_none(pitch: Pitch, seen: int | None) -> PitchVersion | None:
    """The version to compare with: the one seen last, or else the one before. None when there is nothing to compare."""
    number = pitch.number - 1 if seen is None else seen
    return version_of(pitch, number) if 0 < number < pitch.number else None


def news_for(viewer: Viewer) -> list[tuple[str, str, int, str, datetime]]:
    """What was published since this person looked, newest first: key, title, number, change, published_at."""
    since = clock.now() - NEWS_FOR
    return [(*row,) for row in rows(_NEWS, person_id=viewer.id, line=line_of(viewer), since=since)]
