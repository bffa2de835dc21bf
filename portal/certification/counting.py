"""How many are certified on what is said now, kept per practice: the level, and the days on which it rose and fell."""

from datetime import date, datetime
from typing import Any

from flask import current_app
from sqlalchemy import func, select

from portal import clock
from portal.accounts.models import Person
from portal.certification.models import CertificationState
from portal.counters import services as counters
from portal.counters.models import DailyCount, Standing
from portal.db import db

LEVEL, FLOW = "certified", "certified"


def version_key(pitch_id: int, number: int) -> str:
    """What the flow of a version is kept under."""
    return f"{pitch_id}/{number}"


def changed(practice_id: int, pitch_id: int, number: int, n: int, now: datetime) -> None:
    """Somebody in a practice became current, or is no longer."""
    counters.moved(LEVEL, practice_id=practice_id, of=str(pitch_id), n=n)
    if number:
        counters.happened(
            FLOW, practice_id=practice_id, on=firm_day(now), discipline=version_key(pitch_id, number), n=n
        )


def follow(pitch_id: int, number: int, now: datetime) -> None:
    """After a version came in force: each practice's level is what the rows say, and its curve goes on from there."""
    after = {
        practice_id: n
        for practice_id, n in db.session.execute(
            select(Person.practice_id, func.count())
            .join(CertificationState, CertificationState.person_id == Person.id)
            .where(CertificationState.pitch_id == pitch_id, CertificationState.stale_at.is_(None), Person.is_active)
            .group_by(Person.practice_id)
        )
    }
    before = _sums(
        select(Standing.practice_id, Standing.n).where(Standing.measure == LEVEL, Standing.of == str(pitch_id))
    )
    for practice_id in sorted(before.keys() | after.keys()):
        change = after.get(practice_id, 0) - before.get(practice_id, 0)
        counters.moved(LEVEL, practice_id=practice_id, of=str(pitch_id), n=change)
    if not number:
        return
    key = version_key(pitch_id, number)
    counted = _sums(
        select(DailyCount.practice_id, func.sum(DailyCount.n))
        .where(DailyCount.measure == FLOW, DailyCount.discipline == key)
        .group_by(DailyCount.practice_id)
    )
    for practice_id in sorted(counted.keys() | after.keys()):
        change = after.get(practice_id, 0) - counted.get(practice_id, 0)
        if change:
            counters.happened(FLOW, practice_id=practice_id, on=firm_day(now), discipline=key, n=change)


def firm_day(now: datetime) -> date:
    """The firm's day; a curve has one calendar for everybody."""
    return clock.day_in(now, current_app.extensions["portal_config"].TIME_ZONE)


def _sums(statement: Any) -> dict[int, int]:
    return {practice_id: int(n) for practice_id, n in db.session.execute(statement)}
