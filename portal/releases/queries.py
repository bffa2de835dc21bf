"""What versions set going, and how far the telling is; for those who publish."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal.db import db
from portal.errors import NotFound
from portal.message.models import Pitch, PitchVersion
from portal.releases.models import Release


def releases_of(pitch: Pitch) -> Sequence[Release]:
    """What followed each version of a pitch, newest first."""
    return db.session.scalars(
        select(Release)
        .join(PitchVersion, PitchVersion.id == Release.version_id)
        .where(PitchVersion.pitch_id == pitch.id)
        .options(joinedload(Release.version).joinedload(PitchVersion.published_by))
        .order_by(Release.id.desc())
    ).all()


def release(release_id: int) -> Release:
    """One of them."""
    found = db.session.get(Release, release_id)
    if found is None:
        raise NotFound
    return found


def under_way() -> Sequence[Release]:
    """Tellings that are not finished."""
    return db.session.scalars(
        select(Release)
        .where(Release.finished_at.is_(None))
        .options(joinedload(Release.version))
        .order_by(Release.id.desc())
    ).all()
