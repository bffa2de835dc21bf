"""Receiving a recording piece by piece, keeping it once its stored bytes are verified, and letting it go."""

import hashlib
import math
import re
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from portal import files, once
from portal.accounts.viewer import Viewer
from portal.attachments import containers
from portal.attachments.names import said_size
from portal.audit import services as audit
from portal.counters.services import active
from portal.db import db
from portal.errors import Refused
from portal.jobs import services as jobs
from portal.recitals import limits
from portal.recitals.limits import LARGEST, LARGEST_SAID, SUFFIXES
from portal.recitals.models import Medium, Recital, Recording, State

_HASH = re.compile(r"[0-9a-f]{64}")
ABANDONED = timedelta(days=1)
"""What was not sent to its end in this time is not waited for when another recording came."""
NOTHING_LOST = "Nothing else is lost."


class OutOfPlace(Refused):
    """A piece doesn't begin where the last one ended; the sender goes on from `received`."""

    def __init__(self, received: int):
        super().__init__("This piece doesn't follow the last one. The rest is sent from where it stopped.")
        self.received = received


def begin(recital: Recital, *, key: str, content_type: str, total: int, now: datetime) -> Recording:
    """Make ready for a recording. Asking again with the same key leads to the one that is under way."""
    known = db.session.scalar(
        select(Recording).where(Recording.recital_id == recital.id, Recording.key == key).with_for_update()
    )
    if known is not None:
        return known
    check_wanted(recital)
    if total == 0:
        raise Refused(f"This file has no bytes in it, so there is nothing to hear. Record again. {NOTHING_LOST}")
    if total > LARGEST:
        raise Refused(f"This is {said_size(total)}, and {LARGEST_SAID} is the most. Record it shorter. {NOTHING_LOST}")
    recording = Recording(recital_id=recital.id, key=key, content_type=content_type[:100], total=total, begun_at=now)
    once.add(recording)
    return recording


def receive(recording: Recording, *, offset: int, piece: bytes, sha256: str) -> int:
    """Add a piece at its place, and say how much has arrived. Raises OutOfPlace for one from elsewhere."""
    recording = _locked(recording)
    if recording.kept_at is not None or offset != recording.received:
        raise OutOfPlace(recording.received)
    if hashlib.sha256(piece).hexdigest() != sha256:
        raise Refused("This piece was damaged on its way. It is sent once more.")
    if offset + len(piece) > recording.total:
        raise Refused(f"More arrived than was announced. Record again. {NOTHING_LOST}")
    files.write_at(_part(recording), offset, piece)
    recording.received += len(piece)
    return recording.received


def finish(recital: Recital, recording: Recording, *, sha256: str, now: datetime) -> None:
    """Keep a recording: only when the bytes in the store are the ones that were sent, and are a recording."""
    recording = _locked(recording)
    if recording.kept_at is not None:
        return
    check_wanted(recital)
    if recording.received < recording.total:
        raise Refused(
            f"The recording is cut off: {said_size(recording.received)} of {said_size(recording.total)} arrived. "
            "Those are kept, and sending goes on from there."
        )
    if not _HASH.fullmatch(sha256):
        raise Refused("The fingerprint of the recording is missing, so it can't be verified. Send it once more.")
    part = _part(recording)
    _keep(recital, recording, part, sha256, now)
    part.unlink(missing_ok=True)


def take(recital: Recital, path: Path, *, key: str, content_type: str, now: datetime) -> None:
    """Keep a file that came in one piece, from a form."""
    recording = begin(recital, key=key, content_type=content_type, total=path.stat().st_size, now=now)
    if recording.kept_at is None:
        recording.received = recording.total
        _keep(recital, recording, path, files.hash_of(path), now)


def discard(recital: Recital, recording: Recording, *, now: datetime) -> None:
    """Put a recording away; until the recital is submitted it can be taken back."""
    check_wanted(recital)
    recording.discarded_at = recording.discarded_at or now


def bring_back(recital: Recital, recording: Recording, *, now: datetime) -> None:
    """Take a recording back that was put away; the one in its place is put away instead."""
    check_wanted(recital)
    if recording.deleted_at is not None or recording.kept_at is None:
        raise Refused("This recording is gone. Record once more.")
    _put_others_away(recital, recording, now)
    recording.discarded_at = None


def delete(recital: Recital, recording: Recording, *, by: Viewer, now: datetime) -> None:
    """Let the bytes go for good: once the recital was answered, or once they were put away. Score and words stay."""
    if recital.state not in {State.PASSED, State.AGAIN} and recording.discarded_at is None:
        raise Refused("A coach may still want to listen. Once they have answered you can delete it.")
    _forget(recording, now)
    active(by, by.today(now))


def forget_discarded(recital: Recital, *, now: datetime) -> None:
    """Let go for good of what was put away: the recital is submitted with another recording."""
    put_away = select(Recording).where(Recording.recital_id == recital.id, Recording.discarded_at.is_not(None))
    for recording in db.session.scalars(put_away):
        _forget(recording, now)


def check_wanted(recital: Recital) -> None:
    """Refuse recordings where none belongs."""
    if recital.medium == Medium.TYPED:
        raise Refused("This recital is typed. Begin another one to record it.")
    if recital.state != State.DRAFT:
        raise Refused("This recital is with the coaches, so its recording stays as it is.")


def _forget(recording: Recording, now: datetime) -> None:
    if recording.deleted_at is None and recording.kept_at is not None:
        recording.deleted_at = now
        audit.note("recording deleted", f"Recital {recording.recital_id}")
        jobs.enqueue("forget-file", sha256=recording.sha256)


def _keep(recital: Recital, recording: Recording, path: Path, sha256: str, now: datetime) -> None:
    found = _checked(recital, path)
    try:
        files.store().put(path, sha256=sha256)
    except files.NotWhole:
        raise Refused("What arrived is not what was sent, so it was not saved. Send it once more.") from None
    _put_others_away(recital, recording, now)
    recording.sha256, recording.kept_at = sha256, now
    recording.content_type = found.kind.video if recital.medium == Medium.VIDEO else found.kind.audio
    recording.seconds = math.ceil(found.seconds) if found.seconds is not None else None
    recital.saved_at = now


def _checked(recital: Recital, path: Path) -> containers.Contents:
    """What the file is, when it is a recording that fits; in words what is wrong with it otherwise."""
    with path.open("rb") as file:
        found = containers.read(file)
    if found is None:
        raise Refused(
            f"This is no recording that we can play. Choose a {SUFFIXES} file, or record here. {NOTHING_LOST}",
            field="file",
        )
    if recital.medium == Medium.VIDEO and not found.kind.video:
        raise Refused(f"This file has sound only. Begin an audio recital for it. {NOTHING_LOST}", field="file")
    if found.is_cut_off:
        raise Refused(f"The end of this file is missing. Save it once more where it comes from. {NOTHING_LOST}", "file")
    most = limits.of(recital.scope)
    if found.seconds is not None and found.seconds > most.seconds + limits.GRACE:
        said = limits.said_moment(round(found.seconds))
        raise Refused(f"This plays for {said}, and {most.length} is the most. Record it shorter.", field="file")
    return found


def _put_others_away(recital: Recital, kept: Recording, now: datetime) -> None:
    others = select(Recording).where(
        Recording.recital_id == recital.id, Recording.id != kept.id, Recording.discarded_at.is_(None)
    )
    for other in db.session.scalars(others):
        if other.kept_at is not None:
            other.discarded_at = now
        elif other.begun_at < now - ABANDONED:
            _part(other).unlink(missing_ok=True)
            db.session.delete(other)


def _locked(recording: Recording) -> Recording:
    return db.session.scalars(
        select(Recording)
        .where(Recording.id == recording.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def _part(recording: Recording) -> Path:
    return files.store().part(f"recording-{recording.id}")
