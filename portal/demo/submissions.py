"""Worksheets that people of the demo firm showed to a coach, what came back, and what waits."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from portal.access import Role
from portal.db import db
from portal.demo.people import FIXED, Level, Member
from portal.demo.rows import Rows
from portal.demo.seasons import Year
from portal.worksheets import queries
from portal.worksheets.definition import TEXT, fields, flat
from portal.worksheets.models import (
    BroughtSheet,
    FilledHistory,
    FilledWorksheet,
    Submission,
    SubmissionDecision,
    SubmissionRemark,
)
from portal.worksheets.submission_models import Standing

WAITING = (8, 5, 3, 1)
"""For how many days somebody of each area waits."""
ANSWERED = 12
"""How many of each area were answered in the last months."""
ASKED = (
    "Is the ask small enough to be answered in a sentence?",
    "I am not sure about the second part.",
    "My first one. Be honest, please.",
    "",
)
NOTES = (
    "Clear and short; you could say it aloud tomorrow. Start with the second one.",
    "I know at once whom you mean. One more pass over the ask, and it is ready.",
    "Good: it is about them, not about us. Put a day to it, or it will wait.",
)
REMARKS = (
    "Good. I would stop after the first sentence; the rest can wait for the question.",
    "Put one real example here. I believe examples, and so will they.",
    "This is the one to say aloud. Learn it, and cut what stands around it.",
    "Which words would they use for this? I would begin with those.",
)
ANA_RETURNED = "I can hear you saying it, and that is the point. Sharpen three places, then use it."
ANA_ACCEPTED = "This is how I would do it. Use it this week, before it gets cold."
BEFORE = 0
"""The version under which an earlier wording is kept; nothing else has it."""


@dataclass(frozen=True)
class Round:
    """One time that a worksheet was shown."""

    sheet: Any
    version: int | None
    """What of its history was shown; what it says in the end, where there is none."""
    at: datetime
    standing: Standing
    coach: Member | None = None
    note: str = ""
    remarks: int = 0
    is_read: bool = True
    words: str = ""


class Showing:
    """Where everybody shows worksheets."""

    def __init__(self, members: list[Member], rows: Rows, year: Year):
        self._members, self._rows, self._year = members, rows, year

    def tell(self) -> None:
        """What was answered, what waits in each area, and what the sign-in page's people see."""
        known = dict(zip(FIXED, self._members, strict=False))
        fixed = {member.id for member in known.values()}
        chosen: dict[str, list[Member]] = defaultdict(list)
        for member in self._members:
            is_one = member.moments and not member.roles and member.level in (Level.KEEN, Level.STEADY)
            if is_one and member.id not in fixed and len(chosen[member.area]) < len(WAITING) + ANSWERED:
                chosen[member.area].append(member)
        shown = [member for some in chosen.values() for member in some]
        sheets = self._sheets([*shown, *known.values()])
        for area in sorted(chosen):
            self._area(chosen[area], sheets)
        self._showcase(known, sheets)
        self._rows.finish()

    def _sheets(self, members: list[Member]) -> dict[int, list[Any]]:
        """What each of them finished, oldest first."""
        columns = FilledWorksheet.__table__.c
        found = db.session.execute(
            select(
                *(columns.id, columns.person_id, columns.worksheet_id, columns.number, columns.version),
                *(columns.name, columns.answers, columns.left_over, columns.finished_at),
            )
            .where(
                columns.person_id.in_([member.id for member in members]),
                columns.finished_at.is_not(None),
                columns.archived_at.is_(None),
            )
            .order_by(columns.finished_at, columns.id)
        )
        sheets: dict[int, list[Any]] = defaultdict(list)
        for row in found:
            sheets[row.person_id].append(row)
        return sheets

    def _area(self, members: list[Member], sheets: dict[int, list[Any]]) -> None:
        able = [member for member in members if sheets[member.id]]
        for place, member in enumerate(able):
            coach = next(self._coaches(member), None)
            if coach is None:
                continue
            if place < len(WAITING):
                at = self._year.ago(WAITING[place], hour=9 + place)
                self._wait(sheets[member.id].pop(), at, coach, again=place == 1)
            for sheet in sheets[member.id][-1:]:
                standing = Standing.RETURNED if place % 3 == 1 else Standing.ACCEPTED
                remarks = 1 if standing == Standing.RETURNED else 0
                at = self._year.ago(80 - 5 * place, hour=11)
                self._show(Round(sheet, None, at, standing, coach, NOTES[place % 3], remarks))

    def _wait(self, sheet: Any, at: datetime, coach: Member, *, again: bool = False) -> None:
        """One that waits; or that waits again, after an earlier wording of it came back."""
        if again:
            self._keep(sheet, BEFORE, _shorter(sheet.answers), at - timedelta(days=7))
            before = at - timedelta(days=6)
            self._show(Round(sheet, BEFORE, before, Standing.RETURNED, coach, NOTES[1], 2))
        self._show(Round(sheet, None, at, Standing.WAITING, words=ASKED[sheet.id % len(ASKED)]))

    def _showcase(self, known: dict[str, Member], sheets: dict[int, list[Any]]) -> None:
        ana, ben = known["practitioner"], known["coach"]
        hers = sheets[ana.id]
        if len(hers) > 1:
            at = self._year.ago(20)
            self._show(Round(hers[-2], None, at, Standing.ACCEPTED, ben, ANA_ACCEPTED, words=ASKED[2]))
        if hers:
            at = self._year.ago(3)
            came_back = Round(
                hers[-1], None, at, Standing.RETURNED, ben, ANA_RETURNED, 3, is_read=False, words=ASKED[0]
            )
            self._show(came_back)
        self._bring(ana)
        for local, days in (("leader", 1), ("practitioner2", 2)):
            for sheet in sheets[known[local].id][-1:]:
                self._show(Round(sheet, None, self._year.ago(days, hour=15), Standing.WAITING, words=ASKED[1]))

    def _bring(self, member: Member) -> None:
        """A sheet that somebody filled on the way and brought back yesterday, to look at."""
        open_ones = select(FilledWorksheet).where(
            FilledWorksheet.person_id == member.id,
            FilledWorksheet.finished_at.is_(None),
            FilledWorksheet.archived_at.is_(None),
        )
        found = db.session.scalar(open_ones.order_by(FilledWorksheet.id).limit(1))
        if found is None:
            return
        base = flat(found.answers)
        written = [
            key for key, field in fields(queries.sections_of(found)).items() if field.kind == TEXT and key in base
        ]
        cells = base | {place: f"{base[place].rstrip('.')}, as we said on the train." for place in written[:2]}
        rows = {key: [row["row"] for row in value] for key, value in found.answers.items() if isinstance(value, list)}
        self._rows.add(
            BroughtSheet,
            filled_id=found.id,
            filename="on-the-train.xlsx",
            base=base,
            cells=cells,
            rows=rows,
            wrong=[],
            at=self._year.ago(1, hour=17),
        )

    def _coaches(self, member: Member) -> Iterator[Member]:
        """Who reads somebody's: coaches of their area before its leaders, never themselves."""
        for role in (Role.COACH, Role.LEADER):
            for other in self._members:
                if other.id != member.id and (role, member.area) in other.roles:
                    yield other

    def _show(self, one: Round) -> None:
        sheet, submission_id = one.sheet, self._rows.number(Submission)
        if one.version is None:
            self._keep(sheet, sheet.version, sheet.answers, one.at)
        is_decided = one.coach is not None and one.standing != Standing.WAITING
        decided_at = one.at + timedelta(days=1, hours=5) if is_decided else None
        coach_id = one.coach.id if one.coach and is_decided else None
        self._rows.add(
            Submission,
            id=submission_id,
            filled_id=sheet.id,
            person_id=sheet.person_id,
            answers_version=sheet.version if one.version is None else one.version,
            worksheet_id=sheet.worksheet_id,
            number=sheet.number,
            name=sheet.name,
            words=one.words,
            hides_contacts=False,
            standing=one.standing,
            key=f"demo-{submission_id}",
            submitted_at=one.at,
            coach_id=coach_id,
            held_until=None,
            decided_at=decided_at,
            decided_by_id=coach_id,
            read_at=decided_at + timedelta(hours=2) if decided_at and one.is_read else None,
        )
        if decided_at and one.coach:
            self._decide(submission_id, one, decided_at, one.coach)

    def _keep(self, sheet: Any, version: int, answers: dict[str, Any], at: datetime) -> None:
        self._rows.add(
            FilledHistory,
            filled_id=sheet.id,
            version=version,
            number=sheet.number,
            answers=answers,
            left_over=sheet.left_over,
            at=at,
        )

    def _decide(self, submission_id: int, one: Round, at: datetime, coach: Member) -> None:
        self._rows.add(
            SubmissionDecision, submission_id=submission_id, by_id=coach.id, at=at, outcome=one.standing, note=one.note
        )
        for number, place in enumerate(_places(one.sheet.answers)[: one.remarks]):
            self._rows.add(
                SubmissionRemark,
                submission_id=submission_id,
                by_id=coach.id,
                at=at,
                place=place,
                text=REMARKS[(number + submission_id) % len(REMARKS)],
                answers_id=None,
                dealt_at=at + timedelta(hours=3) if one.is_read and number == 0 else None,
                key=f"demo-{submission_id}-{number}",
            )


def _places(answers: dict[str, Any]) -> list[str]:
    """Where a remark can stand: at fields, and at the first row of a table."""
    return [key if isinstance(value, str) else f"{key}/{value[0]['row']}" for key, value in answers.items() if value]


def _shorter(answers: dict[str, Any]) -> dict[str, Any]:
    """An earlier wording: the first words only, and one answer fewer."""
    texts = [key for key, value in answers.items() if isinstance(value, str) and len(value) > 40]
    cut = {key: " ".join(answers[key].split()[:6]) for key in texts[:2]}
    return {key: value for key, value in (answers | cut).items() if key not in texts[2:3]}
