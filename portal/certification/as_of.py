"""Which message was in force at a moment, and who was certified on it: from rows that are only ever added."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from flask import current_app
from sqlalchemy import exists, func, select

from portal import clock
from portal.accounts.models import Person, Practice
from portal.accounts.viewer import Viewer
from portal.certification import queries, staleness, versions
from portal.certification.models import Certification, Revocation
from portal.db import db
from portal.message.models import Pitch, PitchInForce


@dataclass(frozen=True)
class Holder:
    """Somebody who was certified; name and practice as they are now."""

    person_id: int
    name: str
    practice: str
    is_active: bool
    number: int
    issued_at: datetime
    uid: str


@dataclass(frozen=True)
class InForce:
    """A pitch at a moment."""

    pitch_id: int
    key: str
    title: str
    number: int
    since: datetime
    holders: Sequence[Holder]


def last_moment(day: date) -> datetime:
    """The last moment of a day at the firm."""
    zone = clock.zone(current_app.extensions["portal_config"].TIME_ZONE)
    return datetime.combine(day + timedelta(days=1), time(), zone) - timedelta(microseconds=1)


def at(viewer: Viewer, moment: datetime) -> list[InForce]:
    """Each pitch that was in force, and who of the people this person may see was certified on what it said."""
    found = []
    for pitch_id, key, title in db.session.execute(select(Pitch.id, Pitch.key, Pitch.title).order_by(Pitch.id)).all():
        last = db.session.execute(
            select(PitchInForce.number, PitchInForce.from_at)
            .where(PitchInForce.pitch_id == pitch_id, PitchInForce.from_at <= moment)
            .order_by(PitchInForce.from_at.desc(), PitchInForce.id.desc())
            .limit(1)
        ).first()
        if last and last.number:
            holders = _holders(viewer, pitch_id, last.number, moment)
            found.append(InForce(pitch_id, key, title, last.number, last.from_at, holders))
    return found


def _holders(viewer: Viewer, pitch_id: int, number: int, moment: datetime) -> list[Holder]:
    known = versions.of(pitch_id)
    same = staleness.same(known, known[number].words)
    was_taken_back = exists().where(Revocation.certification_id == Certification.id, Revocation.at <= moment)
    newest = (
        select(func.max(Certification.id))
        .where(
            Certification.pitch_id == pitch_id,
            Certification.number.in_(same),
            Certification.issued_at <= moment,
            Certification.person_id.in_(queries.people_seen_by(viewer)),
            ~was_taken_back,
        )
        .group_by(Certification.person_id)
    )
    rows = db.session.execute(
        select(
            Person.id,
            Person.name,
            Practice.name.label("practice"),
            Person.is_active,
            Certification.number,
            Certification.issued_at,
            Certification.uid,
        )
        .join(Certification, Certification.person_id == Person.id)
        .join(Practice, Practice.id == Person.practice_id)
        .where(Certification.id.in_(newest))
        .order_by(Person.name, Person.id)
    )
    return [Holder(*row) for row in rows]
