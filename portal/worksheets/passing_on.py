"""Worksheets of somebody who leaves: what they wrote stays on record, without the names of their contacts."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import delete, func, select, update

from portal.db import changed, db
from portal.worksheets import definition, masking
from portal.worksheets.definition import NAME, Section
from portal.worksheets.models import (
    BroughtSheet,
    FilledHistory,
    FilledWorksheet,
    LinkKind,
    Reminder,
    RowLink,
    Submission,
    SubmissionRemark,
    WorksheetVersion,
)


def counts(person_id: int) -> tuple[int, int]:
    """How many worksheets somebody filled, and how many reminders wait for them."""
    filled = select(func.count()).where(FilledWorksheet.person_id == person_id)
    waiting = select(func.count()).where(Reminder.person_id == person_id, Reminder.done_at.is_(None))
    return db.session.scalar(filled) or 0, db.session.scalar(waiting) or 0


def person_left(person_id: int) -> None:
    """Forget the reminders and the sheets that were brought back, and hide in everything else who the contacts were."""
    reminders = select(Reminder.id).where(Reminder.person_id == person_id)
    changed(delete(RowLink).where(RowLink.kind == LinkKind.REMINDER, RowLink.target_id.in_(reminders)))
    changed(delete(Reminder).where(Reminder.person_id == person_id))
    mine = select(FilledWorksheet.id).where(FilledWorksheet.person_id == person_id)
    changed(delete(BroughtSheet).where(BroughtSheet.filled_id.in_(mine)))
    rows = db.session.execute(
        select(
            FilledWorksheet.id,
            FilledWorksheet.worksheet_id,
            FilledWorksheet.number,
            FilledWorksheet.name,
            FilledWorksheet.answers,
            FilledWorksheet.left_over,
        ).where(FilledWorksheet.person_id == person_id)
    ).all()
    versions = _versions({row.worksheet_id for row in rows})
    for row in rows:
        _hide(row, versions)
    db.session.expire_all()


def _versions(worksheet_ids: set[int]) -> dict[tuple[int, int], tuple[Section, ...]]:
    found = select(WorksheetVersion.worksheet_id, WorksheetVersion.number, WorksheetVersion.sections)
    rows = db.session.execute(found.where(WorksheetVersion.worksheet_id.in_(worksheet_ids)))
    return {(row.worksheet_id, row.number): definition.read(row.sections) for row in rows}


def _hide(filled: Any, versions: Mapping[tuple[int, int], Sequence[Section]]) -> None:
    """Hide the names in one worksheet, in all that it said before, and in what was said about it."""
    told = db.session.execute(
        select(FilledHistory.version, FilledHistory.number, FilledHistory.answers, FilledHistory.left_over).where(
            FilledHistory.filled_id == filled.id
        )
    ).all()
    called: dict[str, str] = {}
    for one in (filled, *told):
        sections = versions[filled.worksheet_id, one.number]
        for name in masking.names(sections, definition.flat(one.answers)):
            called.setdefault(name, f"Contact {len(called) + 1}")
    if not called:
        return
    for one in told:
        hidden = _hidden(versions[filled.worksheet_id, one.number], one, called)
        same = (FilledHistory.filled_id == filled.id, FilledHistory.version == one.version)
        changed(update(FilledHistory).where(*same).values(hidden))
    hidden = _hidden(versions[filled.worksheet_id, filled.number], filled, called) | {
        "name": _plain(filled.name, called)
    }
    changed(update(FilledWorksheet).where(FilledWorksheet.id == filled.id).values(hidden))
    _hide_what_was_said(filled.id, called)


def _hidden(sections: Sequence[Section], one: Any, called: Mapping[str, str]) -> dict[str, Any]:
    answers = definition.nested(masking.masked(sections, definition.flat(one.answers), called))
    return {"answers": answers, "left_over": [{**each, "text": _plain(each["text"], called)} for each in one.left_over]}


def _hide_what_was_said(filled_id: int, called: Mapping[str, str]) -> None:
    shown = db.session.execute(
        select(Submission.id, Submission.name, Submission.words).where(Submission.filled_id == filled_id)
    ).all()
    for one in shown:
        hidden = {"name": _plain(one.name, called), "words": _plain(one.words, called)}
        changed(update(Submission).where(Submission.id == one.id).values(hidden))
    remarks = select(SubmissionRemark.id, SubmissionRemark.text)
    for remark in db.session.execute(remarks.where(SubmissionRemark.submission_id.in_([one.id for one in shown]))):
        text = _plain(remark.text, called)
        changed(update(SubmissionRemark).where(SubmissionRemark.id == remark.id).values(text=text))


def _plain(text: str, called: Mapping[str, str]) -> str:
    return masking.masked((), {NAME: text}, called)[NAME]
