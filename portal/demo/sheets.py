"""Worksheets that people of the firm filled in."""

import random
from datetime import date, datetime, timedelta
from typing import Any

from portal.demo import words
from portal.demo.course import Course, Sheet
from portal.demo.people import Member
from portal.demo.rows import Rows
from portal.demo.seasons import Sitting
from portal.demo.totals import Totals
from portal.worksheets import definition, freshness
from portal.worksheets.definition import CHOICE, COMPUTED, DATE, NUMBER, PICKERS, SCALE, TABLE, Field, Section
from portal.worksheets.kinds import as_chosen
from portal.worksheets.models import FilledHistory, FilledWorksheet

ABOUT_A_CLIENT = ("referral", "cross-sell", "touch")
"""What rows become in worksheets that people call by an organisation."""
PAST = ("happened_on", "last_touch")
"""Columns with days that have been."""
MARKS = "0123456789abcdefghijklmnopqrstuvwxyz"


class Folder:
    """The worksheets of one person."""

    def __init__(self, member: Member, course: Course, rows: Rows, totals: Totals):
        self.member, self.course, self.rows, self.totals = member, course, rows, totals
        self._begun: dict[str, dict[str, Any]] = {}

    def fill(self, key: str, sitting: Sitting, *, to_the_end: bool) -> dict[str, Any] | None:
        """Begin a worksheet, or go on with it; the filled one once it is finished."""
        sheet = self.course.sheets[key]
        filled = self._begun.pop(key, None) or self._begin(sheet, sitting)
        share = 1.0 if to_the_end else self.member.rng.uniform(0.25, 0.7)
        kept = filled["answers"]
        if kept:
            filled["history"].append(_kept(filled["version"], sheet.number, kept, sitting.moment))
        filled["answers"] = kept | answers(sheet, self.member, sitting.day, share, kept)
        _age(filled, sheet, kept, sitting.day)
        filled["saved_at"] = sitting.later(600)
        filled["version"] += 1
        self.totals.active(self.member, sitting.day)
        if not to_the_end:
            self._begun[key] = filled
            return None
        filled["finished_at"] = sitting.later(20)
        filled["version"] += 1
        self._write(filled)
        return filled

    def write(self) -> None:
        """Hand over what was begun and not finished."""
        for filled in self._begun.values():
            self._write(filled)

    def _begin(self, sheet: Sheet, sitting: Sitting) -> dict[str, Any]:
        is_about_a_client = any(field.becomes in ABOUT_A_CLIENT for field in sheet.fields)
        return {
            "id": self.rows.number(FilledWorksheet),
            "person_id": self.member.id,
            "worksheet_id": sheet.id,
            "number": sheet.number,
            "name": words.organisation(self.member.rng) if is_about_a_client else "",
            "answers": {},
            "saved_at": sitting.moment,
            "finished_at": None,
            "archived_at": None,
            "left_over": [],
            "stamps": {},
            "stale_on": None,
            "version": 1,
            "history": [_kept(1, sheet.number, {}, sitting.moment)],
        }

    def _write(self, filled: dict[str, Any]) -> None:
        history = filled.pop("history")
        self.rows.add(FilledWorksheet, **filled)
        for earlier in history:
            self.rows.add(FilledHistory, filled_id=filled["id"], **earlier)


def _kept(version: int, number: int, answers: dict[str, Any], at: datetime) -> dict[str, Any]:
    return {"version": version, "number": number, "answers": answers, "left_over": [], "at": at}


def _age(filled: dict[str, Any], sheet: Sheet, before: dict[str, Any], day: date) -> None:
    """Note when answers that age were written."""
    sections = (Section("all", "", "", tuple(sheet.fields)),)
    if freshness.days(sections):
        was, is_now = definition.flat(before), definition.flat(filled["answers"])
        stamps = freshness.stamped(sections, before=was, after=is_now, stamps=filled["stamps"], on=day, since=day)
        filled |= {"stamps": stamps, "stale_on": freshness.stale_on(sections, stamps)}


def answers(sheet: Sheet, member: Member, day: date, share: float, kept: dict[str, Any]) -> dict[str, Any]:
    """Answers to a share of the fields, from the top, as they are stored; those that are kept stay."""
    facts = words.facts(member.rng, member.area)
    found: dict[str, Any] = {}
    for field in sheet.fields[: max(1, round(len(sheet.fields) * share))]:
        if field.key not in kept and field.kind != COMPUTED and not (field.optional and member.rng.random() < 0.5):
            is_table = field.kind == TABLE
            found[field.key] = _table(field, member, day) if is_table else _text(field, facts, member.rng, day)
    return found


def _table(field: Field, member: Member, day: date) -> list[dict[str, str]]:
    """Rows that stand there at first, or some of the person's own; only one of these is filled like the examples."""
    rng, rows = member.rng, []
    columns = [column for column in field.columns if column.kind != COMPUTED]
    stands = [dict(cells) for cells in field.start] or [{} for _ in range(rng.choices((1, 2, 3), weights=(5, 3, 1))[0])]
    for number, stood in enumerate(stands, start=1):
        facts = words.facts(rng, member.area)
        facts["name"] = facts["contact"]
        cells = {
            column.key: stood.get(column.key) or _text(column, facts, rng, day, is_first=number == 1)
            for column in columns
        }
        name = f"s{number}" if field.start else "".join(rng.choices(MARKS, k=6))
        rows.append({"row": name} | {key: text for key, text in cells.items() if text})
    speaking = {column.key for column in columns if column.kind not in (CHOICE, SCALE, NUMBER, DATE)}
    return [row for row in rows if speaking & set(row)]


def _text(field: Field, facts: dict[str, str], rng: random.Random, day: date, *, is_first: bool = True) -> str:
    """What becomes something is made up; the other fields are filled like their examples."""
    if field.kind in (CHOICE, SCALE):
        return rng.choice(field.options or field.steps)
    if field.kind == NUMBER:
        return definition.clean(NUMBER, field.example) if field.example[:1].isdigit() else str(rng.randrange(1, 12))
    if field.kind == DATE:
        days = -rng.randrange(5, 120) if field.key in PAST else rng.randrange(3, 25)
        return (day + timedelta(days=days)).isoformat()
    said = facts.get(field.key) or ((field.example or "I will think about it") if is_first else "")
    return definition.clean(field.kind, as_chosen(field, said, "") if field.kind in PICKERS else said)
