"""Issuing and taking back, and following what the pitch says."""

import secrets
from datetime import datetime
from typing import Any

from flask import current_app
from sqlalchemy import Date as SqlDate
from sqlalchemy import case, func, literal, null, select, update

from portal.accounts.models import Person
from portal.accounts.viewer import Viewer
from portal.audit import services as audit
from portal.certification import counting, queries, requirements, staleness, standing, versions
from portal.certification.models import Certification, CertificationRule, CertificationState, Revocation
from portal.db import UtcDateTime, db, insert_or
from portal.errors import Refused
from portal.jobs import services as jobs
from portal.message.models import Pitch

LONGEST_REASON = 2000


def settle(person_id: int, pitch_id: int, now: datetime) -> bool:
    """Issue a certification for the version in force if everything needed is there; whether one was issued."""
    # One at a time for each person: pressed twice, or in the moment a coach passes the recital, it is issued once.
    person = db.session.scalar(select(Person).where(Person.id == person_id).with_for_update())
    pitch = db.session.get(Pitch, pitch_id)
    if person is None or not person.is_active or pitch is None or not pitch.number:
        return False
    found = standing.of(person_id, pitch, now)
    if found.is_current or not requirements.is_met(found.needs):
        return False
    held = found.held
    row = Certification(
        uid=secrets.token_hex(16),
        person_id=person_id,
        pitch_id=pitch_id,
        number=pitch.number,
        issued_at=now,
        is_delta=held is not None,
        evidence=standing.evidence(found),
    )
    db.session.add(row)
    db.session.flush()  # what follows is said in SQL
    _stand(person, row)
    counting.changed(person.practice_id, pitch_id, pitch.number, 1, now)
    audit.note("certified", person, pitch=pitch.key, version=pitch.number, only_the_change=row.is_delta)
    return True


def collect(person: Viewer, pitch: Pitch, *, now: datetime) -> None:
    """The person's own button. Raises Refused with what is missing."""
    if settle(person.id, pitch.id, now):
        return
    found = standing.of(person.id, pitch, now)
    if found.is_current:
        return
    missing = "; ".join(need.says for need in found.needs if not need.is_met)
    raise Refused(f"Not yet. Still to do: {missing}.")


def pitch_changed(pitch_id: int, now: datetime) -> int:
    """Bring everybody's standing in line with what the pitch says now; how many are newly stale.

    For publishing and for withdrawing alike: who holds the words that are in force is current, all others are stale.
    """
    db.session.flush()  # the versions are read back
    pitch = db.session.get_one(Pitch, pitch_id, populate_existing=True)
    known = versions.of(pitch_id)
    said = known[pitch.number].words if pitch.number else frozenset()
    newly = queries.count_going_stale(pitch_id, said, known)
    same = staleness.same(known, said)
    best = versions.best(pitch_id, same).subquery()
    held = (
        select(best.c.person_id, Certification.id, Certification.number, Certification.issued_at)
        .join(best, best.c.certification_id == Certification.id)
        .subquery()
    )
    days = {number: staleness.due_on(known, number, pitch.number) for number in known if number not in same}
    whens = [(held.c.number == number, literal(day, SqlDate())) for number, day in days.items() if day]
    is_same = held.c.number.in_(same)
    db.session.execute(
        update(CertificationState)
        .where(CertificationState.pitch_id == pitch_id, CertificationState.person_id == held.c.person_id)
        .values(
            certification_id=held.c.id,
            number=held.c.number,
            certified_at=held.c.issued_at,
            stale_at=case(
                (is_same, null()),
                else_=func.coalesce(CertificationState.stale_at, literal(now, UtcDateTime())),
            ),
            due_on=case(*whens, else_=null()) if whens else null(),
        ),
        execution_options={"synchronize_session": False},
    )
    _forget_states()
    counting.follow(pitch_id, pitch.number, now)
    return newly


def revoke(certification: Certification, *, reason: str, by: Viewer, now: datetime) -> None:
    """Take a certification back; the person is told why. Raises Refused."""
    reason = reason.strip()
    if not reason:
        raise Refused("Say why. The person reads it.", field="reason")
    if db.session.get(Revocation, certification.id) is not None:
        raise Refused("This certification was taken back already.")
    if certification.person_id == by.id:
        raise Refused("Ask somebody else to take back your own.")
    db.session.add(Revocation(certification_id=certification.id, at=now, by_id=by.id, reason=reason))
    db.session.flush()  # what follows is read back
    pitch, person = certification.pitch, certification.person
    before = db.session.get(CertificationState, (person.id, pitch.id))
    was_current = before is not None and before.stale_at is None
    is_current = restate(person.id, pitch)
    if person.is_active and was_current != is_current:
        counting.changed(person.practice_id, pitch.id, pitch.number, int(is_current) - int(was_current), now)
    audit.note("certification revoked", person, pitch=pitch.key, version=certification.number, reason=reason)
    jobs.letter(to=person.email, **_told(certification, reason))


def restate(person_id: int, pitch: Pitch) -> bool:
    """Work out anew from the evidence where somebody stands; whether they are current."""
    known, line = versions.of(pitch.id), versions.timeline(pitch.id)
    held = list(versions.held_by(person_id, pitch.id))
    row = db.session.get(CertificationState, (person_id, pitch.id))
    if not held:
        if row is not None:
            db.session.delete(row)
            db.session.flush()
        return False
    values = _worked_out(held, pitch, known, line)
    if row is None:
        row = CertificationState(person_id=person_id, pitch_id=pitch.id)
        db.session.add(row)
    for name, value in values.items():
        setattr(row, name, value)
    db.session.flush()
    return row.stale_at is None


def rebuild() -> None:
    """Work out everybody's standing anew from the certifications, revocations and versions."""
    db.session.query(CertificationState).delete()
    for pitch in db.session.scalars(select(Pitch).order_by(Pitch.id)).all():
        known, line = versions.of(pitch.id), versions.timeline(pitch.id)
        held: dict[int, list[Certification]] = {}
        for row in db.session.scalars(
            select(Certification)
            .where(Certification.pitch_id == pitch.id, ~versions.is_revoked())
            .order_by(Certification.id.desc())
        ):
            held.setdefault(row.person_id, []).append(row)
        db.session.add_all(
            CertificationState(person_id=person_id, pitch_id=pitch.id, **_worked_out(rows, pitch, known, line))
            for person_id, rows in held.items()
        )
    db.session.flush()


def set_rule(*, known_percent: int, needs_check: bool, needs_recital: bool, by: Viewer, now: datetime) -> None:
    """Ask for something else from now on. What was issued stays. Raises Refused."""
    if not (known_percent or needs_check or needs_recital):
        raise Refused("Ask for one thing at least; a certification for nothing says nothing.")
    before = queries.rule_row_or_none()
    row = CertificationRule(
        known_percent=known_percent, needs_check=needs_check, needs_recital=needs_recital, at=now, by_id=by.id
    )
    db.session.add(row)
    kept = queries.rule_of(before)
    audit.note(
        "certification rule changed",
        "certification",
        before=vars(kept),
        after={"known_percent": known_percent, "needs_check": needs_check, "needs_recital": needs_recital},
    )


def _stand(person: Person, row: Certification) -> None:
    kept = dict(certification_id=row.id, number=row.number, certified_at=row.issued_at, stale_at=None, due_on=None)
    made = insert_or(CertificationState).values(person_id=person.id, pitch_id=row.pitch_id, **kept)
    db.session.execute(made.on_conflict_do_update(index_elements=["person_id", "pitch_id"], set_=kept))
    _forget_states()


def _forget_states() -> None:
    """They were changed in SQL; whoever holds one reads it again."""
    for row in list(db.session.identity_map.values()):
        if isinstance(row, CertificationState):
            db.session.expire(row)


def _worked_out(held: list[Certification], pitch: Pitch, known: Any, line: Any) -> dict[str, Any]:
    said = known[pitch.number].words if pitch.number else frozenset()
    same = staleness.same(known, said)
    fitting = [row for row in held if row.number in same]
    row = (fitting or held)[0]
    return {
        "certification_id": row.id,
        "number": row.number,
        "certified_at": row.issued_at,
        "stale_at": None if fitting else staleness.since(line, known, [each.number for each in held]),
        "due_on": None if fitting else staleness.due_on(known, row.number, pitch.number),
    }


def _told(certification: Certification, reason: str) -> dict[str, str]:
    title = certification.pitch.title
    base = current_app.extensions["portal_config"].BASE_URL
    return {
        "subject": f"Your certification for {title} was taken back",
        "text": (
            f"Dear {certification.person.name},\n\nyour certification for version {certification.number} of {title} "
            f"was taken back. The reason given:\n\n{reason}\n\nWhat to do to be certified again:\n\n"
            f"{base}/certification\n"
        ),
    }
