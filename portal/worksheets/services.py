"""Beginning, saving, finishing and restoring worksheets; loading them from content."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from portal.accounts.viewer import Viewer
from portal.counters.services import active
from portal.db import db
from portal.errors import Refused
from portal.markup import fingerprint, rendered
from portal.worksheets import definition, queries
from portal.worksheets.conflicts import merged
from portal.worksheets.definition import NAME, Flat
from portal.worksheets.models import FilledHistory, FilledWorksheet, Worksheet, WorksheetVersion

SITTING = timedelta(minutes=30)
"""What a worksheet said is kept for looking back at most once in this time."""


class SavedSince(Refused):
    """Another tab saved something else at places that this save changes too; nothing was saved."""

    def __init__(self, answers: Flat, theirs: Flat):
        super().__init__("This was changed in another tab since. Nothing is lost: choose which text stays.")
        self.answers = answers
        self.theirs = theirs


class StillEmpty(Refused):
    """Something is needed before the worksheet is finished."""


def current(filled: FilledWorksheet) -> Flat:
    """What a filled worksheet says now, by place, with its name."""
    return {NAME: filled.name, **definition.flat(filled.answers)}


def begin(worksheet: Worksheet, *, by: Viewer, now: datetime) -> FilledWorksheet:
    """Begin a worksheet. A second press leads to the one that was begun just now and is still empty."""
    for begun in queries.under_way(by, worksheet):
        if not begun.answers and not begun.name and begun.number == worksheet.number:
            return begun
    filled = FilledWorksheet(
        person_id=by.id, worksheet=worksheet, number=worksheet.number, name="", answers={}, saved_at=now
    )
    db.session.add(filled)
    db.session.flush()  # the page's address needs the id
    db.session.add(FilledHistory(filled_id=filled.id, version=filled.version, answers={}, at=now))
    active(by, by.today(now))
    return filled


def save(filled: FilledWorksheet, *, before: Mapping[str, str], mine: Flat, by: Viewer, now: datetime) -> Flat:
    """Bring checked answers into what is saved, and return it all. Raises SavedSince rather than overwrite."""
    if filled.finished_at is not None:
        raise Refused("This worksheet is finished, so this was not saved. Open it again to change it.")
    saved = current(filled)
    outcome = merged(before=before, mine=mine, theirs=saved)
    if outcome.theirs:
        raise SavedSince(outcome.answers, outcome.theirs)
    for place, reason in definition.too_much(outcome.answers).items():
        raise Refused(reason, field=place or None)
    answers = definition.nested(outcome.answers)
    name = outcome.answers.get(NAME, "")
    if (answers, name) != (filled.answers, filled.name):
        _change(filled, answers, name=name, by=by, now=now)
    return current(filled)


def finish(filled: FilledWorksheet, *, by: Viewer, now: datetime) -> None:
    """Mark a worksheet as finished, when nothing that it needs is empty."""
    if filled.finished_at is None:
        if definition.missing(queries.sections_of(filled), current(filled)):
            raise StillEmpty("Some answers are still empty.")
        filled.finished_at = now
        filled.version += 1
        active(by, by.today(now))


def reopen(filled: FilledWorksheet) -> None:
    """Open a finished worksheet again, to change it."""
    if filled.finished_at is not None:
        filled.finished_at = None
        filled.version += 1


def restore(filled: FilledWorksheet, kept: FilledHistory, *, by: Viewer, now: datetime) -> None:
    """Let a worksheet say again what it said before; what it says now is kept as well."""
    if filled.finished_at is not None:
        raise Refused("This worksheet is finished. Open it again, then restore.")
    if kept.answers != filled.answers:
        _change(filled, kept.answers, name=filled.name, by=by, now=now, keep=True)


def _change(
    filled: FilledWorksheet, answers: dict[str, Any], *, name: str, by: Viewer, now: datetime, keep: bool = False
) -> None:
    if keep or _is_new_sitting(filled, now):
        db.session.add(FilledHistory(filled_id=filled.id, version=filled.version, answers=filled.answers, at=now))
    filled.answers, filled.name, filled.saved_at = answers, name, now
    filled.version += 1
    active(by, by.today(now))


def _is_new_sitting(filled: FilledWorksheet, now: datetime) -> bool:
    last = db.session.scalar(select(func.max(FilledHistory.at)).where(FilledHistory.filled_id == filled.id))
    return filled.version > 1 and (last is None or now - last >= SITTING)


def load(
    *,
    key: str,
    title: str,
    discipline: str,
    summary: str,
    minutes: int,
    sections: list[dict[str, Any]],
    text: str,
    now: datetime,
) -> list[str]:
    """Take a worksheet over from its content file; what people filled keeps the version it was begun with."""
    worksheet = db.session.scalar(select(Worksheet).where(Worksheet.key == key))
    is_new = worksheet is None
    worksheet = worksheet or Worksheet(key=key, number=0)
    facts = {"title": title, "discipline": discipline, "summary": summary, "minutes": minutes, "is_retired": False}
    differs = is_new or any(getattr(worksheet, name) != value for name, value in facts.items())
    for name, value in facts.items():
        setattr(worksheet, name, value)
    db.session.add(worksheet)
    db.session.flush()  # the version needs the id
    html = rendered(text)
    if _add_version(worksheet, sections, html, now) or differs:
        return [f"worksheet {key}: {'new' if is_new else 'changed'}"]
    return []


def _add_version(worksheet: Worksheet, sections: list[dict[str, Any]], html: str, now: datetime) -> bool:
    mark = fingerprint(sections, html)
    if worksheet.number and queries.version(worksheet).fingerprint == mark:
        return False
    worksheet.number += 1
    db.session.add(
        WorksheetVersion(
            worksheet_id=worksheet.id, number=worksheet.number, sections=sections, html=html, fingerprint=mark, at=now
        )
    )
    db.session.flush()  # what is begun next refers to it
    return True
