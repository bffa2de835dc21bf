"""Fluency of a practice and all below it, read from the running totals."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Row, bindparam, cast, exists, func, or_, select

from portal.accounts.models import Person, Practice
from portal.certification import counting, fluency
from portal.certification.fluency import Curve
from portal.certification.models import CertificationState
from portal.counters.models import DailyCount, Standing
from portal.db import rows
from portal.message import queries as message
from portal.message.models import Pitch, PitchVersion

VERSIONS = 3
"""How many versions a picture compares."""

_within = (Practice.path >= bindparam("path"), Practice.path < bindparam("past"))
_LEVELS = (
    select(Standing.practice_id, Standing.measure, Standing.of, Standing.n)
    .join(Practice, Practice.id == Standing.practice_id)
    .where(Standing.measure.in_(("people", counting.LEVEL)), *_within)
)
_VERSIONS = (
    select(
        Pitch.id, Pitch.key, Pitch.title, Pitch.number.label("in_force"), PitchVersion.number, PitchVersion.published_at
    )
    .join(PitchVersion, PitchVersion.pitch_id == Pitch.id)
    .where(Pitch.id == bindparam("pitch_id"))
    .order_by(PitchVersion.number.desc())
    .limit(VERSIONS)
)
_FLOWS = (
    select(DailyCount.discipline, DailyCount.on, cast(func.sum(DailyCount.n), BigInteger).label("n"))
    .where(
        DailyCount.measure == counting.FLOW,
        DailyCount.discipline.in_(bindparam("versions", expanding=True)),
        DailyCount.practice_id.in_(bindparam("practices", expanding=True)),
    )
    .group_by(DailyCount.discipline, DailyCount.on)
)


@dataclass(frozen=True)
class Fluency:
    """What a page shows."""

    key: str
    title: str
    number: int
    """The version in force of the pitch that the practice speaks with."""
    people: int
    certified: int
    """Of all people, how many are certified on what their own pitch says now."""
    curves: list[Curve]
    """Of the practice's pitch, newest version first; of those who speak with it."""
    span: int
    """Over how many days they are drawn."""
    reading: str
    at: datetime

    @property
    def percent(self) -> int:
        """The share, rounded down, so that 100 means everybody."""
        return 100 * self.certified // self.people if self.people else 0


def of_practice(practice_id: int, path: str, now: datetime) -> Fluency | None:
    """How fluent a practice and all below it are; None while no pitch is in force for it."""
    speaks_with = message.tree().of_practice
    pitch_id = speaks_with.get(practice_id)
    if pitch_id is None:
        return None
    people, certified, speakers = _added_up(_levels(path), speaks_with, pitch_id)
    return _told(pitch_id, speakers, people, certified, now)


def of_every_pitch(now: datetime) -> list[Fluency]:
    """How fluent those who speak with each pitch are, in the whole firm."""
    speaks_with = message.tree().of_practice
    levels = _levels("/")
    found = []
    for pitch_id in sorted(set(speaks_with.values())):
        own = {practice_id: each for practice_id, each in speaks_with.items() if each == pitch_id}
        here = [row for row in levels if row.practice_id in own]
        people, certified, speakers = _added_up(here, own, pitch_id)
        found.append(_told(pitch_id, speakers, people, certified, now))
    return found


def _levels(path: str) -> Any:
    return rows(_LEVELS, path=path, past=path[:-1] + "0").all()


def _told(pitch_id: int, speakers: dict[int, int], people: int, certified: int, now: datetime) -> Fluency:
    found = rows(_VERSIONS, pitch_id=pitch_id).all()
    curves = _curves(found, sorted(speakers), now, sum(speakers.values()))
    shown = next((each for each in curves if each.number == found[0].in_force), None)
    first, reading = found[0], fluency.reading(shown)
    return Fluency(
        first.key, first.title, first.in_force, people, certified, curves, fluency.span(curves), reading, now
    )


def is_certified() -> ColumnElement[bool]:
    """That a person is certified on what the pitch they speak with says now."""
    speaks_with: dict[int, list[int]] = defaultdict(list)
    for practice_id, pitch_id in message.tree().of_practice.items():
        speaks_with[pitch_id].append(practice_id)
    return or_(
        False,
        *(
            Person.practice_id.in_(practices)
            & exists().where(
                CertificationState.person_id == Person.id,
                CertificationState.pitch_id == pitch_id,
                CertificationState.stale_at.is_(None),
            )
            for pitch_id, practices in sorted(speaks_with.items())
        ),
    )


def _added_up(levels: Any, speaks_with: Any, pitch_id: int) -> tuple[int, int, dict[int, int]]:
    """People; those certified on their own pitch; and, by practice, those who speak with the pitch that is shown."""
    people = certified = 0
    speakers: dict[int, int] = defaultdict(int)
    for practice_id, measure, of, n in levels:
        own = speaks_with.get(practice_id)
        if measure == "people":
            people += n
            if own == pitch_id:
                speakers[practice_id] += n
        elif of == str(own):
            certified += n
    return people, certified, speakers


def _curves(found: list[Row[Any]], practices: list[int], now: datetime, people: int) -> list[Curve]:
    keys = {counting.version_key(row.id, row.number): row for row in found}
    counts: dict[str, dict[date, int]] = defaultdict(dict)
    for key, on, n in rows(_FLOWS, versions=list(keys), practices=practices):
        counts[key][on] = n
    today = counting.firm_day(now)
    return [
        fluency.curve(row.number, counting.firm_day(row.published_at), counts[key], people=people, until=today)
        for key, row in keys.items()
    ]
