"""Beginning, saving and finishing worksheets, and keeping what they said before."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from portal.accounts.viewer import Viewer
from portal.counters.services import active
from portal.db import db
from portal.errors import Refused
from portal.worksheets import definition, freshness, queries, records
from portal.worksheets.conflicts import merged
from portal.worksheets.definition import NAME, Flat
from portal.worksheets.models import FilledHistory, FilledWorksheet, Worksheet

SITTING = timedelta(minutes=30)
"""What a worksheet said is kept for looking back at most once in this time."""


class SavedSince(Refused):
    """Another tab saved something else at places that this save changes too; nothing was saved."""

    def __init__(self, answers: Flat, theirs: Flat):
        super().__init__("This was changed in another tab since. Nothing is lost: choose which text stays.")
        self.answers = answers
        self.theirs = theirs


class NotToChoose(Refused):
    """A record was chosen that this person cannot choose; says so at its place."""


class StillEmpty(Refused):
    """Something is needed before the worksheet is finished."""


def current(filled: FilledWorksheet) -> Flat:
    """What a filled worksheet says now, by place, with its name."""
    return {NAME: filled.name, **definition.flat(filled.answers)}


def begin(worksheet: Worksheet, *, by: Viewer, now: datetime) -> FilledWorksheet:
    """Begin a worksheet. A second press leads to the one that was begun just now and is still as it was."""
    sections = queries.sections_of(worksheet)
    answers = definition.started(sections)
    for begun in queries.under_way(by, worksheet):
        if begun.answers == answers and not begun.name and begun.number == worksheet.number:
            return begun
    return put_down(worksheet, worksheet.number, answers, name="", by=by, now=now)


def put_down(
    worksheet: Worksheet, number: int, answers: dict[str, Any], *, name: str, by: Viewer, now: datetime, **given: Any
) -> FilledWorksheet:
    """A new filled worksheet, with the beginning of its history."""
    filled = FilledWorksheet(
        person_id=by.id, worksheet=worksheet, number=number, name=name, answers=answers, saved_at=now, **given
    )
    db.session.add(filled)
    db.session.flush()  # the page's address needs the id
    db.session.add(FilledHistory(filled_id=filled.id, version=filled.version, number=number, answers=answers, at=now))
    active(by, by.today(now))
    return filled


def save(filled: FilledWorksheet, *, before: Mapping[str, str], mine: Flat, by: Viewer, now: datetime) -> Flat:
    """Bring checked answers into what is saved, and return it all. Raises SavedSince rather than overwrite."""
    refuse_unless_open(filled)
    saved = current(filled)
    outcome = merged(before=before, mine=mine, theirs=saved)
    if outcome.theirs:
        raise SavedSince(outcome.answers, outcome.theirs)
    for place, reason in definition.too_much(outcome.answers).items():
        raise Refused(reason, field=place or None)
    sections = queries.sections_of(filled)
    for place, reason in records.unfit(by, sections, before=saved, after=outcome.answers).items():
        raise NotToChoose(reason, field=place)
    answers = definition.nested(outcome.answers)
    name = outcome.answers.get(NAME, "")
    if (answers, name) != (filled.answers, filled.name):
        change(filled, answers, name=name, sections=sections, by=by, now=now)
    return current(filled)


def refuse_unless_open(filled: FilledWorksheet) -> None:
    """Refuse to change what is finished or archived."""
    if filled.finished_at is not None:
        raise Refused("This worksheet is finished, so this was not saved. Open it again to change it.")
    if filled.archived_at is not None:
        raise Refused("This worksheet is archived, so this was not saved. Bring it back to change it.")


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
    """Let a worksheet say again what it said before, also in an older version; what it says now is kept as well."""
    if filled.finished_at is not None:
        raise Refused("This worksheet is finished. Open it again, then restore.")
    refuse_unless_open(filled)
    if (kept.answers, kept.number, kept.left_over) != (filled.answers, filled.number, filled.left_over):
        number, left_over = kept.number, kept.left_over
        # The words are as old as the day until which they stood.
        said_on = by.today(kept.at)
        change(filled, kept.answers, by=by, now=now, keep=True, number=number, left_over=left_over, changed_on=said_on)


def change(
    filled: FilledWorksheet,
    answers: dict[str, Any],
    *,
    by: Viewer,
    now: datetime,
    name: str | None = None,
    sections: Sequence[definition.Section] | None = None,
    keep: bool = False,
    number: int | None = None,
    left_over: list[Any] | None = None,
    changed_on: date | None = None,
) -> None:
    """Let a worksheet say something else; what it said is kept once a sitting, or always with `keep`."""
    before = definition.flat(filled.answers)
    if keep or _is_new_sitting(filled, now):
        keep_as_it_is(filled, now)
    filled.answers = answers
    filled.name = filled.name if name is None else name
    filled.number = filled.number if number is None else number
    filled.left_over = filled.left_over if left_over is None else left_over
    _stamp(filled, sections, before, on=changed_on or by.today(now), since=by.today(filled.saved_at))
    filled.saved_at = now
    filled.version += 1
    active(by, by.today(now))


def keep_as_it_is(filled: FilledWorksheet, now: datetime) -> None:
    """Keep what a worksheet says, to look back at; its beginning is kept already."""
    if db.session.get(FilledHistory, (filled.id, filled.version)) is not None:
        return
    db.session.add(
        FilledHistory(
            filled_id=filled.id,
            version=filled.version,
            number=filled.number,
            answers=filled.answers,
            left_over=filled.left_over,
            at=now,
        )
    )


def _stamp(
    filled: FilledWorksheet, sections: Sequence[definition.Section] | None, before: Flat, *, on: date, since: date
) -> None:
    known = queries.sections_of(filled) if sections is None else sections
    after = definition.flat(filled.answers)
    filled.stamps = freshness.stamped(known, before=before, after=after, stamps=filled.stamps, on=on, since=since)
    filled.stale_on = freshness.stale_on(known, filled.stamps)


def confirm(filled: FilledWorksheet, places: Sequence[str], *, by: Viewer, now: datetime) -> None:
    """Note that answers which have aged are still true."""
    filled.stamps = freshness.confirmed(filled.stamps, places, by.today(now))
    filled.stale_on = freshness.stale_on(queries.sections_of(filled), filled.stamps)
    filled.version += 1
    active(by, by.today(now))


def _is_new_sitting(filled: FilledWorksheet, now: datetime) -> bool:
    last = db.session.scalar(select(func.max(FilledHistory.at)).where(FilledHistory.filled_id == filled.id))
    return filled.version > 1 and (last is None or now - last >= SITTING)
