"""Who may hear a recording: its owner, the coach it is with, and invited colleagues. Nobody else knows it is there."""

from datetime import datetime

from sqlalchemy import select

from portal.accounts.viewer import Viewer
from portal.db import db
from portal.errors import NotFound
from portal.recitals import colleagues, holding, waiting
from portal.recitals.models import Recital, Recording, State


def recording_for(viewer: Viewer, recording_id: int, now: datetime) -> Recording:
    """A recording that this person may hear now."""
    found = db.session.execute(
        select(Recital, Recording)
        .join(Recording, Recording.recital_id == Recital.id)
        .where(Recording.id == recording_id, Recording.kept_at.is_not(None), Recording.deleted_at.is_(None))
    ).first()
    if found is None:
        raise NotFound
    recital, recording = found
    is_put_away = recording.discarded_at is not None
    if recital.person_id == viewer.id or (not is_put_away and _others_may(viewer, recital, recording, now)):
        return recording
    raise NotFound


def _others_may(viewer: Viewer, recital: Recital, recording: Recording, now: datetime) -> bool:
    return _is_with(viewer, recital, now) or colleagues.may_hear(viewer, recording)


def _is_with(viewer: Viewer, recital: Recital, now: datetime) -> bool:
    """Whether this person has it open as a coach, and is still one for its owner's practice."""
    if recital.state != State.SUBMITTED or not holding.holds(recital, viewer, now):
        return False
    return db.session.scalar(waiting.visible_to(viewer).where(Recital.id == recital.id)) is not None
