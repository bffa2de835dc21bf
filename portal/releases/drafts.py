"""A pitch while it is being written: one draft, which editors share and never overwrite for each other silently."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from portal.accounts.viewer import Viewer
from portal.audit import services as audit
from portal.db import db
from portal.errors import Refused
from portal.message.models import Pitch, PitchDraft
from portal.releases.wording import is_key

OVERTAKEN = "Somebody saved this draft while you were writing. Yours is kept here: compare, then save again."


def draft_or_none(pitch: Pitch) -> PitchDraft | None:
    """What was written of the next version, if somebody has begun."""
    return db.session.scalar(select(PitchDraft).where(PitchDraft.pitch_id == pitch.id))


def begin(*, key: str, title: str, practice_key: str) -> Pitch:
    """A pitch that is only a draft yet; nobody but its editors sees it."""
    if not is_key(key):
        raise Refused("Use small letters, digits and hyphens for the key.", field="key")
    pitch = Pitch(key=key, title=title, practice_key=practice_key)
    db.session.add(pitch)
    db.session.flush()  # its draft needs the id
    return pitch


def save(
    pitch: Pitch,
    *,
    title: str,
    claims: list[dict[str, Any]],
    change: str,
    is_major: bool,
    recertify_by: date | None,
    base_number: int,
    version: int,
    by: Viewer,
    now: datetime,
) -> PitchDraft:
    """Keep what was written; `version` is the draft's that the editor started from, 0 for none. Raises Refused."""
    draft = db.session.scalar(select(PitchDraft).where(PitchDraft.pitch_id == pitch.id).with_for_update())
    if (draft.version if draft else 0) != version:
        raise Refused(OVERTAKEN)
    draft = draft or PitchDraft(pitch_id=pitch.id)
    draft.title, draft.claims, draft.change = title, claims, change
    draft.is_major, draft.recertify_by, draft.base_number = is_major, recertify_by, base_number
    draft.saved_at, draft.saved_by_id = now, by.id
    db.session.add(draft)
    db.session.flush()  # the page needs the version
    return draft


def discard(pitch: Pitch) -> None:
    """Forget what was written of the next version; of a pitch that was never published, the whole of it."""
    draft = draft_or_none(pitch)
    if draft is None:
        raise Refused("There is no draft to throw away.")
    audit.note("pitch draft thrown away", pitch.key)
    db.session.delete(draft)
    db.session.flush()  # the pitch goes after what points to it
    if not pitch.latest:
        db.session.delete(pitch)
