"""Remembering what somebody has read of the firm's message."""

from datetime import datetime

from portal.accounts.viewer import Viewer
from portal.db import db, insert_or
from portal.errors import Refused
from portal.message.models import Pitch, PitchSeen


def mark_seen(pitch: Pitch, *, number: int, by: Viewer, now: datetime) -> None:
    """Remember that somebody has read a version: only what comes after is news. Going back changes nothing."""
    if not 0 < number <= pitch.number:
        raise Refused("That version isn't there. Open the pitch again, and read it from there.")
    seen = insert_or(PitchSeen).values(person_id=by.id, pitch_id=pitch.id, number=number, at=now)
    db.session.execute(
        seen.on_conflict_do_update(
            index_elements=["person_id", "pitch_id"],
            set_={"number": seen.excluded.number, "at": seen.excluded.at},
            where=PitchSeen.number < seen.excluded.number,
        )
    )
