"""Beginning, keeping, submitting and taking back recitals."""

from collections.abc import Sequence
from datetime import datetime

from portal import once
from portal.accounts.viewer import Viewer
from portal.counters.services import active
from portal.db import db
from portal.errors import Refused
from portal.message import queries as message
from portal.message.models import Claim, Pitch
from portal.recitals import coverage, holding, queries, recordings
from portal.recitals.limits import LONGEST_TEXT
from portal.recitals.models import Medium, Recital, Scope, State

CHANGED_MEANWHILE = (
    "This was changed in another tab since. Nothing is lost: your words are still below, and the other ones above them."
)


def begin(pitch: Pitch, *, scope: Scope, medium: Medium, key: str, by: Viewer, now: datetime) -> Recital:
    """Begin a recital of the version in force. What was begun like it and is still a draft goes on."""
    claim_keys = queries.changed_keys(pitch, by) if scope == Scope.CHANGES else []
    if scope == Scope.CHANGES and not claim_keys:
        raise Refused("Nothing of this pitch has changed since you last passed. Recite the whole, if you like.")
    known = queries.begun_or_none(by, pitch, scope=scope, medium=medium, key=key)
    if known is not None:
        return known
    before = queries.last_answer_or_none(by, pitch.id)
    recital = Recital(
        person_id=by.id,
        pitch_id=pitch.id,
        number=pitch.number,
        scope=scope,
        claim_keys=claim_keys,
        medium=medium,
        covered=[],
        key=key,
        after_id=before.id if before and before.state == State.AGAIN else None,
        created_at=now,
        saved_at=now,
    )
    once.add(recital)
    if before and before.read_at is None:
        before.read_at = now
    active(by, by.today(now))
    return recital


def save(recital: Recital, *, text: str, version: int, now: datetime) -> None:
    """Keep what was typed. Raises Refused rather than overwrite what another tab saved."""
    _check_draft(recital)
    if recital.medium != Medium.TYPED:
        raise Refused("This one is recorded, not typed.")
    if len(text) > LONGEST_TEXT:
        raise Refused(f"Keep this under {LONGEST_TEXT:,} characters; a pitch takes a tenth of that.", field="text")
    if text == recital.text:
        return
    if version != recital.version:
        raise Refused(CHANGED_MEANWHILE, field="text")
    recital.text, recital.saved_at = text, now
    db.session.flush()  # the page that follows holds the new version


def submit(recital: Recital, *, by: Viewer, now: datetime) -> None:
    """Hand a recital to the coaches. A second press changes nothing."""
    if recital.state == State.SUBMITTED:
        return
    _check_draft(recital)
    _check_version(recital)
    if recital.medium == Medium.TYPED:
        if not recital.text.strip():
            raise Refused("Write what you would say first.", field="text")
        found = coverage.covered(queries.claims_asked(recital), recital.text)
        recital.covered = [each.key for each in found if each.is_covered]
    elif queries.recording_or_none(recital) is None:
        raise Refused("There is no recording yet. Record one, or choose a file; then submit.")
    recital.state, recital.submitted_at = State.SUBMITTED, now
    recordings.forget_discarded(recital, now=now)
    active(by, by.today(now))


def take_back(recital: Recital, *, now: datetime) -> None:
    """Make a draft of a submitted recital again, as long as no coach has opened it."""
    if recital.state == State.DRAFT:
        return
    if recital.state != State.SUBMITTED:
        raise Refused("This recital has been answered already, so it stays as it is.")
    if holding.holder_or_none(recital, now) is not None:
        raise Refused("A coach is listening to it just now. You will see their answer soon.")
    recital.state, recital.submitted_at, recital.coach_id, recital.held_until = State.DRAFT, None, None, None


def mark_read(recital: Recital, *, now: datetime) -> None:
    """Remember that the person has read what came back."""
    if recital.decided_at is not None and recital.read_at is None:
        recital.read_at = now


def _check_draft(recital: Recital) -> None:
    if recital.state != State.DRAFT:
        raise Refused(
            "This recital is with the coaches, so it can't be changed. Take it back first, if nobody opened it."
        )


def _check_version(recital: Recital) -> None:
    """A typed recital of the whole goes on with the version in force; what was recorded is of its own version."""
    if recital.number == recital.pitch.number:
        return
    if recital.pitch.number == 0:
        raise Refused("This pitch was withdrawn, so nobody recites it now. What you made is kept.")
    if recital.medium == Medium.TYPED and recital.scope == Scope.WHOLE:
        recital.number = recital.pitch.number
        return
    raise Refused(
        f"The pitch is at version {recital.pitch.number} now, and this is of version {recital.number}. "
        "It is kept; begin a new one with the words in force."
    )


def check_claim(recital: Recital, key: str) -> None:
    """Refuse a claim that the recited version doesn't have."""
    known: Sequence[Claim] = message.claims_of(recital.pitch_id, recital.number)
    if key and key not in {claim.key for claim in known}:
        raise Refused("That isn't a claim of this pitch. Choose one from the list.", field="claim")
