"""People who were certified, made by the services that people use."""

import secrets
from datetime import timedelta

from portal.accounts.models import Person
from portal.certification import counting
from portal.certification import services as certification
from portal.certification.models import Certification, CertificationRule, CertificationState
from portal.db import db
from portal.message import queries as message
from portal.message.models import Pitch
from portal.recitals.models import Medium, Recital, Scope, State
from portal.releases import services as releases
from tests.make import NOON, saved
from tests.releases import make_releases


def rule(*, known_percent=0, needs_check=False, needs_recital=True) -> CertificationRule:
    """What the firm asks for; a recital alone is quickest to show."""
    return saved(
        CertificationRule(
            known_percent=known_percent, needs_check=needs_check, needs_recital=needs_recital, at=NOON, by_id=None
        )
    )


def recital(person: Person, pitch: Pitch, *, scope=Scope.WHOLE, state=State.PASSED, number=None, now=NOON) -> Recital:
    """A recital, passed by a coach unless it says otherwise."""
    is_decided = state in {State.PASSED, State.AGAIN}
    return saved(
        Recital(
            person_id=person.id,
            pitch_id=pitch.id,
            number=number or pitch.number,
            scope=scope,
            claim_keys=[],
            medium=Medium.TYPED,
            text="We look after companies.",
            covered=[],
            state=state,
            key=secrets.token_hex(4),
            created_at=now,
            saved_at=now,
            submitted_at=None if state == State.DRAFT else now,
            decided_at=now if is_decided else None,
        )
    )


def certified(person: Person, pitch: Pitch, *, now=NOON) -> Certification:
    """Somebody who was passed on the version in force."""
    row = saved(
        Certification(
            uid=secrets.token_hex(16),
            person_id=person.id,
            pitch_id=pitch.id,
            number=pitch.number,
            issued_at=now,
            is_delta=False,
            evidence={"cards": {"known": 3, "of": 3}, "check": None, "recital": None},
        )
    )
    was = db.session.get(CertificationState, (person.id, pitch.id))
    is_new = was is None or was.stale_at is not None
    certification.restate(person.id, pitch)
    if is_new and person.is_active:
        counting.changed(person.practice_id, pitch.id, pitch.number, 1, now)
    return row


def publish(pitch: Pitch | None = None, *, is_kept=True, **given) -> Pitch:
    """A version, and what follows for those who are certified."""
    now = given.pop("now", NOON)
    first = {"key": "firm", "practice_key": "", "title": "The firm's pitch", "base_number": 0, "by": None}
    next_one = pitch and {name: getattr(pitch, name) for name in ("key", "practice_key", "title")}
    next_one = next_one and {**next_one, "base_number": pitch.latest}
    said = {"claims": make_releases.CLAIMS, "change": "Said better."}
    version = releases.publish(pitch, **{**first, **(next_one or {}), **said, **given}, now=now)
    for each in message.tree().above:
        certification.pitch_changed(each, now)
    if is_kept:
        make_releases.settle()
    return db.session.get_one(Pitch, version.pitch_id)


def stale(pitch: Pitch) -> set[int]:
    """Who is certified on something that is no longer said."""
    found = db.session.query(CertificationState).filter_by(pitch_id=pitch.id).populate_existing()
    return {row.person_id for row in found if row.stale_at}


def later(days: int):
    """A moment after noon."""
    return NOON + timedelta(days=days)
