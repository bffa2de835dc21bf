"""What the people of the demo firm recited, what coaches answered, and what waits for them."""

import hashlib
import math
import random
import struct
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from portal import files
from portal.access import Role
from portal.demo import recital_words as words
from portal.demo.course import Course, Talk
from portal.demo.people import FIXED, Level, Member
from portal.demo.rows import Rows
from portal.demo.seasons import Year
from portal.message import queries as message
from portal.recitals import rubrics, scoring
from portal.recitals.models import (
    CriterionScore,
    Decision,
    Invitation,
    Medium,
    Recital,
    RecitalComment,
    Recording,
    RubricVersion,
    Scope,
    State,
)

RECITE = {Level.KEEN: 0.9, Level.STEADY: 0.6, Level.OCCASIONAL: 0.15, Level.ABSENT: 0.0}
AGAIN = 0.25
"""How often a first try comes back."""
WAITING = (11, 6, 4, 3, 1)
"""For how many days somebody of each area waits; the longest is about the median and a bit."""
LAST_MONTHS = timedelta(days=150)
SECONDS, RATE = 6, 8000


@dataclass(frozen=True)
class Story:
    """One recital, told at the end."""

    member: Member
    medium: Medium
    at: datetime
    state: State
    coach: Member | None = None
    after: int | None = None
    wait: timedelta = timedelta(days=2)
    is_read: bool = True
    note: str = ""


class Reciting:
    """Where everybody recites."""

    def __init__(self, members: list[Member], course: Course, rows: Rows, year: Year):
        self._members, self._course, self._rows, self._year = members, course, rows, year
        self._rubric = rubrics.in_force(Scope.WHOLE)
        self._sentences: dict[tuple[int, int], list[str]] = {}
        self._hash = ""

    def tell(self) -> None:
        """All recitals of the year, then those that wait now, and the ones that the sign-in page's people see."""
        known = dict(zip(FIXED, self._members, strict=False))
        shown = {known["practitioner"].id, known["coach"].id}
        for member in self._members:
            if member.id not in shown:
                self._year_of(member)
        self._those_who_wait(shown)
        self._showcase(known["practitioner"], known["coach"], known["leader"])

    def _year_of(self, member: Member) -> None:
        rng = random.Random(f"recitals/{member.id}")
        moments = [moment for moment in member.moments if moment > self._year.now - LAST_MONTHS]
        coach = next(self._coaches(member), None)
        if not moments or coach is None or rng.random() > RECITE[member.level]:
            return
        at = moments[0]
        wait = timedelta(hours=rng.randrange(6, 120))
        before = None
        if rng.random() < AGAIN and at + wait + timedelta(days=3) < self._year.now:
            before = self._add(Story(member, Medium.TYPED, at, State.AGAIN, coach, wait=wait), rng)
            at += wait + timedelta(days=2)
        if at + wait < self._year.now:
            self._add(Story(member, Medium.TYPED, at, State.PASSED, coach, before, wait), rng)

    def _those_who_wait(self, shown: set[int]) -> None:
        """A few in each area, and its leader; one of them recorded."""
        by_area: dict[str, list[Member]] = {}
        for member in self._members:
            if member.moments and member.id not in shown:
                by_area.setdefault(member.area, []).append(member)
        for area in sorted(by_area):
            leads = [one for one in by_area[area] if any(role == Role.LEADER for role, _where in one.roles)][:1]
            others = [one for one in by_area[area] if not one.roles][: len(WAITING) - 1]
            for place, member in enumerate(others + leads):
                medium = Medium.AUDIO if place == 1 else Medium.TYPED
                at = self._year.ago(WAITING[place], hour=9 + place)
                self._add(Story(member, medium, at, State.SUBMITTED), random.Random(f"waiting/{member.id}"))

    def _showcase(self, ana: Member, ben: Member, lena: Member) -> None:
        rng = random.Random("showcase")
        first = self._add(Story(ana, Medium.TYPED, self._year.ago(120), State.PASSED, ben, note=words.ANA_PASSED), rng)
        wait = timedelta(days=1, hours=5)
        story = Story(
            ana, Medium.AUDIO, self._year.ago(3), State.AGAIN, ben, first, wait, is_read=False, note=words.ANA_AGAIN
        )
        second = self._add(story, rng)
        for number, (second_of, text) in enumerate(words.ANA_REMARKS):
            self._remark(second, ben, story.at + wait, text, key=f"demo-{number}", second=second_of)
        self._add(Story(ana, Medium.TYPED, self._year.ago(1), State.DRAFT), rng)
        lenas = self._add(Story(lena, Medium.TYPED, self._year.ago(2), State.DRAFT), rng)
        for recital, asked, days in ((lenas, ana, 1), (second, lena, 2)):
            self._rows.add(
                Invitation,
                recital_id=recital,
                person_id=asked.id,
                at=self._year.ago(days),
                withdrawn_at=None,
                answered_at=None if asked is ana else self._year.ago(1),
            )
        self._remark(second, lena, self._year.ago(1), words.LENA_WROTE, key="demo-lena", is_from_coach=False)

    def _coaches(self, member: Member) -> Iterator[Member]:
        """Who hears somebody: coaches of their area before its leaders, never themselves."""
        for role in (Role.COACH, Role.LEADER):
            for other in self._members:
                if other.id != member.id and (role, member.area) in other.roles:
                    yield other

    def _talk(self, member: Member) -> Talk:
        """The pitch that somebody speaks with."""
        talks = self._course.talks
        return talks.get(member.practice_key) or talks.get(member.area) or talks[""]

    def _add(self, story: Story, rng: random.Random) -> int:
        member, talk = story.member, self._talk(story.member)
        number = talk.number if story.at >= talk.since else max(1, talk.number - 1)
        recital_id, is_decided = self._rows.number(Recital), story.state in {State.PASSED, State.AGAIN}
        decided_at = story.at + story.wait if is_decided else None
        coach_id = story.coach.id if story.coach and is_decided else None
        is_typed = story.medium == Medium.TYPED
        self._rows.add(
            Recital,
            id=recital_id,
            person_id=member.id,
            pitch_id=talk.id,
            number=number,
            scope=Scope.WHOLE,
            claim_keys=[],
            medium=story.medium,
            text=self._text(talk.id, number, rng, poor=story.state == State.AGAIN) if is_typed else "",
            covered=[],
            state=story.state,
            key=f"demo-{recital_id}",
            after_id=story.after,
            created_at=story.at,
            saved_at=story.at,
            submitted_at=None if story.state == State.DRAFT else story.at,
            coach_id=coach_id,
            held_until=None,
            decided_at=decided_at,
            decided_by_id=coach_id,
            read_at=decided_at + timedelta(hours=3) if decided_at and story.is_read else None,
            version=1,
        )
        if not is_typed:
            self._record(recital_id, story.at)
        if decided_at and story.coach:
            self._decide(recital_id, story, decided_at, rng)
        return recital_id

    def _text(self, pitch_id: int, number: int, rng: random.Random, *, poor: bool) -> str:
        """The claims, most of them, as somebody says them."""
        if (pitch_id, number) not in self._sentences:
            claims = [claim for claim in message.claims_of(pitch_id, number) if not claim.answer]
            self._sentences[pitch_id, number] = [claim.text for claim in claims]
        told = self._sentences[pitch_id, number]
        if poor:
            return " ".join([rng.choice(words.BEGUN_BADLY), told[1], rng.choice(words.ENDED_BADLY)])
        kept = [told[0], *(each for each in told[1:-1] if rng.random() < 0.65), told[-1]]
        return f"{rng.choice(words.BEGUN_WELL)}{' '.join(kept)}"

    def _decide(self, recital_id: int, story: Story, at: datetime, rng: random.Random) -> None:
        levels = _levels(self._rubric, rng, passed=story.state == State.PASSED)
        decision_id, coach = self._rows.number(Decision), story.coach
        assert coach is not None
        notes = words.PASSED if story.state == State.PASSED else words.AGAIN
        self._rows.add(
            Decision,
            id=decision_id,
            recital_id=recital_id,
            by_id=coach.id,
            at=at,
            outcome=story.state,
            note=story.note or rng.choice(notes),
            rubric_id=self._rubric.rubric_id,
            rubric_number=self._rubric.number,
            score=scoring.score(self._rubric.criteria, levels),
        )
        for criterion, level in levels.items():
            self._rows.add(CriterionScore, decision_id=decision_id, criterion=criterion, level=level)

    def _remark(self, recital_id: int, by: Member, at: datetime, text: str, **given: Any) -> None:
        about = {"second": None, "claim_key": "", "is_from_coach": True} | given
        self._rows.add(RecitalComment, recital_id=recital_id, by_id=by.id, at=at, text=text, **about)

    def _record(self, recital_id: int, at: datetime) -> None:
        sound = _sound()
        if not self._hash:
            self._hash = hashlib.sha256(sound).hexdigest()
            with tempfile.NamedTemporaryFile(prefix="portal-demo-") as file:
                file.write(sound)
                file.flush()
                files.store().put(Path(file.name), sha256=self._hash)
        self._rows.add(
            Recording,
            recital_id=recital_id,
            key="demo",
            content_type="audio/wav",
            total=len(sound),
            received=len(sound),
            sha256=self._hash,
            seconds=SECONDS,
            begun_at=at,
            kept_at=at,
            discarded_at=None,
            deleted_at=None,
        )


def _levels(rubric: RubricVersion, rng: random.Random, *, passed: bool) -> dict[str, int]:
    """Levels that fit the outcome."""
    while True:
        levels = {
            each["key"]: min(len(each["levels"]) - 1, rng.choice((2, 2, 3) if passed else (0, 1, 1, 2)))
            for each in rubric.criteria
        }
        if scoring.passes(scoring.score(rubric.criteria, levels), rubric.pass_mark) == passed:
            return levels


def _sound() -> bytes:
    """A soft rise and fall, standing in for a voice, as a WAV file."""
    samples = bytes(
        128 + round(30 * math.sin(math.pi * (n % 4000) / 4000) * math.sin(n * (0.1 + 0.02 * (n // 4000 % 3))))
        for n in range(SECONDS * RATE)
    )
    head = struct.pack("<IHHIIHH", 16, 1, 1, RATE, RATE, 1, 8)
    return b"RIFF%sWAVEfmt %sdata%s%s" % (
        struct.pack("<I", 36 + len(samples)),
        head,
        struct.pack("<I", len(samples)),
        samples,
    )
