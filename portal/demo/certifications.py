"""Who was certified in the course of the year, and who has already learned the change of the last days."""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from portal.certification import counting, services, versions
from portal.certification.models import Certification, CertificationRule, CertificationState
from portal.certification.standing import MODULE
from portal.counters.models import DailyCount, Standing
from portal.db import db
from portal.demo.people import Level, Member
from portal.demo.rows import Rows
from portal.demo.seasons import Year
from portal.learning.models import CheckAttempt, Module, Step
from portal.message import queries as message
from portal.message.models import Claim, PitchVersion

LIKELY = {Level.KEEN: 0.97, Level.STEADY: 0.85, Level.OCCASIONAL: 0.6, Level.ABSENT: 0.2}
"""How many of those who passed the check went on to be certified."""
AGAIN = {Level.KEEN: 0.75, Level.STEADY: 0.6, Level.OCCASIONAL: 0.4, Level.ABSENT: 0.1}
"""How many of those who came since the last version have learned the change."""
RULES = ((350, False, False), (150, True, False), (30, True, True))
"""How many days ago a rule was set, and whether it asks for the check and for a recital."""


@dataclass(frozen=True)
class _Version:
    pitch_id: int
    number: int
    at: datetime
    cards: int


def certify(members: Sequence[Member], known: dict[str, Member], year: Year, rows: Rows) -> None:
    """Certifications, where they leave everybody, and what leaders see of it."""
    _rules(known["marketing"], year, rows)
    passed, pitches = _passed_checks(), _versions()
    speaks_with = message.tree().of_practice
    flows: Counter[tuple[int, str, date]] = Counter()
    for member in members:
        line = pitches.get(speaks_with.get(member.practice_id, 0), [])
        for version, at, evidence in _course(
            member, line, passed.get(member.id), year, member is known["practitioner"]
        ):
            before = evidence.pop("after", None)
            row_id = rows.number(Certification)
            rows.add(
                Certification,
                id=row_id,
                uid=f"{random.Random(f'{member.email}/{version.number}').getrandbits(128):032x}",
                person_id=member.id,
                pitch_id=version.pitch_id,
                number=version.number,
                issued_at=at,
                is_delta=before is not None,
                evidence=evidence,
            )
            key = counting.version_key(version.pitch_id, version.number)
            flows[member.practice_id, key, counting.firm_day(at)] += 1
    for (practice_id, key, on), n in flows.items():
        rows.add(DailyCount, practice_id=practice_id, measure=counting.FLOW, discipline=key, on=on, n=n, amount=0)
    rows.finish()
    services.rebuild()
    _levels({member.id: member.practice_id for member in members})


def _course(member: Member, line: list[_Version], check: Any, year: Year, is_shown: bool) -> list[Any]:
    """The versions that somebody was certified on, each with the moment and what counted."""
    if not line or member.rng.random() > LIKELY[member.level]:
        return []
    rng, first, last = random.Random(member.email), line[0], line[-1]
    check_id, check_at = check or (None, None)
    came = [moment for moment in member.moments[2:] if moment > first.at]
    early = [moment for moment in came if moment < year.ago(RULES[1][0])]
    with_check = [moment for moment in came if check_at and check_at < moment < year.ago(RULES[2][0])]
    later = early or with_check
    if not later:
        return []
    at = later[min(len(later) - 1, rng.randrange(3))] + timedelta(minutes=rng.randrange(8, 20))
    known = max(-(-first.cards * 4 // 5), first.cards - rng.randrange(3))
    counted: dict[str, Any] = {"cards": {"known": known, "of": first.cards}, "recital": None}
    told = [(first, at, counted | {"check": check_id if check_at and check_at < at else None})]
    since = [moment for moment in member.moments if moment > last.at]
    if last is not first and since and not is_shown and rng.random() < AGAIN[member.level]:
        counted = {"cards": {"known": 3, "of": 3}, "recital": None, "check": None, "after": first.number}
        told.append((last, since[0] + timedelta(minutes=6), counted))
    return [each for each in told if each[1] < year.now]


def _rules(by: Member, year: Year, rows: Rows) -> None:
    for days, needs_check, needs_recital in RULES:
        rows.add(
            CertificationRule,
            id=rows.number(CertificationRule),
            known_percent=80,
            needs_check=needs_check,
            needs_recital=needs_recital,
            at=year.ago(days),
            by_id=by.id,
        )


def _passed_checks() -> dict[int, tuple[int, datetime]]:
    found = db.session.execute(
        select(CheckAttempt.person_id, func.min(CheckAttempt.id), func.min(CheckAttempt.at))
        .join(Step, Step.id == CheckAttempt.step_id)
        .join(Module, Module.id == Step.module_id)
        .where(Module.key == MODULE, CheckAttempt.passed)
        .group_by(CheckAttempt.person_id)
    )
    return {person_id: (id_, at) for person_id, id_, at in found}


def _versions() -> dict[int, list[_Version]]:
    """The versions of each pitch, without those that say what the one before said."""
    found: dict[int, list[_Version]] = {}
    for pitch_id, number, at, cards in db.session.execute(
        select(PitchVersion.pitch_id, PitchVersion.number, PitchVersion.published_at, func.count(Claim.id))
        .join(Claim, Claim.version_id == PitchVersion.id)
        .group_by(PitchVersion.id, PitchVersion.pitch_id, PitchVersion.number, PitchVersion.published_at)
        .order_by(PitchVersion.pitch_id, PitchVersion.number)
    ):
        said = versions.of(pitch_id)
        line = found.setdefault(pitch_id, [])
        if not line or said[line[-1].number].words != said[number].words:
            line.append(_Version(pitch_id, number, at, cards))
    return found


def _levels(practice_of: dict[int, int]) -> None:
    current: Counter[tuple[int, int]] = Counter()
    for person_id, pitch_id in db.session.execute(
        select(CertificationState.person_id, CertificationState.pitch_id).where(CertificationState.stale_at.is_(None))
    ):
        current[practice_of[person_id], pitch_id] += 1
    db.session.add_all(
        Standing(practice_id=practice_id, measure=counting.LEVEL, of=str(pitch_id), n=n, amount=0)
        for (practice_id, pitch_id), n in current.items()
    )
