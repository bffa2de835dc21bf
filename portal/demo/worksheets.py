"""What became of the demo firm's worksheets: rows that were followed up, a newer version, one that was put aside."""

from collections.abc import Iterable
from datetime import timedelta
from itertools import islice
from typing import Any

from sqlalchemy import insert, literal, select, update

from portal.db import db
from portal.demo.people import Member
from portal.demo.seasons import Year
from portal.markup import fingerprint
from portal.pipeline.models import Opportunity
from portal.worksheets import definition
from portal.worksheets.models import FilledWorksheet, LinkKind, Reminder, RowLink, Worksheet, WorksheetVersion

REVISED = "three-audiences"
"""The worksheet that marketing improved not long ago."""
ASKED_BEFORE = {
    "key": "one-more-thought",
    "label": "What I would rather not be asked",
    "kind": "text",
    "optional": True,
}
THOUGHT = "Why we are dearer than the firm down the road. I say what the price has in it, and stop there."
DUE_IN = (-1, 2, 6)
"""In how many days what somebody asked to be reminded of is due."""


def link_rows() -> None:
    """Link every row with the opportunity that was logged from it."""
    logged = select(
        Opportunity.filled_id,
        Opportunity.row,
        literal(LinkKind.OPPORTUNITY, RowLink.kind.type),
        Opportunity.id,
        Opportunity.created_at,
    ).where(Opportunity.filled_id.is_not(None), Opportunity.row.is_not(None))
    db.session.execute(insert(RowLink).from_select(["filled_id", "row", "kind", "target_id", "at"], logged))


def show(known: Iterable[Member], year: Year) -> None:
    """What the fixed people find: reminders, a worksheet in an older version, and an archive."""
    ids = [member.id for member in known]
    mine = select(FilledWorksheet).where(FilledWorksheet.person_id.in_(ids)).order_by(FilledWorksheet.id)
    filled = list(db.session.scalars(mine))
    _revise(filled, year)
    for person_id in ids:
        own = [each for each in filled if each.person_id == person_id]
        _remind(own, year)
        _archive(own, year)
    db.session.flush()


def _revise(filled: list[FilledWorksheet], year: Year) -> None:
    """Let a worksheet have a version before the one that everybody fills; what is finished there was filled with it."""
    sheet = db.session.scalar(select(Worksheet).where(Worksheet.key == REVISED, Worksheet.number == 1))
    if sheet is None:
        return
    newest = db.session.scalars(select(WorksheetVersion).where(WorksheetVersion.worksheet_id == sheet.id)).one()
    sections, mark = newest.sections, newest.fingerprint
    db.session.add(
        WorksheetVersion(
            worksheet_id=sheet.id, number=2, sections=sections, html=newest.html, fingerprint=mark, at=year.ago(20)
        )
    )
    first = {**sections[0], "fields": [*sections[0]["fields"], ASKED_BEFORE]}
    newest.sections = [first, *sections[1:]]
    newest.fingerprint = fingerprint(newest.sections, newest.html)
    sheet.number = 2
    db.session.flush()
    kept = {each.id for each in filled if each.worksheet_id == sheet.id}
    others = update(FilledWorksheet).where(FilledWorksheet.worksheet_id == sheet.id, FilledWorksheet.id.not_in(kept))
    db.session.execute(others.values(number=2), execution_options={"synchronize_session": False})
    for each in filled:
        if each.id in kept:
            each.answers = {**each.answers, str(ASKED_BEFORE["key"]): THOUGHT}


def _remind(own: list[FilledWorksheet], year: Year) -> None:
    for days, (each, cells) in zip(DUE_IN, islice(_steps(own), len(DUE_IN)), strict=False):
        due_on, at = year.today + timedelta(days=days), year.ago(4)
        what = cells.get("what") or cells["next_step"]
        reminder = Reminder(person_id=each.person_id, what=what, due_on=due_on, created_at=at)
        db.session.add(reminder)
        db.session.flush()
        facts = {"filled_id": each.id, "row": cells["row"], "kind": LinkKind.REMINDER}
        db.session.add(RowLink(**facts, target_id=reminder.id, at=at))


def _steps(own: list[FilledWorksheet]) -> Iterable[tuple[FilledWorksheet, dict[str, Any]]]:
    for each in own:
        version = select(WorksheetVersion.sections).filter_by(worksheet_id=each.worksheet_id, number=each.number)
        for table in definition.fields(definition.read(db.session.scalars(version).one())).values():
            if table.follow_up == "reminder":
                rows = each.answers.get(table.key, [])
                yield from ((each, cells) for cells in rows if cells.get("what") or cells.get("next_step"))


def _archive(own: list[FilledWorksheet], year: Year) -> None:
    """An older one of the same worksheet, put aside."""
    finished = next((each for each in own if each.finished_at), None)
    if finished is None:
        return
    long_ago = finished.saved_at - timedelta(days=200)
    older = FilledWorksheet(person_id=finished.person_id, worksheet_id=finished.worksheet_id, number=finished.number)
    older.name, older.answers, older.version = "The year before", finished.answers, 3
    older.saved_at, older.finished_at, older.archived_at = long_ago, long_ago, year.ago(60)
    db.session.add(older)
