"""Telling people of a version by mail: the heavy part of a release, done in batches that a restart cannot break."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import current_app
from sqlalchemy import select

from portal import clock
from portal.accounts.models import Person
from portal.db import db
from portal.errors import NotFound
from portal.jobs import services as jobs
from portal.message import queries as message
from portal.message.models import Pitch, PitchVersion
from portal.releases.effects import are_told
from portal.releases.models import Release

BATCH = 500


def tell(release_id: int) -> None:
    """The handler of `tell-release`; each batch is kept as it is done, so that a second run goes on from there."""
    more = True
    while more:
        more = tell_next(release_id, now=clock.now())
        db.session.commit()
        jobs.hand_over()


def tell_next(release_id: int, *, now: datetime) -> bool:
    """Write to the next people; whether more are left. Who joined since is told too, who left meanwhile is not."""
    release = db.session.scalar(
        select(Release).where(Release.id == release_id).with_for_update(),
        execution_options={"populate_existing": True},
    )
    if release is None:
        raise NotFound
    if release.finished_at:
        return False
    people = _next_people(release)
    for person, subject, text in _letters(release, people):
        jobs.letter(to=person.email, subject=subject, text=text)
    release.told += len(people)
    if people:
        release.told_to_id = people[-1].id
    if len(people) < BATCH:
        release.finished_at = now
    return release.finished_at is None


def _next_people(release: Release) -> Sequence[Any]:
    return db.session.execute(
        select(Person.id, Person.email, Person.name, Person.practice_id)
        .where(Person.id > release.told_to_id, are_told(release.practices))
        .order_by(Person.id)
        .limit(BATCH)
    ).all()


def _letters(release: Release, people: Sequence[Any]) -> list[tuple[Any, str, str]]:
    of_practice = message.tree().of_practice
    pitches = {pitch.id: pitch for pitch in db.session.scalars(select(Pitch).where(Pitch.number > 0))}
    written = []
    for person in people:
        pitch = pitches.get(of_practice.get(person.practice_id, 0))
        if pitch is not None:
            written.append((person, *_letter(release, pitch, person.name)))
    return written


def _letter(release: Release, pitch: Pitch, name: str) -> tuple[str, str]:
    address = f"{current_app.extensions['portal_config'].BASE_URL}/pitch/{pitch.key}"
    version: PitchVersion = release.version
    if release.kind == "withdrawn":
        subject, happened = f"{pitch.title}: a version was withdrawn", "Please go back to the words before it."
    else:
        subject, happened = f"{pitch.title} changed", f"What changed, and why:\n\n{version.change}"
    by = version.recertify_by
    until = f"\nIf you are certified, learn the change by {by.day} {by:%B %Y}.\n" if by else ""
    return subject, f"Hello {name},\n\n{happened}\n{until}\nYou find the words here, in about two minutes:\n{address}\n"
